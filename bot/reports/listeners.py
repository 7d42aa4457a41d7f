"""Slack in: /coach report, the buttons that open one, the three answers to it, its file, and the weekly letter."""

from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.delivery.files import SCOPE, hand_over
from bot.delivery.plan import drop_schedules
from bot.delivery.speaker import Spoken
from bot.kernel.ids import TeamId, UserId
from bot.kernel.weeks import day_of
from bot.questions.manners import declines
from bot.reports import blocks
from bot.reports.asking import NotUnderstood, Wanted, wanted
from bot.reports.exporting import as_csv, file_name
from bot.reports.model import Report
from bot.reports.opening import Reports
from bot.reports.periods import period_of_key
from bot.slack_kit.clicks import Click, Typed
from bot.slack_kit.mrkdwn import safe, unmarked
from bot.slack_kit.pieces import Piece, note
from bot.teams.model import InNoTeam, Person, Team
from bot.teams.rhythms import REPORT, lead_of
from bot.teams.workplace import Command, OnClick, Workplace

STEP_OF = {action_id: step for step, (action_id, _) in blocks.STEPS.items()}
ABOUT = "[team] [period] opens your team's report: report last week, report Harbor q3."
STOPPED = "I no longer send it. `/coach report` shows it whenever you like."
GOES_ON = "Fine, it goes on."


@dataclass(frozen=True, slots=True)
class Reporting:
    """What people do with reports."""

    reports: Reports

    @property
    def at(self) -> Workplace:
        return self.reports.at

    async def typed(self, typed: Typed) -> None:
        """`/coach report [team] [period]`, or `/coach report organisation` for admins.

        That page as well where an admin who is in no team names none.
        """
        reader = await self.at.person(typed.user_id)
        meant = wanted(typed.rest, day_of(self.at.now(), reader.zone), typed.mentioned)
        if meant.organisation:
            await self.at.tell(typed, blocks.report_message(await self.reports.of_organisation(reader)))
            return
        try:
            await self.at.tell(typed, await self._meant(meant, reader, typed))
        except NotUnderstood:
            if no := declines(typed.rest):
                await self.at.tell(typed, note(no))
                return
            raise
        except InNoTeam:
            if not self.at.staff.is_admin(reader):
                raise
            await self.at.tell(typed, blocks.report_message(await self.reports.of_organisation(reader)))

    async def _meant(self, meant: Wanted, reader: Person, typed: Typed) -> Piece:
        found = await self.reports.team_for(meant, reader, typed.channel_id)
        if isinstance(found, Team):
            return blocks.report_message(await self.reports.opened(found, reader.id, meant.period))
        return blocks.which_team(found, meant.period.key if meant.period else "")

    async def open(self, click: Click) -> None:
        """From the Home tab, the weekly letter or the choice of a team."""
        await self.at.tell(click, blocks.report_message(await self._report(click)))

    async def answered(self, click: Click) -> None:
        """Decided, nothing to decide, or to be discussed: stored, and the report shows it."""
        team_id, _, key = click.value.partition(" ")
        team, step = await self.reports.team(team_id), STEP_OF[click.action_id]
        await self.reports.note(team, UserId(click.user_id), key, step)
        await self._replace(click, blocks.report_message(await self._again(click), answered=step))

    async def as_file(self, click: Click) -> None:
        """The numbers as a CSV file in their direct messages; as text, with how to get a file, where that cannot be."""
        report = await self._again(click)
        if SCOPE not in self.at.scopes:
            await self.at.tell(click, blocks.figures_as_text(as_csv(report)))
            return
        place = await self.at.speaker.dm(click.user_id)
        await hand_over(self.at.speaker, place, file_name(report), as_csv(report), comment=unmarked(safe(report.title)))

    async def stop(self, click: Click) -> None:
        """No weekly letter any more, for this lead and team."""
        owner = lead_of(TeamId(click.value), UserId(click.user_id))
        async with self.at.database.write() as connection:
            await drop_schedules(connection, self.at.workspace_id, owner, REPORT)
        await self._replace(click, note(STOPPED))

    async def go_on(self, click: Click) -> None:
        await self._replace(click, note(GOES_ON))

    async def _report(self, click: Click) -> Report:
        """The report a button is about, opened. Raises: NoTeam, NotAllowed."""
        team_id, _, key = click.value.partition(" ")
        team = await self.reports.team(team_id)
        period = period_of_key(key, self.reports.today(team)) if key else None
        return await self.reports.opened(team, UserId(click.user_id), period)

    async def _again(self, click: Click) -> Report:
        """The report a button stands under, which was opened before."""
        if click.value == blocks.ORGANISATION:
            return await self.reports.of_organisation(await self.at.person(click.user_id))
        team_id, _, key = click.value.partition(" ")
        team = await self.reports.team(team_id)
        period = period_of_key(key, self.reports.today(team))
        if period is None:
            return await self._report(click)
        return await self.reports.report(team, UserId(click.user_id), period)

    async def _replace(self, click: Click, shown: Piece) -> None:
        speaker = self.at.speaker
        if click.response_url and await speaker.reply_to_url(click.response_url, shown, replace=True):
            return
        if click.channel_id and click.message_ts and not click.is_ephemeral:
            await speaker.change(Spoken(click.channel_id, click.message_ts), shown)


def register(app: AsyncApp, reports: Reports) -> tuple[list[Command], OnClick]:
    """Listen to the buttons of reports; gives the command, and what the Home tab's report button does."""
    reporting = Reporting(reports)
    buttons: dict[str, OnClick] = {
        **{f"{blocks.OPEN}:{n}": reporting.open for n in range(25)},
        **dict.fromkeys(STEP_OF, reporting.answered),
        blocks.OPEN: reporting.open,
        blocks.AS_FILE: reporting.as_file,
        blocks.STOP: reporting.stop,
        blocks.KEEP: reporting.go_on,
    }
    for action_id, work in buttons.items():
        app.action(action_id)(reports.at.on_click(work))
    return [Command("report", ABOUT, reporting.typed, takes_words=True)], reporting.open
