"""Writing what waits in one transaction.

A commit costs the disk some milliseconds and SQLite takes one writer at a time; a hundred rows together cost hardly
more than one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import CoachError

AT_ONCE = 500
GATHER_SECONDS = 0.02
"""How long the first waits for others: a transaction costs as much of the processor as thirty rows in it."""

Row = TypeVar("Row")
Result = TypeVar("Result")


class Together(Generic[Row, Result]):
    """One task writes, and ends when nothing waits.

    `write` is given the rows in the order they came and gives one result for each; what the database raises reaches
    each who waits.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Row]], Awaitable[Sequence[Result]]],
        *,
        at_once: int = AT_ONCE,
        gather_seconds: float = GATHER_SECONDS,
    ) -> None:
        self._write = write
        self._at_once = at_once
        self._gather_seconds = gather_seconds
        self._waiting: list[tuple[Row, asyncio.Future[Result]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, row: Row) -> Result:
        written: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="write together")
        return await written

    async def settled(self) -> None:
        """Until nothing waits any more."""
        if self._writing:
            await asyncio.wait({self._writing})

    async def _write_all(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._gather_seconds)
            batch, self._waiting = self._waiting[: self._at_once], self._waiting[self._at_once :]
            try:
                results = await self._write([row for row, _ in batch])
            except (CoachError, SQLAlchemyError) as error:
                for written in _open(written for _, written in batch):
                    written.set_exception(error)
            else:
                for (_, written), result in zip(batch, results, strict=True):
                    if not written.done():
                        written.set_result(result)


def _open(futures: Iterable["asyncio.Future[Result]"]) -> list["asyncio.Future[Result]"]:
    """Those whose owner was not cut off in the meantime."""
    return [future for future in futures if not future.done()]
