"""chat.* and reactions.add."""

import re

from bot.playground import shapes
from bot.playground.blocks import with_ids
from bot.playground.model import Channel, Json, Message
from bot.playground.refusals import LONGEST_UPDATE, Refused, check_message
from bot.playground.web_api import Asked

_TS = re.compile(r"\d{10}\.\d{6}")
_AFTER_UPDATE = ("type", "user", "text", "team", "bot_id", "app_id", "bot_profile", "blocks", "edited")


def post(asked: Asked) -> Json:
    """chat.postMessage, to a channel's id or name, or to a person's id (their DM with the app)."""
    channel = _to_post_in(asked)
    check_message(asked.arguments)
    thread = _thread(asked, channel)
    if asked.state.pace:
        asked.state.pace.admit(asked.workspace.id, channel.id, asked.state.now())
    message = new_message(asked, channel, thread)
    channel.messages.append(message)
    asked.workspace.statuses.pop((channel.id, thread or message.ts), None)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": _shown(asked, channel, message)}


def post_ephemeral(asked: Asked) -> Json:
    """chat.postEphemeral: seen by one member of the conversation alone; in no history."""
    channel = _to_post_in(asked)
    check_message(asked.arguments)
    if asked.person(asked.required("user")).id not in channel.members:
        raise Refused("user_not_in_channel")
    message = new_message(asked, channel, _thread(asked, channel))
    message.only_for = asked.text("user")
    channel.ephemerals.append(message)
    return {"ok": True, "message_ts": message.ts}


def update(asked: Asked) -> Json:
    """chat.update: new text without blocks removes the blocks; metadata stays unless it is given."""
    channel, message = _own_message(asked, asked.required("ts"), "cant_update_message")
    check_message(asked.arguments, longest_text=LONGEST_UPDATE)
    if channel.is_archived:
        raise Refused("is_inactive")
    change(message, asked.arguments)
    if "blocks" not in asked.arguments:
        message.edited = (message.user, asked.state.new_ts())
    shown = {name: value for name, value in _shown(asked, channel, message).items() if name in _AFTER_UPDATE}
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(asked: Asked) -> Json:
    channel, message = _own_message(asked, asked.required("ts"), "cant_delete_message")
    channel.messages.remove(message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def permalink(asked: Asked) -> Json:
    channel = asked.channel(asked.required("channel"))
    message = channel.message(asked.required("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    link = f"https://{asked.workspace.domain}.slack.example/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link + thread}


def react(asked: Asked) -> Json:
    """reactions.add: once a person, a message and a name."""
    message = asked.channel(asked.required("channel")).message(asked.required("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    users = message.reactions.setdefault(asked.required("name"), set())
    if asked.workspace.installation.bot_user_id in users:
        raise Refused("already_reacted")
    users.add(asked.workspace.installation.bot_user_id)
    return {"ok": True}


def new_message(asked: Asked, channel: Channel, thread_ts: str | None) -> Message:
    """What the bot says; not yet in any history."""
    installed = asked.workspace.installation
    message = Message(asked.state.new_ts(), channel.id, installed.bot_user_id, "", bot_id=installed.bot_id)
    message.thread_ts = thread_ts
    message.broadcast = bool(thread_ts) and asked.flag("reply_broadcast")
    message.subtype = "thread_broadcast" if message.broadcast else None
    change(message, asked.arguments)
    return message


def change(message: Message, content: Json) -> None:
    """Put new words and blocks into a message, as chat.update and replace_original do."""
    message.text = str(content.get("text") or content.get("markdown_text") or "")
    message.blocks = with_ids(content.get("blocks"))
    message.attachments = list(content.get("attachments") or [])
    if "metadata" in content:
        message.metadata = content["metadata"] or None


def _to_post_in(asked: Asked) -> Channel:
    name = asked.text("channel")
    if not name:
        raise Refused("channel_not_found")
    person = next((one for one in asked.workspace.people if one.id == name), None)
    if person:
        return asked.workspace.direct_channel(person.id)
    channel = asked.channel(name)
    if channel.is_archived:
        raise Refused("is_archived")
    if not asked.is_in(channel) and "chat:write.public" not in asked.workspace.installation.scopes:
        raise Refused("not_in_channel")
    return channel


def _thread(asked: Asked, channel: Channel) -> str | None:
    """The root of the thread to answer in.

    A reply's own ts leads to its root. Where the first message is gone we answer thread_not_found, the harder case for
    the app. Slack's behaviour is not settled: a maintainer names that error for it (slackapi/bolt-js#2307, about
    conversations.replies), while slackapi/python-slack-sdk#840 saw `ok` and a message shown nowhere.
    """
    ts = asked.text("thread_ts")
    if not ts:
        return None
    if not _TS.fullmatch(ts):
        raise Refused("invalid_thread_ts")
    message = channel.message(ts)
    if message is None:
        raise Refused("thread_not_found")
    return message.thread_ts or message.ts


def _own_message(asked: Asked, ts: str, refusal: str) -> tuple[Channel, Message]:
    channel = asked.channel(asked.required("channel"))
    message = channel.message(ts)
    if message is None:
        raise Refused("message_not_found")
    if message.bot_id != asked.workspace.installation.bot_id:
        raise Refused(refusal)
    return channel, message


def _shown(asked: Asked, channel: Channel, message: Message) -> Json:
    return shapes.message(asked.workspace, asked.state.app, message, channel)
