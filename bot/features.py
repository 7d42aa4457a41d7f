"""The features joined: each registers its listeners, and gives what it offers behind /coach and hears in messages."""

from slack_bolt.async_app import AsyncApp

from bot.commitments import listeners as commitments
from bot.commitments.hearing import Hearing
from bot.commitments.reading import Coaching
from bot.home import listeners as home
from bot.home.listeners import Home
from bot.inbox import Hearer
from bot.kernel.ids import TeamId
from bot.metrics import store as metrics
from bot.questions.blocks import ask_window
from bot.slack_kit.clicks import Click
from bot.teams import listeners as teams
from bot.teams.workplace import Command, Workplace


class Features:
    """What a coach does beside answering questions."""

    def __init__(self, app: AsyncApp, at: Workplace, coaching: Coaching) -> None:
        self._at = at
        self.home = Home(at)
        self.commitments, commit = commitments.register(
            app, at, coaching=coaching, metrics_of=self._metrics_of, changed=self.home.changed
        )
        settings = home.register(app, self.home, commitments=self.commitments, ask=self._ask, more={})
        found = (*commit, *teams.register(app, at), *settings)
        self.commands: dict[str, Command] = {command.word: command for command in found}
        hearing = Hearing(self.commitments)
        self.hearers = (Hearer(hearing.wants, hearing.hear),)

    async def _metrics_of(self, team_id: str) -> list[tuple[str, str]]:
        async with self._at.database.read() as connection:
            active = await metrics.active_metrics(connection, TeamId(team_id))
        return [(metric.id, metric.name) for metric in active]

    async def _ask(self, click: Click) -> None:
        await self._at.speaker.open_modal(click.trigger_id, ask_window())
