"""Faults on order: what the next calls of a method meet instead of an answer."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RateLimited:
    """429 with Retry-After in seconds; nothing is accepted."""

    seconds: int = 1


@dataclass(frozen=True)
class ServerError:
    """An HTTP 500 or its kin; nothing is accepted."""

    status: int = 500


@dataclass(frozen=True)
class ErrorCode:
    """One of Slack's own codes, such as `fatal_error`; nothing is accepted."""

    error: str


@dataclass(frozen=True)
class ResetAfterAccepting:
    """The call takes effect, then the connection is reset with no answer."""


@dataclass(frozen=True)
class Delayed:
    """The answer waits until the event is set. With `accepted` the call takes effect before the wait."""

    until: asyncio.Event
    accepted: bool = False


@dataclass(frozen=True)
class Slow:
    """The answer takes so many seconds. With `accepted` the call takes effect before the wait."""

    seconds: float
    accepted: bool = False


Fault = RateLimited | ServerError | ErrorCode | ResetAfterAccepting | Delayed | Slow


@dataclass
class Faults:
    """One queue a method; `response_url` and `upload` are methods here too."""

    queues: dict[str, deque[Fault | None]] = field(default_factory=lambda: defaultdict(deque))

    def order(self, method: str, *faults: Fault | None) -> None:
        """The next calls of the method meet these faults, one each, in this order; None: the call meets none."""
        self.queues[method].extend(faults)

    def take(self, method: str) -> Fault | None:
        queue = self.queues[method]
        return queue.popleft() if queue else None
