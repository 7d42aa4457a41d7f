"""What the coach says of its own accord, from the decision to the message in Slack: the values and their rules."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

Message = Mapping[str, object]
"""The arguments of chat.postMessage that are words and blocks; `text` is always there."""
Reference = Mapping[str, str | int | None]
"""What a letter is about, as ids: it is stored, and words are not."""


class State(StrEnum):
    """Where a letter stands. The first two are open; `unknown` may stand in Slack, and nobody may look."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN = (State.PENDING, State.SENDING)
CHANNEL_SECONDS = 1.0
"""From the reply to a message in a channel to the next message there: Slack takes one a second."""
WHOLE_WORKSPACE = ""
"""Stands for every channel where Slack wants no message anywhere for a while."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is decided on. Its words are written when it goes, from what is true then.

    `key`: one letter for each, for ever. `recipient`: the person, channel or team it is for; each gets one at a time.
    `about`: what it depends on, to be cancelled by. Past `expires_at` it is not sent any more.
    """

    workspace_id: str
    key: str
    kind: str
    recipient: str
    due_at: datetime
    expires_at: datetime
    reference: Reference = field(default_factory=dict)
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words, and where it goes: `to` is a person or a channel of Slack."""

    to: str
    message: Message
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the recipient is away, or their working day is over."""

    until: datetime


Render = Callable[[Letter, datetime], Awaitable[Rendered | Later | None]]
"""Writes a letter as of now. None: nobody needs it any more."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How letters of a kind are written and treated.

    `good_for`: how long after it is due one that is planned from a schedule is still worth sending.
    `again_when_unsure`: send it once more where it may stand in Slack and the coach may not look: for what does more
    harm when it is missed than when it comes twice.
    """

    render: Render
    good_for: timedelta = timedelta(days=2)
    again_when_unsure: bool = False


Kinds = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter in the hands of one worker. `since`: from when on it may stand in Slack, where it may at all.

    `lease` is of this one claim: what the same worker claims again later it holds by another.
    """

    id: str
    lease: str
    letter: Letter
    attempts: int
    since: datetime | None = None
    channel_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claimed letter.

    `not_before` only where it waits for another attempt; `ambiguous` where it may stand in Slack all the same.
    """

    state: State
    not_before: datetime | None = None
    ambiguous: bool = False
    channel_id: str | None = None
    ts: str | None = None
    sent_at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter as whoever runs the coach sees it."""

    id: str
    key: str
    kind: str
    recipient: str
    state: State
    due_at: datetime
    not_before: datetime
    attempts: int
    channel_id: str | None
    ts: str | None
    sent_at: datetime | None
    error: str | None
