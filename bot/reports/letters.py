"""The weekly letter to a lead, a workday after the team's nudge: last week in a line, and a button for the rest."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import Later, Letter, Rendered
from bot.kernel.ids import UserId
from bot.kernel.weeks import day_of, is_working_time, next_local
from bot.reports import blocks, store
from bot.reports.model import DECISIONS, Step
from bot.reports.opening import Reports
from bot.reports.periods import period_in
from bot.storage import tables as t
from bot.teams import store as teams
from bot.teams.model import Role, Team, role_in
from bot.teams.rhythms import team_and_lead

UNREAD = 2
"""Letters in a row that were neither opened nor decided on before the coach asks, once, whether to stop."""


@dataclass(frozen=True, slots=True)
class ReportLetters:
    """Writes the reports that come by themselves."""

    reports: Reports

    async def render(self, letter: Letter, now: datetime) -> Rendered | Later | None:
        """None where they no longer lead the team; later outside working hours and on days away."""
        at = self.reports.at
        team_id, lead = team_and_lead(letter.recipient)
        person = await at.person(lead)
        async with at.database.read() as connection:
            team = await teams.team(connection, at.workspace_id, team_id)
            today = day_of(now, person.zone)
            gone = (await teams.away_of(connection, at.workspace_id, [lead], today)).get(lead, [])
        if team is None or team.is_closed or role_in(team, lead) is not Role.LEAD or person.paused:
            return None
        if any(one.covers(today) for one in gone) or not is_working_time(now, person.zone):
            return Later(_next_morning(team, now))
        period = period_in("last week", day_of(now, team.rhythm.zone))
        assert period
        report = await self.reports.report(team, lead, period)
        async with at.database.write() as connection:
            asks = await _is_unread(connection, team, lead, now)
            await store.add_step(connection, team, lead, period.key, Step.SENT, now)
        return Rendered(lead, blocks.offer(team, report, stop=asks))


async def _is_unread(connection: AsyncConnection, team: Team, lead: UserId, now: datetime) -> bool:
    """Whether the last two letters were left alone, and it was not asked about them before."""
    s = t.report_steps.c
    rows = await connection.execute(
        sa.select(s.step, s.at)
        .where(s.workspace_id == team.workspace_id, s.lead_id == lead, s.team_id == team.id)
        .where(s.step.in_((Step.SENT, Step.OPENED, *DECISIONS)))
        .order_by(s.at.desc(), s.id.desc())
        .limit(2 * UNREAD + 1)
    )
    steps = [Step(row.step) for row in rows]
    unread = next((n for n, step in enumerate(steps) if step is not Step.SENT), len(steps))
    return unread == UNREAD


def _next_morning(team: Team, now: datetime) -> datetime:
    rhythm = team.rhythm
    return min(next_local(now, rhythm.zone, weekday, rhythm.at) for weekday in range(5))
