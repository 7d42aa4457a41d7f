"""conversations.*: what the bot may see of channels and of what was said there."""

from collections.abc import Sequence
from typing import TypeVar

from bot.playground import shapes
from bot.playground.model import Channel, Json, Message
from bot.playground.refusals import Refused
from bot.playground.web_api import Asked

T = TypeVar("T")
_SCOPE = {"channel": "channels", "group": "groups", "im": "im"}
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im"}


def opened(asked: Asked) -> Json:
    """conversations.open for one person: their DM with the app, the same each time."""
    users = [one for one in asked.text("users").split(",") if one]
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 1:
        raise Refused("missing_scope", needed="mpim:write", provided=",".join(sorted(_granted(asked))))
    person = asked.person(users[0])
    if person.deleted:
        raise Refused("user_disabled")
    known = any(one.kind == "im" and one.user == person.id for one in asked.workspace.channels)
    channel = asked.workspace.direct_channel(person.id)
    shown = shapes.channel(channel, asked.workspace) if asked.flag("return_im") else {"id": channel.id}
    already = {"no_op": True, "already_open": True} if known else {}
    return {"ok": True, "channel": shown} | already


def info(asked: Asked) -> Json:
    channel = _seen(asked, "read")
    shown = shapes.channel(channel, asked.workspace)
    if asked.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"ok": True, "channel": shown}


def members(asked: Asked) -> Json:
    page, cursor = _page(asked, sorted(_seen(asked, "read").members))
    return {"ok": True, "members": page, "response_metadata": {"next_cursor": cursor}}


def listed(asked: Asked) -> Json:
    """conversations.list: of the kinds asked for, those that the bot may see; public channels by default."""
    wanted = [one.strip() for one in (asked.text("types") or "public_channel").split(",")]
    kinds = [_TYPES[one] for one in wanted if one in _TYPES]
    if not kinds:
        raise Refused("invalid_types")
    for kind in kinds:
        asked.need(f"{_SCOPE[kind]}:read")
    seen = [one for one in asked.workspace.channels if one.kind in kinds and _visible(asked, one)]
    if asked.flag("exclude_archived"):
        seen = [one for one in seen if not one.is_archived]
    page, cursor = _page(asked, seen)
    channels = [
        shapes.channel(one, asked.workspace) | ({} if one.kind == "im" else {"num_members": len(one.members)})
        for one in page
    ]
    return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": cursor}}


def history(asked: Asked) -> Json:
    """Newest first: what stands in the channel itself, and replies that were also sent to it."""
    channel = _readable(asked)
    said = [one for one in channel.messages if not one.is_reply or one.broadcast]
    return _messages(asked, channel, list(reversed(_between(asked, said))))


def replies(asked: Asked) -> Json:
    """Oldest first: the thread's first message, then its replies."""
    channel = _readable(asked)
    root = channel.message(asked.required("ts"))
    if root is None:
        raise Refused("thread_not_found")
    root = channel.message(root.thread_ts or root.ts) or root
    return _messages(asked, channel, [root, *_between(asked, channel.replies(root.ts))])


def _messages(asked: Asked, channel: Channel, said: Sequence[Message]) -> Json:
    page, cursor = _page(asked, said)
    shown = [shapes.message(asked.workspace, asked.state.app, one, channel) | _metadata(asked, one) for one in page]
    more = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"ok": True, "messages": shown, "has_more": bool(cursor)} | more


def _metadata(asked: Asked, message: Message) -> Json:
    readable = asked.flag("include_all_metadata") and "metadata.message:read" in _granted(asked)
    return {"metadata": message.metadata} if message.metadata and readable else {}


def _between(asked: Asked, said: list[Message]) -> list[Message]:
    oldest, latest = asked.text("oldest") or "0", asked.text("latest") or "9999999999"
    edge = asked.flag("inclusive")

    def inside(ts: str) -> bool:
        at, first, last = float(ts), float(oldest), float(latest)
        return first <= at <= last if edge else first < at < last

    return [one for one in said if inside(one.ts)]


def _page(asked: Asked, things: Sequence[T]) -> tuple[list[T], str]:
    start, size = asked.number("cursor", 0), asked.number("limit", 100)
    end = start + min(size, 1000)
    return list(things[start:end]), str(end) if end < len(things) else ""


def _seen(asked: Asked, right: str) -> Channel:
    """The channel, if the scope for its kind is granted."""
    name = asked.required("channel")
    channel = asked.channel(name)
    asked.need(f"{_SCOPE[channel.kind]}:{right}")
    return channel


def _readable(asked: Asked) -> Channel:
    channel = _seen(asked, "history")
    if not asked.is_in(channel):
        raise Refused("not_in_channel")
    return channel


def _visible(asked: Asked, channel: Channel) -> bool:
    return channel.kind == "channel" or asked.is_in(channel)


def _granted(asked: Asked) -> set[str]:
    return asked.workspace.installation.scopes
