"""What the database keeps of people, teams and days away."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import ChannelId, TeamId, UserId, WorkspaceId
from bot.storage import tables as t
from bot.storage.ids import new_id
from bot.storage.upsert import upsert
from bot.teams.model import Away, ChangedMeanwhile, NudgePlace, Person, Rhythm, Team, Visibility


async def people(
    connection: AsyncConnection, workspace_id: WorkspaceId, ids: Sequence[UserId]
) -> dict[UserId, tuple[Person, datetime]]:
    """Those of these ids that are known, each with when Slack was last asked about them."""
    rows = await connection.execute(
        sa.select(t.people).where(t.people.c.workspace_id == workspace_id).where(t.people.c.user_id.in_(ids))
    )
    return {UserId(row.user_id): (_person(row), row.looked_up_at) for row in rows}


async def keep_person(connection: AsyncConnection, person: Person, now: datetime) -> None:
    """What Slack says of a person, with the time it was looked up; what they chose themselves stays."""
    values = {
        "time_zone": person.zone.key,
        "is_bot": person.is_bot,
        "is_guest": person.is_guest,
        "is_admin": person.is_admin,
        "is_gone": person.is_gone,
        "looked_up_at": now,
    }
    await connection.execute(
        upsert(connection, t.people)
        .values(workspace_id=person.workspace_id, user_id=person.id, **values)
        .on_conflict_do_update(index_elements=["workspace_id", "user_id"], set_=values)
    )


async def choose(
    connection: AsyncConnection,
    person: Person,
    *,
    date_language: str | None,
    visibility: Visibility | None,
    paused: bool,
) -> None:
    """What a person has chosen for themselves."""
    await connection.execute(
        sa.update(t.people)
        .where(t.people.c.workspace_id == person.workspace_id)
        .where(t.people.c.user_id == person.id)
        .values(date_language=date_language, visibility=visibility.value if visibility else None, paused=paused)
    )


async def stay_quiet(
    connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId, until: date | None, *, paused: bool
) -> None:
    """Do not write to somebody first before a day, or at all."""
    await connection.execute(
        sa.update(t.people)
        .where(t.people.c.workspace_id == workspace_id)
        .where(t.people.c.user_id == user_id)
        .values(quiet_until=until, paused=paused)
    )


async def team(connection: AsyncConnection, workspace_id: WorkspaceId, team_id: TeamId) -> Team | None:
    """One team, closed ones too."""
    return next(iter(await _teams(connection, workspace_id, t.teams.c.id == team_id)), None)


async def team_in_channel(connection: AsyncConnection, workspace_id: WorkspaceId, channel_id: ChannelId) -> Team | None:
    """The living team of a channel."""
    here = sa.and_(t.teams.c.channel_id == channel_id, t.teams.c.closed_at.is_(None))
    return next(iter(await _teams(connection, workspace_id, here)), None)


async def teams_of(connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId) -> list[Team]:
    """The living teams somebody is in, in the order they were made."""
    theirs = (
        sa.select(t.team_members.c.team_id)
        .where(t.team_members.c.workspace_id == workspace_id)
        .where(t.team_members.c.user_id == user_id)
        .where(t.team_members.c.left_at.is_(None))
    )
    return await _teams(connection, workspace_id, t.teams.c.id.in_(theirs), t.teams.c.closed_at.is_(None))


async def living_teams(connection: AsyncConnection, workspace_id: WorkspaceId) -> list[Team]:
    """All of them, for the organisation's page and the schedules."""
    return await _teams(connection, workspace_id, t.teams.c.closed_at.is_(None))


async def add_team(connection: AsyncConnection, team: Team) -> None:
    """Raises: ChangedMeanwhile, where a living team has the channel already."""
    try:
        async with connection.begin_nested():
            await connection.execute(sa.insert(t.teams).values(id=team.id, created_at=team.created_at, **_row(team)))
    except IntegrityError:
        raise ChangedMeanwhile("This channel's team") from None
    await _put_members(connection, team, team.created_at)


async def change_team(connection: AsyncConnection, team: Team, now: datetime) -> None:
    """Save a team whose `version` is one more than the one stored. Raises: ChangedMeanwhile."""
    changed = await connection.execute(
        sa.update(t.teams)
        .where(t.teams.c.workspace_id == team.workspace_id)
        .where(t.teams.c.id == team.id)
        .where(t.teams.c.version == team.version - 1)
        .values(**_row(team))
    )
    if changed.rowcount != 1:
        raise ChangedMeanwhile("This team")
    await _put_members(connection, team, now)


async def acted(connection: AsyncConnection, team_id: TeamId, user_id: UserId, now: datetime) -> None:
    """Note that somebody did something in a team; for whoever is not in it, nothing."""
    m = t.team_members.c
    await connection.execute(
        sa.update(t.team_members)
        .where(m.team_id == team_id)
        .where(m.user_id == user_id)
        .where(sa.or_(m.active_at.is_(None), m.active_at < now))
        .values(active_at=now)
    )


async def active_since(connection: AsyncConnection, team_id: TeamId, since: datetime) -> int:
    """How many of those who are in a team have done anything in it since then."""
    m = t.team_members.c
    found = await connection.scalar(
        sa.select(sa.func.count())
        .select_from(t.team_members)
        .where(m.team_id == team_id)
        .where(m.left_at.is_(None))
        .where(m.active_at > since)
    )
    return int(found or 0)


async def add_away(
    connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId, away: Away, now: datetime
) -> None:
    """Days away; what they had said before of days that are not over is replaced.

    The person is held until the transaction ends, so that of two windows at once one replaces the other.
    """
    await connection.execute(
        sa.select(t.people.c.user_id)
        .where(t.people.c.workspace_id == workspace_id)
        .where(t.people.c.user_id == user_id)
        .with_for_update()
    )
    await end_away(connection, workspace_id, user_id, away.first)
    await connection.execute(
        sa.insert(t.away).values(
            id=new_id(now),
            workspace_id=workspace_id,
            user_id=user_id,
            from_day=away.first,
            until_day=away.last,
            said_at=now,
        )
    )


async def end_away(connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId, today: date) -> None:
    """Back again: days away that are not over are forgotten."""
    await connection.execute(
        sa.delete(t.away)
        .where(t.away.c.workspace_id == workspace_id)
        .where(t.away.c.user_id == user_id)
        .where(t.away.c.until_day >= today)
    )


async def away_of(
    connection: AsyncConnection, workspace_id: WorkspaceId, user_ids: Iterable[UserId], since: date
) -> dict[UserId, list[Away]]:
    """Days away of these people that end on `since` or later, soonest first."""
    rows = await connection.execute(
        sa.select(*t.away.c["user_id", "from_day", "until_day"])
        .where(t.away.c.workspace_id == workspace_id)
        .where(t.away.c.user_id.in_(list(user_ids)))
        .where(t.away.c.until_day >= since)
        .order_by(t.away.c.from_day, t.away.c.id)
    )
    found: dict[UserId, list[Away]] = {}
    for row in rows:
        found.setdefault(UserId(row.user_id), []).append(Away(row.from_day, row.until_day))
    return found


async def _teams(connection: AsyncConnection, workspace_id: WorkspaceId, *where: sa.ColumnElement[bool]) -> list[Team]:
    rows = list(
        await connection.execute(
            sa.select(t.teams)
            .where(t.teams.c.workspace_id == workspace_id, *where)
            .order_by(t.teams.c.created_at, t.teams.c.id)
        )
    )
    members = await connection.execute(
        sa.select(*t.team_members.c["team_id", "user_id", "is_lead"])
        .where(t.team_members.c.team_id.in_([row.id for row in rows]))
        .where(t.team_members.c.left_at.is_(None))
    )
    people: dict[str, dict[UserId, bool]] = {}
    for one in members:
        people.setdefault(one.team_id, {})[UserId(one.user_id)] = one.is_lead
    return [_team(row, people.get(row.id, {})) for row in rows]


async def _put_members(connection: AsyncConnection, team: Team, now: datetime) -> None:
    """Who is in it now; who is not any more has left, and keeps the day."""
    await connection.execute(
        sa.update(t.team_members)
        .where(t.team_members.c.team_id == team.id)
        .where(t.team_members.c.left_at.is_(None))
        .where(t.team_members.c.user_id.not_in(list(team.members)))
        .values(left_at=now)
    )
    for user_id in sorted(team.members):
        is_lead = user_id in team.leads
        await connection.execute(
            upsert(connection, t.team_members)
            .values(team_id=team.id, user_id=user_id, workspace_id=team.workspace_id, is_lead=is_lead, joined_at=now)
            .on_conflict_do_update(index_elements=["team_id", "user_id"], set_={"is_lead": is_lead, "left_at": None})
        )


def _row(team: Team) -> dict[str, Any]:
    return {
        "workspace_id": team.workspace_id,
        "channel_id": team.channel_id,
        "name": team.name,
        "time_zone": team.rhythm.zone.key,
        "weekday": team.rhythm.weekday,
        "local_time": f"{team.rhythm.at:%H:%M}",
        "nudge_place": team.nudge_place.value,
        "every_weeks": team.every_weeks,
        "nudges_stopped": team.nudges_stopped,
        "closed_at": team.closed_at,
        "version": team.version,
    }


def _team(row: sa.Row[Any], people: dict[UserId, bool]) -> Team:
    return Team(
        id=TeamId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        channel_id=ChannelId(row.channel_id),
        name=row.name,
        rhythm=Rhythm(ZoneInfo(row.time_zone), row.weekday, time.fromisoformat(row.local_time)),
        leads=frozenset(id for id, is_lead in people.items() if is_lead),
        members=frozenset(people),
        created_at=row.created_at,
        nudge_place=NudgePlace(row.nudge_place),
        every_weeks=row.every_weeks,
        nudges_stopped=row.nudges_stopped,
        closed_at=row.closed_at,
        version=row.version,
    )


def _person(row: sa.Row[Any]) -> Person:
    return Person(
        workspace_id=WorkspaceId(row.workspace_id),
        id=UserId(row.user_id),
        zone=ZoneInfo(row.time_zone),
        is_bot=row.is_bot,
        is_guest=row.is_guest,
        is_admin=row.is_admin,
        is_gone=row.is_gone,
        date_language=row.date_language,
        visibility=Visibility(row.visibility) if row.visibility else None,
        paused=row.paused,
        quiet_until=row.quiet_until,
    )
