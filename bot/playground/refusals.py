"""How Slack says no, and what it says no to before it looks further."""

import json
from collections.abc import Mapping

from bot.playground.model import Json
from bot.slack_kit.limits import problems_in_message, problems_in_view

LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
LONGEST_MARKDOWN = 12_000
LONGEST_BLOCKS = 13_200  # characters of all blocks together (slackapi/bolt-js#2509)
LARGEST_VIEW = 250_000  # bytes
MOST_ATTACHMENTS = 100


class Refused(Exception):
    """Slack's answer `ok: false`: the error code, what stands beside it, the HTTP status and headers."""

    def __init__(
        self, error: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **detail: object
    ) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.headers = dict(headers or {})
        self.body: Json = {"ok": False, "error": error, **detail}


def ratelimited(seconds: int) -> Refused:
    """429 with Retry-After in seconds (docs.slack.dev/apis/web-api/rate-limits)."""
    return Refused("ratelimited", status=429, headers={"Retry-After": str(seconds)})


def with_messages(error: str, problems: list[str]) -> Refused:
    """A refusal that says where, as Slack does in response_metadata.messages."""
    return Refused(error, response_metadata={"messages": [f"[ERROR] {one}" for one in problems]})


def check_message(content: Mapping[str, object], *, longest_text: int = LONGEST_TEXT) -> None:
    """Refuse what chat.postMessage and its kin refuse: no words, too many of them, blocks beyond Slack's limits.

    A missing `text` beside blocks passes, as it does at Slack.
    """
    text, blocks, attachments = content.get("text"), content.get("blocks"), content.get("attachments")
    if markdown := content.get("markdown_text"):
        if text or blocks:
            raise Refused("markdown_text_conflict")
        text, longest_text = markdown, min(longest_text, LONGEST_MARKDOWN)
    if not (text and str(text).strip()) and not blocks and not attachments:
        raise Refused("no_text")
    if len(str(text or "")) > longest_text:
        raise Refused("msg_too_long")
    if isinstance(attachments, list) and len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    if characters_in(blocks) > LONGEST_BLOCKS:
        raise Refused("msg_blocks_too_long")
    checked = {"text": "-"} | {name: content[name] for name in ("blocks", "metadata") if content.get(name)}
    if problems := problems_in_message(checked):
        raise with_messages("invalid_blocks", problems)


def check_view(view: object, *kinds: str) -> Json:
    """The view as it may be shown, or a refusal. `kinds` are the types this method takes (modal, home)."""
    if not isinstance(view, dict):
        raise with_messages("invalid_arguments", ["missing required field: view"])
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise Refused("view_too_large")
    if view.get("type") not in kinds:
        raise with_messages("invalid_arguments", [f"/view/type: must be one of {', '.join(kinds)}"])
    if problems := problems_in_view(view):
        raise with_messages("invalid_arguments", problems)
    return view


def characters_in(value: object) -> int:
    """Characters of every `text` in a tree of blocks."""
    if isinstance(value, dict):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(characters_in(one) for one in value.values())
    if isinstance(value, list):
        return sum(characters_in(one) for one in value)
    return 0
