"""Team Harbor with what it promised and what became of that: through the real state machine, into the real tables."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments import store
from bot.commitments.model import (
    Because,
    Commitment,
    Happened,
    Promise,
    Status,
    dropped,
    explained,
    fell_silent,
    kept,
    made,
    missed,
    moved,
)
from bot.kernel.ids import ChannelId, CommitmentId, TeamId, UserId, WorkspaceId
from bot.measures.collective import Adoption
from bot.measures.days_moved import Moves
from bot.measures.know_to_do import Answers
from bot.measures.ladder import Rungs
from bot.measures.nudge_response import Nudges
from bot.measures.outcomes import Outcomes
from bot.metrics.standing import Standing
from bot.reports.model import Done, Measured, Own, Reasons, Shared, TeamPeriod
from bot.reports.periods import Period
from bot.storage.ids import new_id
from bot.teams import store as teams
from bot.teams.model import Rhythm, Team, Visibility
from tests.builders_metrics import a_metric, a_reading

HARBOR, QUAY = WorkspaceId("T0HARBOR"), WorkspaceId("T1QUAY")
LEO, MARA, INES = UserId("U0LEO"), UserId("U0MARA"), UserId("U0INES")
OTHERS = tuple(map(UserId, ("U0JONAS", "U0AIKO", "U0TOMAS", "U0PRIYA")))
COACH = UserId("U0COACH")
PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 16)
"""Of the week that was: W47."""
SUNDAY = MONDAY + timedelta(days=6)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""The Monday after, ten o'clock in Paris."""
LAST_WEEK = Period(MONDAY, SUNDAY, "last week")
DAY = timedelta(days=1)


def harbor(id: str = "team-harbor", workspace_id: WorkspaceId = HARBOR, members: int = 6) -> Team:
    """Leo leads; Mara and four others are in it."""
    people = (LEO, MARA, *OTHERS)[:members]
    return Team(
        TeamId(id),
        workspace_id,
        ChannelId(f"C-{id}"),
        "Harbor",
        Rhythm(PARIS, 0, time(10)),
        frozenset({LEO}),
        frozenset(people),
        NOW - 100 * DAY,
    )


async def put_team(connection: AsyncConnection, team: Team) -> None:
    await teams.add_team(connection, team)


async def promised(
    connection: AsyncConnection,
    team: Team | None,
    owner: UserId,
    due: date = MONDAY,
    *steps: str,
    what: str = "Ask in the open channel",
    because: Because | None = None,
    **more: Any,
) -> Commitment:
    """A commitment and its steps: kept, late, missed, dropped, silent, moved (in time, by a week), moved_late."""
    visibility = more.pop("visibility", Visibility.TEAM)
    promise = Promise(what, due, visibility, team_id=team.id if team else None, **more)
    commitment, first = made(
        promise,
        id=CommitmentId(new_id(NOW)),
        workspace_id=team.workspace_id if team else HARBOR,
        owner_id=owner,
        zone=PARIS,
        now=datetime.combine(due - 7 * DAY, time(9), PARIS),
    )
    await store.add(connection, commitment, first, None)
    for step in steps:
        commitment, happened = taken(commitment, step)
        await store.put(connection, commitment, happened)
    if because:
        commitment, happened = explained(commitment, owner, commitment.due_ends_at + DAY, because)
        await store.put(connection, commitment, happened)
    return commitment


def taken(commitment: Commitment, step: str) -> tuple[Commitment, Happened]:
    owner, in_time, late = commitment.owner_id, commitment.due_ends_at - DAY / 4, commitment.due_ends_at + DAY / 2
    match step:
        case "kept":
            return kept(commitment, owner, in_time)
        case "late":
            return kept(commitment, owner, late)
        case "missed":
            return missed(commitment, owner, late)
        case "dropped":
            return dropped(commitment, owner, in_time, "")
        case "moved":
            return moved(commitment, owner, in_time, commitment.due + 7 * DAY)
        case "moved_late":
            return moved(commitment, owner, late, commitment.due + 7 * DAY)
    silent = fell_silent(commitment, commitment.due_ends_at + 8 * DAY, COACH)
    assert silent
    return silent


async def scenario_seven(connection: AsyncConnection, team: Team) -> None:
    """Nine due last week: five kept, two moved in time, one dropped, one nobody spoke of yet."""
    people = (LEO, MARA, *OTHERS)
    for owner in people[:5]:
        await promised(connection, team, owner, MONDAY + DAY, "kept")
    for owner in people[:2]:
        await promised(connection, team, owner, MONDAY + 2 * DAY, "moved")
    await promised(connection, team, people[3], MONDAY + 3 * DAY, "dropped")
    await promised(connection, team, people[5], MONDAY + 4 * DAY)


def a_period(**fields: Any) -> TeamPeriod:
    """Harbor last week, with nothing in it but what is given."""
    given: dict[str, Any] = {"team_id": TeamId("team-harbor"), "name": "Harbor", "members": 6, "period": LAST_WEEK}
    return TeamPeriod(**(given | {"today": NOW.date()} | fields))


NINE_DUE = Outcomes(kept=5, moved=2, dropped=1, waiting=1, people=6, closers=5)


def shown_in_the_readme() -> TeamPeriod:
    """Harbor last week as its lead sees it, with something in every section."""
    metric = a_metric(target=80.0)
    last = a_reading(70, SUNDAY)
    stands = Standing(metric, last, NOW.date(), NOW.date() - 60 * DAY)
    earlier = Outcomes(kept=4, missed=2, moved=1, silent=1, people=6, closers=5)
    return a_period(
        own=(
            Own("Answer one question in #help before lunch", MONDAY + DAY, Status.KEPT),
            Own("Tell in #harbor what did not work for me", NOW.date() + 2 * DAY, Status.OPEN),
        ),
        outcomes=NINE_DUE,
        weeks=(("W45", earlier), ("W46", Outcomes(kept=3, people=3)), ("W47", NINE_DUE)),
        moves=Moves(2, 14, 2),
        still_open=(Shared("Write down who answers on Fridays", NOW.date() + 4 * DAY, MARA),),
        reasons=Reasons({Because.FEAR: 3, Because.OUTSIDE: 1, Because.TALK: 1}, 4),
        measured=(Measured(stands, (a_reading(60, MONDAY), last)),),
        adoption=Adoption(1, 1, 6, 5, 1, 1),
        done=Done(Answers(12, 3, 4), Nudges(10, 6, 6)),
        organisation=Rungs(14, 10, 8, 4, 6, 7),
    )
