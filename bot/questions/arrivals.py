"""Noting arrivals in the database, all that wait in one transaction: a burst makes no acknowledgement late."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.questions import intake
from bot.questions.incoming import Incoming
from bot.storage.engine import Database
from bot.storage.together import Together

Clock = Callable[[], datetime]


class Arrivals:
    """What waits to be noted."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now
        self._noting = Together(self._note)

    async def is_new(self, incoming: Incoming) -> bool:
        """Note an arrival; False for what was noted before, by any process. Raises: what the database raises."""
        return await self._noting(incoming)

    async def settled(self) -> None:
        """Until nothing waits any more."""
        await self._noting.settled()

    async def _note(self, arrived: Sequence[Incoming]) -> list[bool]:
        async with self._database.write() as connection:
            new = await intake.claim(connection, arrived, self._now())
        return [one.asked.id in new for one in arrived]
