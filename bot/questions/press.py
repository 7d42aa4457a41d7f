"""A press of a button, read from what Slack sends of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.questions.buttons import Asking, asking_of
from bot.slack_kit.bounded import said_before
from bot.slack_kit.pieces import Piece
from bot.slack_kit.reading import first, part, word


@dataclass(frozen=True, slots=True)
class Press:
    """One press: which button, by whom, under which message. `shown` is None where that was for their eyes only."""

    action_id: str
    asking: Asking
    user_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    response_url: str | None
    is_ephemeral: bool
    shown: Piece | None


def press_in(body: Mapping[str, Any]) -> Press | None:
    """The press a payload tells of; None where it is not one under an answer. Survives any field missing."""
    pressed, container, shown = first(body.get("actions")), part(body, "container"), part(body, "message")
    user_id = word(part(body, "user").get("id"))
    channel_id = word(part(body, "channel").get("id")) or word(container.get("channel_id"))
    if not (word(pressed.get("action_id")) and word(pressed.get("value")) and user_id and channel_id):
        return None
    return Press(
        action_id=pressed["action_id"],
        asking=asking_of(pressed["value"]),
        user_id=user_id,
        channel_id=channel_id,
        message_ts=word(container.get("message_ts")) or word(shown.get("ts")),
        thread_ts=word(container.get("thread_ts")) or word(shown.get("thread_ts")) or None,
        response_url=word(body.get("response_url")) or None,
        is_ephemeral=bool(container.get("is_ephemeral")) or not shown,
        shown=said_before(shown) if shown.get("blocks") and shown.get("text") else None,
    )
