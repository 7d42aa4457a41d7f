"""Noting arrivals in the database, all that wait in one transaction.

A commit costs the disk some milliseconds and SQLite takes one writer at a time; a hundred arrivals together cost hardly
more than one, so a burst does not make the acknowledgements behind it late.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.errors import CoachError
from bot.questions import intake
from bot.questions.incoming import Incoming
from bot.storage.engine import Database

AT_ONCE = 500
GATHER_SECONDS = 0.02
"""How long the first waits for others: a transaction costs as much of the processor as noting thirty arrivals."""

Clock = Callable[[], datetime]
Waiting = tuple[Incoming, asyncio.Future[bool]]


class Arrivals:
    """What waits to be noted. One task writes; it ends when nothing waits."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now
        self._waiting: list[Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    async def is_new(self, incoming: Incoming) -> bool:
        """Note an arrival; False for what was noted before, by any process. Raises: what the database raises."""
        noted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, noted))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write(), name="arrivals")
        return await noted

    async def settled(self) -> None:
        """Until nothing waits any more."""
        if self._writer:
            await asyncio.wait({self._writer})

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            try:
                async with self._database.write() as connection:
                    new = await intake.claim(connection, [incoming for incoming, _ in batch], self._now())
            except CoachError as error:
                for _, noted in _open(batch):
                    noted.set_exception(error)
            else:
                for incoming, noted in _open(batch):
                    noted.set_result(incoming.asked.id in new)


def _open(batch: Iterable[Waiting]) -> list[Waiting]:
    """Those that were not cut off in the meantime."""
    return [(incoming, noted) for incoming, noted in batch if not noted.done()]
