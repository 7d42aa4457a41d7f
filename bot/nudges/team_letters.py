"""A team's weekly nudge: how the team stands is read when the letter goes, and so is what it says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import Later, Letter, Rendered
from bot.delivery.plan import postpone
from bot.kernel.ids import TeamId
from bot.kernel.weeks import A_DAY, A_WEEK, day_of, is_workday, is_working_time, moment_of, week_of
from bot.metrics import store as metrics
from bot.nudges import blocks, shelf, store
from bot.nudges.flow import choose
from bot.nudges.model import Nudge, TeamState
from bot.teams import store as teams
from bot.teams.model import NudgePlace, Team
from bot.teams.rhythms import NUDGE, set_rhythms
from bot.teams.workplace import Workplace

if TYPE_CHECKING:
    from knowledge.loader import Base

HALF_AS_OFTEN = 2


@dataclass(frozen=True, slots=True)
class TeamNudges:
    """Writes the nudges of a workspace. `base` gives the cards, once the knowledge base is open."""

    at: Workplace
    base: "Callable[[], Base | None]"

    async def render(self, letter: Letter, now: datetime) -> Rendered | Later | None:
        """The nudge as of now; None where the team is closed, has stopped it, or there is nothing worth saying."""
        day = date.fromisoformat(str(letter.reference["day"]))
        async with self.at.database.read() as connection:
            team = await teams.team(connection, self.at.workspace_id, TeamId(letter.recipient))
            if team is None or team.is_closed or team.nudges_stopped:
                return None
            if not is_working_time(now, team.rhythm.zone):
                return Later(_next_working_time(team, now))
            state = await self._state(connection, team, week_of(day), now)
        nudge = choose(state)
        if nudge is None:
            return None
        await self._note(team, week_of(day), nudge, state, now)
        place = team.channel_id if team.nudge_place is NudgePlace.CHANNEL else min(team.leads)
        return Rendered(place, blocks.team_nudge(nudge, team))

    async def _state(self, connection: AsyncConnection, team: Team, week: str, now: datetime) -> TeamState:
        zone = team.rhythm.zone
        asked = await store.topics_asked(connection, team, now)
        used = await store.shown_lately(connection, team.id, now)
        promised, base = await store.last_promise(connection, team.id), self.base()
        return TeamState(
            team,
            day_of(now, zone),
            measured=tuple(await metrics.standings(connection, team, now)),
            last_promise_on=day_of(promised, zone) if promised else None,
            past=tuple(await store.past_nudges(connection, team, week)),
            suggestions=shelf.suggestions(base, asked, used) if base else (),
            practices=shelf.practices(base, asked, used) if base else (),
        )

    async def _note(self, team: Team, week: str, nudge: Nudge, state: TeamState, now: datetime) -> None:
        """What it was about, so that it is not the same next week; and how often the next ones come."""
        first = nudge.offers[0]
        about = first.metric.id if first.metric else first.value or None
        every = HALF_AS_OFTEN if state.halves else 1
        async with self.at.database.write() as connection:
            await store.keep_nudge(connection, team, week, nudge.kind, about, now)
            if every != team.every_weeks:
                await store.set_every(connection, team, every)
                await set_rhythms(connection, replace(team, every_weeks=every), team, now)
            if every > team.every_weeks:  # next week's is set already
                await postpone(connection, self.at.workspace_id, team.id, NUDGE, now + A_WEEK)


def _next_working_time(team: Team, now: datetime) -> datetime:
    """The team's own hour on the next workday; it keeps to hours in which people work."""
    day = day_of(now, team.rhythm.zone)
    while not is_workday(day) or (moment := moment_of(day, team.rhythm.at, team.rhythm.zone)) <= now:
        day += A_DAY
    return moment
