"""The features joined: each registers its listeners, and gives what it offers behind /coach and hears in messages."""

from slack_bolt.async_app import AsyncApp

from bot.commitments import listeners as commitments
from bot.commitments.hearing import Hearing
from bot.commitments.reading import Coaching
from bot.inbox import Hearer
from bot.kernel.ids import TeamId
from bot.metrics import store as metrics
from bot.teams import listeners as teams
from bot.teams.workplace import Command, Workplace


class Features:
    """What a coach does beside answering questions."""

    def __init__(self, app: AsyncApp, at: Workplace, coaching: Coaching) -> None:
        self._at = at
        self.commitments, commit = commitments.register(
            app, at, coaching=coaching, metrics_of=self._metrics_of, changed=self._changed
        )
        found = (*commit, *teams.register(app, at))
        self.commands: dict[str, Command] = {command.word: command for command in found}
        hearing = Hearing(self.commitments)
        self.hearers = (Hearer(hearing.wants, hearing.hear),)

    async def _metrics_of(self, team_id: str) -> list[tuple[str, str]]:
        async with self._at.database.read() as connection:
            active = await metrics.active_metrics(connection, TeamId(team_id))
        return [(metric.id, metric.name) for metric in active]

    async def _changed(self, user_id: str) -> None:
        """Somebody's commitments are other ones now."""
