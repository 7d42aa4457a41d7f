"""A team in a period, as one reader may see it: read in one transaction, counted, and nothing kept."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.model import Because
from bot.kernel.ids import UserId
from bot.kernel.weeks import A_DAY, A_WEEK, day_of, end_of_day, moment_of, monday_of, week_of
from bot.measures.collective import Adoption
from bot.measures.days_moved import Moves
from bot.measures.ladder import Rungs
from bot.measures.outcomes import Move, Outcomes, outcomes
from bot.metrics import readings
from bot.metrics import store as metrics
from bot.metrics.standing import Standing
from bot.reports import activity, store
from bot.reports.model import TREND_WEEKS, Measured, Reasons, TeamPeriod
from bot.reports.organisation import PERSISTS_FROM, TOOK_PART_WITHIN
from bot.reports.periods import Period
from bot.reports.store import Due
from bot.teams import store as teams
from bot.teams.model import Role, Team, Visibility, role_in

LAST_READINGS = 8
SEEN = {Role.LEAD: (Visibility.TEAM, Visibility.LEAD), Role.MEMBER: (Visibility.TEAM,), Role.OUTSIDE: ()}


async def team_period(
    connection: AsyncConnection,
    team: Team,
    reader: UserId | None,
    period: Period,
    now: datetime,
    *,
    floor: int,
    mine: Period | None = None,
    organisation: Rungs | None = None,
) -> TeamPeriod:
    """What `reader` may see of a team; without a reader its totals alone, for the command line.

    `mine`: of which days the reader's own commitments are shown, where that is another period.
    """
    today = day_of(now, team.rhythm.zone)
    role = role_in(team, reader) if reader else Role.OUTSIDE
    first, last, weeks = _window(period, today)
    due = await store.due(connection, team, first, last)
    moves = await store.moves(connection, team, first, last)
    stands = [one.stand for one in due]
    measured = await _measured(connection, team, now)
    begin, end = _moments(period, team)
    own = mine or period
    acts = await activity.acts(connection, team, begin, end + A_WEEK)
    took_part = await teams.active_since(connection, team.id, now - TOOK_PART_WITHIN)
    return TeamPeriod(
        team.id,
        team.name,
        len(team.members),
        period,
        today,
        floor,
        for_lead=role is not Role.MEMBER,
        own=tuple(await store.own(connection, team, reader, own.first, own.last)) if reader else None,
        own_when=own.name if own != period else "",
        outcomes=outcomes(period.first, period.last, stands, moves, now),
        weeks=tuple((week_of(day).partition("-")[2], _week(day, due, moves, now)) for day in weeks),
        moves=_moves(period, moves),
        still_open=tuple(await store.still_open(connection, team, reader, today, SEEN[role])),
        reasons=_reasons(period, due),
        measured=measured,
        adoption=_adoption(team, measured, took_part, now),
        done=await activity.done(connection, team, begin, end, acts),
        organisation=organisation,
        decisions=tuple(await store.decisions(connection, team, reader, period.key)) if reader else (),
    )


def _window(period: Period, today: date) -> tuple[date, date, Sequence[date]]:
    """From which day to which one looks, and the Mondays of the weeks of the trend, oldest first."""
    final = monday_of(min(period.last, today))
    mondays = [final - n * A_WEEK for n in reversed(range(TREND_WEEKS))]
    return min(period.first, mondays[0]), max(period.last, final + 6 * A_DAY), mondays


def _week(monday: date, due: Sequence[Due], moves: Sequence[Move], now: datetime) -> Outcomes:
    return outcomes(monday, monday + 6 * A_DAY, [one.stand for one in due], moves, now)


def _moves(period: Period, moves: Sequence[Move]) -> Moves:
    those = [one for one in moves if period.first <= one.was <= period.last]
    return Moves(len(those), sum(one.days for one in those), len({one.owner_id for one in those}))


def _reasons(period: Period, due: Sequence[Due]) -> Reasons:
    named = [
        (one.because, one.stand.owner_id)
        for one in due
        if one.because not in (None, Because.UNSAID) and period.first <= one.stand.due <= period.last
    ]
    counts: Counter[Because] = Counter(because for because, _ in named if because)
    return Reasons(dict(counts), len({owner for _, owner in named}))


async def _measured(connection: AsyncConnection, team: Team, now: datetime) -> tuple[Measured, ...]:
    stands = await metrics.standings(connection, team, now)
    return tuple(
        [Measured(one, tuple(await readings.last_of(connection, one.metric, LAST_READINGS))) for one in stands]
    )


def _adoption(team: Team, measured: Sequence[Measured], took_part: int, now: datetime) -> Adoption:
    stands: Sequence[Standing] = [one.stands for one in measured]
    old = [one for one in stands if one.metric.defined_at <= now - PERSISTS_FROM]
    return Adoption(
        teams=1,
        with_living_metric=int(any(one.is_living for one in stands)),
        members=len(team.members),
        took_part=took_part,
        metrics=len(old),
        alive=sum(1 for one in old if one.is_living),
    )


def _moments(period: Period, team: Team) -> tuple[datetime, datetime]:
    zone = team.rhythm.zone
    return moment_of(period.first, time(0), zone), end_of_day(period.last, zone)
