"""What people type after /coach, press and send off, read from what Slack tells of it. Survives any field missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.slack_kit.bounded import said_before
from bot.slack_kit.mrkdwn import channel_in, readable, visible
from bot.slack_kit.reading import first, part, word

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields of a view or message, by block_id. Empty where nothing was filled in."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, block_id: str) -> str:
        """What was typed, as it was typed; or the value of the option chosen."""
        found = self._of(block_id)
        option = word(part(found, "selected_option").get("value"))
        return option or visible(word(found.get("value"))).strip()

    def label(self, block_id: str) -> str:
        """The words of the option chosen."""
        return word(part(self._of(block_id), "selected_option", "text").get("text"))

    def users(self, block_id: str) -> frozenset[str]:
        found = self._of(block_id)
        many, one = found.get("selected_users"), word(found.get("selected_user"))
        ids = [word(each) for each in many] if isinstance(many, list) else [one]
        return frozenset(id for id in ids if id)

    def day(self, block_id: str) -> date | None:
        try:
            return date.fromisoformat(word(self._of(block_id).get("selected_date")))
        except ValueError:
            return None

    def time(self, block_id: str) -> time | None:
        try:
            return time.fromisoformat(word(self._of(block_id).get("selected_time")))
        except ValueError:
            return None

    def ticked(self, block_id: str) -> frozenset[str]:
        chosen = self._of(block_id).get("selected_options")
        options = chosen if isinstance(chosen, list) else []
        return frozenset(word(one.get("value")) for one in options if isinstance(one, dict))

    def _of(self, block_id: str) -> dict[str, Any]:
        block = part(self.values, block_id)
        return part(block, next(iter(block), ""))


@dataclass(frozen=True, slots=True)
class Typed:
    """`/coach` and what stood behind it."""

    user_id: str
    channel_id: str
    words: str
    trigger_id: str
    response_url: str | None = None
    mentioned: str = ""
    """The id of the channel that was mentioned."""

    @property
    def first_word(self) -> str:
        return self.words.split(maxsplit=1)[0].lower() if self.words.split() else ""

    @property
    def rest(self) -> str:
        return self.words.split(maxsplit=1)[1].strip() if len(self.words.split(maxsplit=1)) > 1 else ""


@dataclass(frozen=True, slots=True)
class Click:
    """A button, select or menu that was used, in a message, a modal or the Home tab."""

    action_id: str
    value: str
    """The value of the button, or of the option chosen."""
    user_id: str
    trigger_id: str
    channel_id: str = ""
    message_ts: str = ""
    thread_ts: str | None = None
    response_url: str | None = None
    is_ephemeral: bool = False
    view_id: str = ""
    view_hash: str = ""
    view_type: str = ""
    """modal or home; empty in a message."""
    callback_id: str = ""
    metadata: str = ""
    """The private_metadata of its view."""
    block_id: str = ""
    fields: Fields = field(default_factory=Fields)
    shown: Mapping[str, Any] = field(default_factory=dict)
    """The message it stood under, where Slack sends that."""
    day: date | None = None
    """What a date picker was set to."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A modal that was sent off."""

    callback_id: str
    user_id: str
    view_id: str
    metadata: str
    fields: Fields
    trigger_id: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A shortcut, from the menu of a message where it has one."""

    callback_id: str
    user_id: str
    trigger_id: str
    channel_id: str = ""
    message_ts: str = ""
    words: str = ""
    """What the message says, as plain words."""
    response_url: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message somebody wrote to the coach directly. `key` is what it is known by when it is delivered again."""

    user_id: str
    channel_id: str
    thread_ts: str
    """Where it is answered: the thread it was written in, else its own."""
    words: str
    key: str


def typed_in(body: Body) -> Typed | None:
    """None where Slack left out who typed."""
    user_id = word(body.get("user_id"))
    if not user_id:
        return None
    return Typed(
        user_id,
        word(body.get("channel_id")),
        readable(word(body.get("text"))),
        word(body.get("trigger_id")),
        word(body.get("response_url")) or None,
        channel_in(word(body.get("text"))),
    )


def click_in(body: Body) -> Click | None:
    """None where Slack left out who clicked, or what."""
    action, container, view = first(body.get("actions")), part(body, "container"), part(body, "view")
    user_id, shown = word(part(body, "user").get("id")), part(body, "message")
    if not (user_id and word(action.get("action_id"))):
        return None
    values = part(view, "state", "values") or part(body, "state", "values")
    return Click(
        action_id=word(action.get("action_id")),
        value=word(action.get("value")) or word(part(action, "selected_option").get("value")),
        user_id=user_id,
        trigger_id=word(body.get("trigger_id")),
        channel_id=word(part(body, "channel").get("id")) or word(container.get("channel_id")),
        message_ts=word(container.get("message_ts")) or word(shown.get("ts")),
        thread_ts=word(container.get("thread_ts")) or word(shown.get("thread_ts")) or None,
        response_url=word(body.get("response_url")) or None,
        is_ephemeral=bool(container.get("is_ephemeral")),
        view_id=word(view.get("id")),
        view_hash=word(view.get("hash")),
        view_type=word(view.get("type")),
        callback_id=word(view.get("callback_id")),
        metadata=word(view.get("private_metadata")),
        block_id=word(action.get("block_id")),
        fields=Fields(values),
        shown=said_before(shown),
        day=_day(action),
    )


def sent_in(body: Body) -> Sent | None:
    """None where Slack left out who sent it."""
    view, user_id = part(body, "view"), word(part(body, "user").get("id"))
    if not user_id:
        return None
    fields = Fields(part(view, "state", "values"))
    metadata, trigger = word(view.get("private_metadata")), word(body.get("trigger_id"))
    return Sent(word(view.get("callback_id")), user_id, word(view.get("id")), metadata, fields, trigger)


def chosen_in(body: Body) -> Chosen | None:
    """None where Slack left out who chose it."""
    user_id, message = word(part(body, "user").get("id")), part(body, "message")
    if not user_id:
        return None
    return Chosen(
        word(body.get("callback_id")),
        user_id,
        word(body.get("trigger_id")),
        word(part(body, "channel").get("id")),
        word(message.get("ts")),
        readable(word(message.get("text"))),
        word(body.get("response_url")) or None,
    )


def _day(action: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(word(action.get("selected_date")))
    except ValueError:
        return None
