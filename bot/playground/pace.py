"""Slack's special limit of chat.postMessage: one message a second a channel, short bursts allowed."""

import math
from dataclasses import dataclass, field

from bot.playground.refusals import ratelimited


@dataclass
class PerChannel:
    """A bucket of `burst` messages a channel that fills at `per_second`. Time is the caller's clock, in seconds.

    Source: docs.slack.dev/apis/web-api/rate-limits.
    """

    per_second: float = 1.0
    burst: int = 1
    _buckets: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def admit(self, team_id: str, channel: str, now: float) -> None:
        """Count one message, or refuse it with the whole seconds to wait."""
        left, since = self._buckets.get((team_id, channel), (float(self.burst), now))
        left = min(float(self.burst), left + (now - since) * self.per_second)
        if left < 1:
            raise ratelimited(max(1, math.ceil((1 - left) / self.per_second)))
        self._buckets[team_id, channel] = (left - 1, now)
