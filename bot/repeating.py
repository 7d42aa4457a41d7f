"""Work that is done again and again until the stop, whatever one turn raises: what was away may come back."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from bot.errors import DatabaseAway
from bot.logs import where

log = structlog.get_logger()

Work = Callable[[], Awaitable[None]]


@dataclass(eq=False)
class Repeated:
    """What repeats, and how often. `name` stands in the log where turns begin to fail."""

    work: Work
    every_seconds: float
    name: str
    _hurry: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: list[asyncio.Event] = field(default_factory=list)
    _failing: type[BaseException] | None = None

    async def until(self, stopping: asyncio.Event) -> None:
        """Take turns, one at a time, until `stopping` is set; a turn that fails is logged and the next one comes."""
        while not stopping.is_set():
            waiting, self._waiting = self._waiting, []
            self._hurry.clear()
            try:
                await self._turn()
            finally:
                _tell(waiting)
            await _either(stopping, self._hurry, self.every_seconds)

    async def turn_now(self) -> None:
        """Until a turn that begins from now on has ended."""
        self._waiting.append(taken := asyncio.Event())
        self._hurry.set()
        await taken.wait()

    def let_go(self) -> None:
        """There will be no further turn: nobody waits for one in vain."""
        _tell(self._waiting)

    async def _turn(self) -> None:
        turn = asyncio.create_task(run(self.work), name=self.name)
        try:
            await asyncio.wait({turn})
        finally:
            turn.cancel()
            await asyncio.wait({turn})
        self._log(turn)

    def _log(self, turn: asyncio.Task[None]) -> None:
        """Where it begins to fail and where it works again; a database that is away says so itself, once for all."""
        error = None if turn.cancelled() else turn.exception()
        before, self._failing = self._failing, type(error) if error else None
        if self._failing in (before, DatabaseAway):
            return
        if self._failing:
            log_what_it_raised(turn)
        elif before is not DatabaseAway:
            log.info("task.works_again", task=self.name)


async def run(work: Work) -> None:
    await work()


def log_what_it_raised(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("task.failed", task=task.get_name(), kind=type(error).__name__, where=where(error))


def _tell(waiting: list[asyncio.Event]) -> None:
    for one in waiting:
        one.set()


async def _either(one: asyncio.Event, other: asyncio.Event, seconds: float) -> None:
    """Until one of them is set, or so many seconds have passed."""
    waits = {asyncio.create_task(one.wait()), asyncio.create_task(other.wait())}
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
