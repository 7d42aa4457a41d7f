"""Opening a report: which team, who may see what, gathered, and noted that its lead has looked."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import TeamId, UserId
from bot.kernel.weeks import day_of
from bot.measures.ladder import Rungs
from bot.reports import store
from bot.reports.asking import NotUnderstood, Wanted
from bot.reports.flow import organisation_report, team_report
from bot.reports.gathering import team_period
from bot.reports.model import Report, Step
from bot.reports.organisation import overview
from bot.reports.periods import Period, last_weeks, this_week
from bot.teams import store as teams
from bot.teams.model import InNoTeam, NotAllowed, NoTeam, Person, Role, Team, role_in
from bot.teams.workplace import Workplace

log = structlog.get_logger()

WEEKS = 4
"""What a report is about where no period is named."""
FRESH = timedelta(hours=1)
"""How long the organisation's ladder is good for beside a team's report: it costs more than all the rest."""


@dataclass(slots=True)
class Reports:
    """The reports of one workspace."""

    at: Workplace
    _ladder: tuple[datetime, Rungs] | None = field(default=None, init=False)

    async def opened(self, team: Team, reader: UserId, period: Period | None) -> Report:
        """The report for somebody who asked for it; that its lead has looked is noted. Raises: NotAllowed.

        Without a period a member gets their own week, and the totals of four.
        """
        role, today = role_in(team, reader), self.today(team)
        about = period or last_weeks(WEEKS, today)
        mine = this_week(today) if period is None and role is Role.MEMBER else None
        report = await self.report(team, reader, about, mine=mine)
        if role is Role.LEAD:
            await self.note(team, reader, about.key, Step.OPENED)
        log.info("report.opened", team_id=team.id, role=role.value)
        return report

    async def report(self, team: Team, reader: UserId, period: Period, *, mine: Period | None = None) -> Report:
        """What this reader may see of a team. Raises: NotAllowed for whoever is not in it."""
        if role_in(team, reader) is Role.OUTSIDE:
            raise NotAllowed("people of the team", "see its report")
        now = self.at.now()
        async with self.at.database.read() as connection:
            rungs = await self._rungs(connection, now)
            gathered = await team_period(
                connection, team, reader, period, now, floor=self.at.floor, mine=mine, organisation=rungs
            )
        return team_report(gathered)

    async def of_organisation(self, reader: Person) -> Report:
        """Raises: NotAllowed for whoever is no admin."""
        if not self.at.staff.is_admin(reader):
            raise NotAllowed("an admin", "see the organisation's page")
        async with self.at.database.read() as connection:
            seen = await overview(connection, self.at.workspace_id, self.at.now(), self.at.floor)
        log.info("report.organisation_opened")
        return organisation_report(seen)

    async def team_for(self, wanted: Wanted, reader: Person, channel_id: str) -> Team | list[Team]:
        """The team that is meant: the one named, this channel's, or the only one; several where that is open.

        Raises: NotUnderstood, InNoTeam.
        """
        async with self.at.database.read() as connection:
            theirs = await teams.teams_of(connection, self.at.workspace_id, reader.id)
        if wanted.name:
            if named := wanted.named(theirs):
                return named
            raise NotUnderstood(theirs)
        if not theirs:
            raise InNoTeam
        here = [team for team in theirs if team.channel_id == channel_id]
        found = here or theirs
        return found[0] if len(found) == 1 else found

    async def team(self, team_id: str) -> Team:
        """Raises: NoTeam."""
        async with self.at.database.read() as connection:
            team = await teams.team(connection, self.at.workspace_id, TeamId(team_id))
        if team is None or team.is_closed:
            raise NoTeam
        return team

    async def note(self, team: Team, lead: UserId, key: str, step: Step) -> None:
        """What a lead did with a report. Raises: NotAllowed."""
        if role_in(team, lead) is not Role.LEAD:
            raise NotAllowed("a lead of this team", "say what comes of its report")
        async with self.at.database.write() as connection:
            await store.add_step(connection, team, lead, key, step, self.at.now())

    def today(self, team: Team) -> date:
        return day_of(self.at.now(), team.rhythm.zone)

    async def _rungs(self, connection: AsyncConnection, now: datetime) -> Rungs:
        if self._ladder is None or not timedelta() <= now - self._ladder[0] < FRESH:
            seen = await overview(connection, self.at.workspace_id, now, self.at.floor)
            self._ladder = now, seen.rungs
        return self._ladder[1]
