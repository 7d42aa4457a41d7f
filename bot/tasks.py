"""Work that outlives the request that brought it, kept track of so that a stop can wait for it.

Bolt starts listeners without holding on to them, and no server waits for them at the end (listener/asyncio_runner.py):
a stop would lose them. Listeners therefore only hand over to here.
"""

import asyncio

from bot.repeating import Repeated, Work, log_what_it_raised, run

__all__ = ["Tasks", "Work"]


class Tasks:
    """What is under way, and what is done again and again beside it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._loops: dict[asyncio.Task[None], Repeated] = {}
        self._stopping = asyncio.Event()

    def start(self, work: Work, *, name: str) -> None:
        """Run to the end or to the stop, whichever comes first. What the work raises is logged."""
        task = asyncio.create_task(run(work), name=name)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        task.add_done_callback(log_what_it_raised)

    def repeat(self, work: Work, *, every_seconds: float, name: str) -> None:
        """Run now and again until the stop, whatever one turn raises: what was away may come back."""
        repeated = Repeated(work, every_seconds, name)
        task = asyncio.create_task(repeated.until(self._stopping), name=name)
        self._loops[task] = repeated
        task.add_done_callback(self._loops.pop)

    async def turn(self) -> None:
        """Have everything that repeats take a turn now, and wait for it and for what it set going.

        For a clock that was moved: what is due by it happens at once.
        """
        turns = [asyncio.create_task(repeated.turn_now()) for repeated in self._loops.values()]
        if turns:
            await asyncio.wait(turns)
        while under_way := set(self._under_way):
            await asyncio.wait(under_way)

    async def drain(self, seconds: float) -> int:
        """End the loops, wait for the rest, and give how many were cut off after so many seconds."""
        self._stopping.set()
        under_way, loops = set(self._under_way), dict(self._loops)
        unfinished = (await asyncio.wait(under_way, timeout=seconds))[1] if under_way else set()
        for task in (*unfinished, *loops):
            task.cancel()
        await asyncio.gather(*unfinished, *loops, return_exceptions=True)
        for repeated in loops.values():
            repeated.let_go()
        return len(unfinished)

    @property
    def is_stopping(self) -> bool:
        """Whether nothing new is to be begun."""
        return self._stopping.is_set()

    @property
    def under_way(self) -> frozenset[asyncio.Task[None]]:
        return frozenset(self._under_way)
