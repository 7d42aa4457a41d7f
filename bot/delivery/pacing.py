"""How fast Slack takes messages: one a second in a channel, some hundred a minute in a workspace, with short bursts.

Without it, 400 messages cost 1,800 refusals. Source: docs.slack.dev/apis/web-api/rate-limits.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import monotonic

from bot.delivery.model import CHANNEL_SECONDS, WHOLE_WORKSPACE

BURST = 20
"""Messages a workspace takes at once after a rest."""
MANY_CHANNELS = 10_000


class Pace:
    """Gives each message its turn. `clock` is in seconds and only grows; `apart` are those between two in a channel."""

    def __init__(
        self, *, per_minute: float, apart: float = CHANNEL_SECONDS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._seconds = 60 / per_minute
        self._apart = apart
        self._clock = clock
        self._channels: dict[str, float] = {}
        self._next = clock() - BURST * self._seconds
        self._closed: dict[str, datetime] = {}

    def turn(self, channel_id: str) -> float:
        """Seconds until the next message may go to this channel; that turn is taken now."""
        now = self._clock()
        next_of_all = self._next_of_all(now)
        at = max(now, next_of_all, self._channels.get(channel_id, now))
        self._next, self._channels[channel_id] = next_of_all + self._seconds, at + self._apart
        self._forget(now)
        return at - now

    def went(self, channel_id: str) -> None:
        """A message has gone to a channel, perhaps long after its turn came: the next one waits from now."""
        self._channels[channel_id] = max(self._channels.get(channel_id, 0.0), self._clock() + self._apart)

    def room(self, seconds: float) -> int:
        """How many messages the workspace takes within so many seconds."""
        now = self._clock()
        return max(0, int((now + seconds - self._next_of_all(now)) / self._seconds))

    def close(self, gates: Mapping[str, datetime]) -> None:
        """Channels that take nothing until then, as all replicas know them."""
        self._closed |= gates

    def closed_until(self, channel_id: str, now: datetime) -> datetime | None:
        """Until when a channel takes nothing, because of itself or of its workspace; None where it is open."""
        until = max((self._closed.get(one, now) for one in (channel_id, WHOLE_WORKSPACE)), default=now)
        return until if until > now else None

    def refused(self, channel_id: str, seconds: int, now: datetime) -> tuple[str, datetime]:
        """After a refusal: what is closed now, and until when; the whole workspace where another channel is too."""
        others = any(until > now for one, until in self._closed.items() if one != channel_id)
        gate = (WHOLE_WORKSPACE if others else channel_id, now + timedelta(seconds=seconds))
        self.close(dict([gate]))
        return gate

    def _next_of_all(self, now: float) -> float:
        return max(self._next, now - (BURST - 1) * self._seconds)

    def _forget(self, now: float) -> None:
        if len(self._channels) > MANY_CHANNELS:
            self._channels = {one: at for one, at in self._channels.items() if at > now}
