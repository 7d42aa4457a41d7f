"""The features joined: each registers its listeners, and gives what it offers behind /coach and hears in messages."""

from datetime import timedelta

from slack_bolt.async_app import AsyncApp

from bot.commitments import keeping
from bot.commitments import listeners as commitments
from bot.commitments.hearing import Hearing
from bot.commitments.reminders import DIGEST
from bot.delivery.model import Kind, Kinds
from bot.home import listeners as home
from bot.home.blocks import METRICS
from bot.home.blocks import REPORT as REPORT_BUTTON
from bot.home.hearing import AwayHearing
from bot.home.listeners import Home
from bot.inbox import Hearer
from bot.keeper import Keeper
from bot.kernel.ids import TeamId
from bot.metrics import listeners as metrics
from bot.metrics import pressed, store
from bot.metrics.catalogue import Catalogue, catalogue_of
from bot.nudges import listeners as nudges
from bot.nudges.asides import CURATOR, GAUGE, Asides
from bot.nudges.digest import Digests
from bot.nudges.listeners import Nudging
from bot.nudges.team_letters import TeamNudges
from bot.privacy import listeners as privacy
from bot.privacy.blocks import privacy_section
from bot.privacy.listeners import Privacy
from bot.questions import curating
from bot.questions.blocks import ask_window
from bot.reports import listeners as reports
from bot.reports.letters import ReportLetters
from bot.reports.opening import Reports
from bot.reports.own_hearing import OwnHearing
from bot.slack_kit.clicks import Click
from bot.teams import listeners as teams
from bot.teams.rhythms import NUDGE, PULSE, REPORT
from bot.teams.workplace import Command, Workplace


class Features:
    """What a coach does beside answering questions."""

    def __init__(self, app: AsyncApp, at: Workplace, keeper: Keeper, *, keep_days: int) -> None:
        self._at = at
        self._keeper = keeper
        self.home = Home(at, privacy_section(keep_days))
        self.reports = Reports(at)
        report, open_report = reports.register(app, self.reports)
        self.commitments, commit = commitments.register(
            app, at, coaching=keeper, metrics_of=self._metrics_of, changed=self.home.changed
        )
        settings = home.register(
            app,
            self.home,
            commitments=self.commitments,
            ask=self._ask,
            more={METRICS: self._show_metrics, REPORT_BUTTON: open_report},
        )
        measure = metrics.register(app, at, catalogue=self._catalogue, changed=self.home.changed)
        found = (*commit, *measure, *report, *teams.register(app, at), *settings, *curating.commands(at))
        self.commands: dict[str, Command] = {command.word: command for command in found}
        self._privacy = Privacy(at, keep_days, self.home.changed)
        privacy.register(app, self._privacy)
        hearing, away, own = Hearing(self.commitments), AwayHearing(self.home), OwnHearing(at)
        self.hearers = (
            Hearer(self._privacy.wants, self._privacy.hear),
            Hearer(away.wants, away.hear),
            Hearer(own.wants, own.hear),
            Hearer(hearing.wants, hearing.hear),
        )
        self._digests = Digests(at)
        self._letters = ReportLetters(self.reports)
        self.asides = Asides(at, self._digests, keeper.base)
        self._team_nudges = TeamNudges(at, keeper.base)
        nudges.register(app, Nudging(at, self.home, self.commitments, keeper.base))

    @property
    def kinds(self) -> Kinds:
        """Every kind of letter, and who writes it when it goes."""
        return {
            NUDGE: Kind(self._team_nudges.render, good_for=timedelta(days=3)),
            DIGEST: Kind(self._digests.render, again_when_unsure=True),
            REPORT: Kind(self._letters.render, good_for=timedelta(days=5)),
            PULSE: Kind(self.asides.pulse, good_for=timedelta(weeks=2)),
            CURATOR: Kind(self.asides.curator, good_for=timedelta(days=3)),
            GAUGE: Kind(self.asides.gauge),
        }

    async def sweep(self) -> None:
        """What time alone brings about: silence, and one question to who only asks. To be repeated each hour."""
        await keeping.fall_silent(self._at)
        await self.asides.look_for_talk()
        await self.asides.schedule_curators()
        await self._privacy.forget_old()

    async def _metrics_of(self, team_id: str) -> list[tuple[str, str]]:
        async with self._at.database.read() as connection:
            active = await store.active_metrics(connection, TeamId(team_id))
        return [(metric.id, metric.name) for metric in active]

    async def _show_metrics(self, click: Click) -> None:
        await pressed.show_metrics_of(click, click.value, self._at)

    def _catalogue(self) -> Catalogue:
        return catalogue_of(base.evidence if (base := self._keeper.base()) else {})

    async def _ask(self, click: Click) -> None:
        await self._at.speaker.open_modal(click.trigger_id, ask_window())
