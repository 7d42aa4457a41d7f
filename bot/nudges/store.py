"""How a team stands at its hour, and what it was told before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import TeamId, UserId, WorkspaceId
from bot.kernel.weeks import A_WEEK
from bot.nudges.model import Past
from bot.storage import tables as t
from bot.storage.upsert import upsert
from bot.teams.model import Team

REMEMBERED = 12
"""Past nudges looked at."""
ASKED_LATELY = timedelta(weeks=4)
USED_LATELY = timedelta(weeks=26)
"""How long a card that was shown is not shown to the same team again."""

n = t.nudges.c


async def past_nudges(connection: AsyncConnection, team: Team, week: str) -> list[Past]:
    """The last ones before a week, the newest first, each with whether anybody acted within seven days.

    To act is to press what it offers, or what it asked for without it: a commitment, a reading, a metric of the team.
    """
    rows = await connection.execute(
        sa.select(n.kind, n.sent_at, n.acted_at)
        .where(n.team_id == team.id)
        .where(n.week < week)
        .order_by(n.sent_at.desc())
        .limit(REMEMBERED)
    )
    found = list(rows)
    acts = await _acts(connection, team.id, found[-1].sent_at) if found else []
    return [Past(row.kind, row.sent_at, bool(row.acted_at) or _followed(row.sent_at, acts)) for row in found]


async def last_promise(connection: AsyncConnection, team_id: TeamId) -> datetime | None:
    """When somebody in the team last made a commitment in it."""
    e = t.commitment_events.c
    found: datetime | None = await connection.scalar(
        sa.select(e.at).where(e.team_id == team_id).where(e.kind == "made").order_by(e.at.desc()).limit(1)
    )
    return found


async def topics_asked(connection: AsyncConnection, team: Team, now: datetime) -> list[str]:
    """What its people asked about lately, the commonest topic first; as topics, never who."""
    a = t.answers.c
    rows = await connection.execute(
        sa.select(a.topic, sa.func.count())
        .where(a.workspace_id == team.workspace_id)
        .where(a.user_id.in_(sorted(team.members)))
        .where(a.asked_at >= now - ASKED_LATELY)
        .where(a.topic.is_not(None))
        .group_by(a.topic)
        .order_by(sa.func.count().desc(), a.topic)
    )
    return [row[0] for row in rows]


async def shown_lately(connection: AsyncConnection, team_id: TeamId, now: datetime) -> set[str]:
    """Cards and metrics its nudges were about."""
    rows = await connection.execute(
        sa.select(n.about).where(n.team_id == team_id).where(n.sent_at >= now - USED_LATELY).where(n.about.is_not(None))
    )
    return {row.about for row in rows}


async def keep_nudge(
    connection: AsyncConnection, team: Team, week: str, kind: str, about: str | None, now: datetime
) -> None:
    """Note what the team is told this week; told again after a crash, it is the same row."""
    values: dict[str, Any] = {"kind": kind, "about": about}
    await connection.execute(
        upsert(connection, t.nudges)
        .values(team_id=team.id, week=week, workspace_id=team.workspace_id, sent_at=now, **values)
        .on_conflict_do_update(index_elements=["team_id", "week"], set_=values)
    )


async def acted(connection: AsyncConnection, team_id: TeamId, now: datetime) -> None:
    """Somebody pressed what the last nudge offered."""
    last = sa.select(n.week).where(n.team_id == team_id).order_by(n.sent_at.desc()).limit(1).scalar_subquery()
    await connection.execute(
        sa.update(t.nudges).where(n.team_id == team_id).where(n.week == last, n.acted_at.is_(None)).values(acted_at=now)
    )


async def stop_nudges(
    connection: AsyncConnection, workspace_id: WorkspaceId, team_id: TeamId, *, stopped: bool
) -> None:
    """Whether the team gets nudges at all; how often stays as it was."""
    await connection.execute(
        sa.update(t.teams)
        .where(t.teams.c.workspace_id == workspace_id)
        .where(t.teams.c.id == team_id)
        .values(nudges_stopped=stopped)
    )


async def set_every(connection: AsyncConnection, team: Team, weeks: int) -> None:
    """How often the team gets its nudge."""
    await connection.execute(
        sa.update(t.teams)
        .where(t.teams.c.workspace_id == team.workspace_id)
        .where(t.teams.c.id == team.id)
        .values(every_weeks=weeks)
    )


async def ask_again_on(connection: AsyncConnection, workspace_id: WorkspaceId, ids: Sequence[str], day: date) -> None:
    """Note that somebody is asked about these on a day, once however often the letter is written."""
    c = t.commitments.c
    await connection.execute(
        sa.update(t.commitments)
        .where(c.workspace_id == workspace_id)
        .where(c.id.in_(list(ids)))
        .where(sa.or_(c.asked_on.is_(None), c.asked_on != day))
        .values(asked_on=day, asked_times=c.asked_times + 1)
    )


async def topics_without_a_promise(
    connection: AsyncConnection, workspace_id: WorkspaceId, since: datetime, least: int
) -> list[tuple[UserId, str, int]]:
    """Who asked at least so often about one topic since then, and promised nothing since: (person, topic, times)."""
    a, c = t.answers.c, t.commitments.c
    promised = sa.exists().where(
        c.workspace_id == a.workspace_id, c.owner_id == a.user_id, c.made_at >= since, c.made_at.is_not(None)
    )
    rows = await connection.execute(
        sa.select(a.user_id, a.topic, sa.func.count())
        .where(a.workspace_id == workspace_id)
        .where(a.asked_at >= since)
        .where(a.topic.is_not(None))
        .where(~promised)
        .group_by(a.user_id, a.topic)
        .having(sa.func.count() >= least)
        .order_by(a.user_id, sa.func.count().desc())
    )
    return [(UserId(row[0]), row[1], row[2]) for row in rows]


async def _acts(connection: AsyncConnection, team_id: TeamId, since: datetime) -> list[datetime]:
    e, r, m = t.commitment_events.c, t.readings.c, t.metrics.c
    made = sa.select(e.at).where(e.team_id == team_id).where(e.kind == "made").where(e.at >= since)
    read = sa.select(r.entered_at).where(r.team_id == team_id).where(r.entered_at >= since)
    defined = sa.select(m.defined_at).where(m.team_id == team_id).where(m.defined_at >= since)
    rows = await connection.execute(sa.union_all(made, read, defined))
    return [row[0] for row in rows]


def _followed(sent_at: datetime, acts: Sequence[datetime]) -> bool:
    return any(sent_at <= at < sent_at + A_WEEK for at in acts)
