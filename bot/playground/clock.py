"""The playground's clock: the real time and an offset. Slack's stand-in and the coach read the same one."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

STEP = timedelta(hours=1)
"""How far the clock moves at once: what is due at an hour of somebody's morning happens in that hour."""


class MovableClock:
    """Runs as fast as the real one; only ever moved forward, but for `set_back`."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return self._real() + self.offset

    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC)

    def move_to(self, moment: datetime) -> None:
        """Nothing happens for a moment that has passed."""
        self.offset += max(0.0, moment.timestamp() - self.now())

    def set_back(self, offset: float = 0.0) -> None:
        """To so many seconds from the real time: for a fresh start and for a restored one."""
        self.offset = offset


async def travel(
    clock: MovableClock, to: datetime, *, pause: Callable[[], Awaitable[None]], step: timedelta = STEP
) -> None:
    """Move the clock there step by step, each to a full hour; `pause` is what happens at every stop."""
    while (now := clock.utc()) < to:
        next_stop = now.replace(minute=0, second=0, microsecond=0) + step
        clock.move_to(min(next_stop, to))
        await pause()
