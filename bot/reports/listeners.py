"""/coach report, and what its reader does with it. Each read checks whose team it is."""

from dataclasses import dataclass
from datetime import date

import structlog
from slack_bolt.async_app import AsyncApp
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.files import SCOPE, hand_over
from bot.delivery.plan import drop_schedules
from bot.delivery.speaker import Spoken
from bot.kernel.ids import TeamId, UserId
from bot.kernel.weeks import day_of
from bot.reports import blocks, store
from bot.reports.flow import organisation_report, team_report
from bot.reports.gathering import team_period
from bot.reports.model import Report, Step
from bot.reports.organisation import overview
from bot.reports.periods import EXAMPLES, Period, last_weeks, period_in, period_of_key
from bot.slack_kit.clicks import Click, Typed
from bot.slack_kit.mrkdwn import safe
from bot.slack_kit.pieces import Piece, message, note, section
from bot.teams import store as teams
from bot.teams.model import NotAllowed, NoTeam, Role, Team, role_in
from bot.teams.rhythms import REPORT, lead_of
from bot.teams.workplace import Came, Command, OnClick, Workplace

log = structlog.get_logger()

WEEKS = 4
"""What a report is about where nobody says."""
ORGANISATION = frozenset({"organisation", "organization", "org", "all", "everybody", "company"})
NOTED = {
    Step.DECIDED: "Noted: you decided something. Tell those it concerns; that is what a report is for.",
    Step.NOTHING: "Noted: nothing to decide this time. That is a result, too.",
    Step.DISCUSS: "Noted. What is the one question you will bring to the team?",
}
NO_PERIOD = f"I do not know that period. Try {EXAMPLES}."
NO_TEAMS = "You are in no team yet. `/coach team` in a channel sets one up."
STOPPED = "I no longer send it. `/coach report` shows it whenever you like."
GOES_ON = "Fine, it goes on."
AS_TEXT = "I may not hand over files here, so these are the figures as text. Save them as report.csv:"


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a workplace."""

    at: Workplace

    async def by_command(self, typed: Typed) -> None:
        """/coach report [team] [period]; /coach report organisation."""
        if typed.rest.lower() in ORGANISATION:
            await self._organisation(typed)
            return
        person = await self.at.person(typed.user_id)
        async with self.at.database.read() as connection:
            mine = await teams.teams_of(connection, self.at.workspace_id, person.id)
        if not mine:
            await self.at.tell(typed, note(NO_TEAMS))
            return
        named, words = _named(typed.rest, mine)
        found = _in_channel(mine, typed) if named is None else named
        period = self._period(words, found or mine[0])
        if period is None:
            await self.at.tell(typed, note(NO_PERIOD))
        elif found is None:
            await self.at.tell(typed, blocks.which_team(mine, period.key))
        else:
            await self.show(typed, found, period)

    async def show(self, came: Came, team: Team, period: Period) -> Report:
        """The report to who asked, for their eyes only; that they opened it is noted. Raises: NotAllowed."""
        report = await self.report(team, UserId(came.user_id), period)
        await self.at.tell(came, blocks.drawn(report))
        async with self.at.database.write() as connection:
            if role_in(team, UserId(came.user_id)) is Role.LEAD:
                await store.add_step(connection, team, UserId(came.user_id), period.key, Step.OPENED, self.at.now())
        return report

    async def report(self, team: Team, reader: UserId, period: Period) -> Report:
        """Raises: NotAllowed for whoever is not in the team."""
        if role_in(team, reader) is Role.OUTSIDE:
            raise NotAllowed("people of this team", "see its report")
        now = self.at.now()
        async with self.at.database.read() as connection:
            page = await overview(connection, self.at.workspace_id, now, self.at.floor)
            gathered = await team_period(
                connection, team, reader, period, now, floor=self.at.floor, organisation=page.rungs
            )
        return team_report(gathered)

    async def open(self, click: Click) -> None:
        """From the Home tab, the weekly letter or the choice of a team."""
        team_id, key = blocks.team_in(click.value)
        team = await self._team(team_id)
        period = period_of_key(key, self._today(team)) if key else None
        await self.show(click, team, period or self._standard(team))

    async def decide(self, click: Click) -> None:
        """Decided, nothing to decide, or to be discussed: stored for this lead, team and period."""
        team_id, key = blocks.team_in(click.value)
        team, lead, step = await self._team(team_id), UserId(click.user_id), blocks.STEPS[click.action_id]
        if role_in(team, lead) is not Role.LEAD:
            raise NotAllowed("a lead of this team", "decide on its report")
        async with self.at.database.write() as connection:
            await store.add_step(connection, team, lead, key, step, self.at.now())
        log.info("report.decided", team_id=team.id, step=step.value)
        await self.at.tell(click, note(NOTED[step]))

    async def csv(self, click: Click) -> None:
        """The same figures as a file; as text where files may not be handed over."""
        team_id, key = blocks.team_in(click.value)
        team = await self._team(team_id)
        period = period_of_key(key, self._today(team)) or self._standard(team)
        report = await self.report(team, UserId(click.user_id), period)
        figures = blocks.csv_of(report)
        if SCOPE in self.at.scopes:
            place = await self.at.speaker.dm(click.user_id)
            name = f"report-{period.key.replace('/', '-')}.csv"
            await hand_over(self.at.speaker, place, name, figures, comment=safe(report.title))
        else:
            await self.at.tell(click, message(AS_TEXT, [section(AS_TEXT), section(f"```{figures}```")]))

    async def stop(self, click: Click) -> None:
        """No weekly letter any more, for this lead and team."""
        async with self.at.database.write() as connection:
            await drop_schedules(
                connection, self.at.workspace_id, lead_of(TeamId(click.value), UserId(click.user_id)), REPORT
            )
        await self._replace(click, note(STOPPED))

    async def go_on(self, click: Click) -> None:
        await self._replace(click, note(GOES_ON))

    def by_button(self) -> dict[str, OnClick]:
        chosen: dict[str, OnClick] = {f"{blocks.OPEN}:{n}": self.open for n in range(25)}
        decided: dict[str, OnClick] = dict.fromkeys(blocks.STEPS, self.decide)
        more: dict[str, OnClick] = {
            blocks.OPEN: self.open,
            blocks.CSV: self.csv,
            blocks.STOP: self.stop,
            blocks.KEEP: self.go_on,
        }
        return chosen | decided | more

    async def _organisation(self, typed: Typed) -> None:
        """For admins: the ladder beside the survey, and how far adoption is a collective one. Raises: NotAllowed."""
        person = await self.at.person(typed.user_id)
        if not self.at.staff.is_admin(person):
            raise NotAllowed("an admin", "see the organisation's page")
        async with self.at.database.read() as connection:
            page = await overview(connection, self.at.workspace_id, self.at.now(), self.at.floor)
        await self.at.tell(typed, blocks.drawn(organisation_report(page)))

    async def _team(self, team_id: TeamId) -> Team:
        async with self.at.database.read() as connection:
            return await _living(connection, self.at, team_id)

    async def _replace(self, click: Click, shown: Piece) -> None:
        if click.response_url and await self.at.speaker.reply_to_url(click.response_url, shown, replace=True):
            return
        await self.at.speaker.change(Spoken(click.channel_id, click.message_ts), shown)

    def _period(self, words: str, team: Team) -> Period | None:
        return period_in(words, self._today(team)) if words else self._standard(team)

    def _standard(self, team: Team) -> Period:
        return last_weeks(WEEKS, self._today(team))

    def _today(self, team: Team) -> date:
        return day_of(self.at.now(), team.rhythm.zone)


def register(app: AsyncApp, reports: Reports) -> list[Command]:
    """Listen to the buttons under a report; gives the command that shows one."""
    for action_id, work in reports.by_button().items():
        app.action(action_id)(reports.at.on_click(work))
    about = "[team] [period] shows your team's report; admins: `report organisation`."
    return [Command("report", about, reports.by_command, takes_words=True)]


async def _living(connection: AsyncConnection, at: Workplace, team_id: TeamId) -> Team:
    team = await teams.team(connection, at.workspace_id, team_id)
    if team is None or team.is_closed:
        raise NoTeam
    return team


def _named(words: str, mine: list[Team]) -> tuple[Team | None, str]:
    """A team whose name the words begin with, and the rest: the period."""
    said = words.lower()
    for team in sorted(mine, key=lambda one: -len(one.name)):
        if said.startswith(team.name.lower()):
            return team, words[len(team.name) :].strip()
    return None, words


def _in_channel(mine: list[Team], typed: Typed) -> Team | None:
    """The only one, or that of the channel it was typed in; None where somebody has to choose."""
    here = next((team for team in mine if team.channel_id == typed.channel_id), None)
    return mine[0] if len(mine) == 1 else here
