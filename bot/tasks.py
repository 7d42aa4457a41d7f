"""Work that outlives the request that brought it, kept track of so that a stop can wait for it.

Bolt starts listeners without holding on to them, and no server waits for them at the end (listener/asyncio_runner.py):
a stop would lose them. Listeners therefore only hand over to here.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.logs import where

log = structlog.get_logger()

Work = Callable[[], Awaitable[None]]


class Tasks:
    """What is under way, and what is done again and again beside it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._loops: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    def start(self, work: Work, *, name: str) -> None:
        """Run to the end or to the stop, whichever comes first. What the work raises is logged."""
        task = asyncio.create_task(_run(work), name=name)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        task.add_done_callback(_log_what_it_raised)

    def repeat(self, work: Work, *, every_seconds: float, name: str) -> None:
        """Run now and again until the stop, whatever one turn raises: what was away may come back."""
        task = asyncio.create_task(self._again_and_again(work, every_seconds, name), name=name)
        self._loops.add(task)
        task.add_done_callback(self._loops.discard)

    async def drain(self, seconds: float) -> int:
        """End the loops, wait for the rest, and give how many were cut off after so many seconds."""
        self._stopping.set()
        under_way = set(self._under_way)
        unfinished = (await asyncio.wait(under_way, timeout=seconds))[1] if under_way else set()
        for task in (*unfinished, *self._loops):
            task.cancel()
        await asyncio.gather(*unfinished, *self._loops, return_exceptions=True)
        return len(unfinished)

    @property
    def under_way(self) -> frozenset[asyncio.Task[None]]:
        return frozenset(self._under_way)

    async def _again_and_again(self, work: Work, every_seconds: float, name: str) -> None:
        while not self._stopping.is_set():
            turn = asyncio.create_task(_run(work), name=name)
            try:
                await asyncio.wait({turn})
            finally:
                turn.cancel()
                await asyncio.wait({turn})
            _log_what_it_raised(turn)
            await _until(self._stopping, every_seconds)


async def _run(work: Work) -> None:
    await work()


async def _until(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


def _log_what_it_raised(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("task.failed", task=task.get_name(), kind=type(error).__name__, where=where(error))
