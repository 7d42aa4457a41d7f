"""The playground's clock: the real time and an offset. Slack's stand-in and the coach read the same one."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

AT_MOST = timedelta(days=1)
"""How far the clock moves at once: what time alone brings about, such as silence, is looked for once a day."""


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

    def real(self) -> datetime:
        """What time it is for whoever looks at the page."""
        return datetime.fromtimestamp(self._real(), UTC)

    def move_to(self, moment: datetime) -> None:
        """Nothing happens for a moment that has passed."""
        self.offset += max(0.0, moment.timestamp() - self.now())

    def set_back(self, offset: float = 0.0) -> None:
        """To so many seconds from the real time: for a fresh start and for a restored one."""
        self.offset = offset


async def travel(
    clock: MovableClock,
    to: datetime,
    *,
    due: Callable[[], Awaitable[datetime | None]],
    pause: Callable[[], Awaitable[None]],
) -> None:
    """Move the clock there, with a stop at each moment at which something is due, and one a day at least.

    `due` tells the next such moment, `pause` is what happens at every stop.
    """
    while (now := clock.utc()) < to:
        following = await due()
        ahead = following if following and following > now else to
        clock.move_to(min(ahead, now + AT_MOST, to))
        await pause()
