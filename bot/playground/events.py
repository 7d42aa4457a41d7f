"""The events of the Events API, in their envelope, and which of them the app is subscribed to."""

import secrets
from typing import TYPE_CHECKING

from bot.playground import shapes
from bot.playground.deliveries import Delivery
from bot.playground.model import Channel, Json, Message, Workspace
from bot.playground.shapes import given

if TYPE_CHECKING:
    from bot.playground.slack import Slack

_SUBSCRIPTION = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
_SCOPE = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}


def as_delivery(slack: "Slack", workspace: Workspace, event: Json) -> Delivery:
    """An event in its envelope, with an event_id of its own."""
    state, bot = slack.state, workspace.installation.bot_user_id
    payload = {
        "token": state.app.verification_token,
        "team_id": workspace.id,
        "api_app_id": state.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(state.now()),
        "authorizations": [{"team_id": workspace.id, "user_id": bot, "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(8)}",
    }
    return Delivery("events_api", payload, workspace.id)


def hears_messages(slack: "Slack", workspace: Workspace, channel: Channel) -> bool:
    """Whether messages of this channel reach the app: subscribed, scope granted, the bot inside."""
    return (
        _SUBSCRIPTION[channel.kind] in slack.state.app.events
        and _SCOPE[channel.kind] in workspace.installation.scopes
        and workspace.installation.bot_user_id in channel.members
    )


def hears_mentions(slack: "Slack", workspace: Workspace, channel: Channel) -> bool:
    """app_mention comes from channels the bot is in, never from a DM (docs.slack.dev/reference/events/app_mention)."""
    return (
        channel.kind != "im"
        and "app_mention" in slack.state.app.events
        and "app_mentions:read" in workspace.installation.scopes
        and workspace.installation.bot_user_id in channel.members
    )


def of_message(slack: "Slack", workspace: Workspace, channel: Channel, message: Message) -> list[Json]:
    """The events a new message causes: message.*, app_mention, both or none."""
    events = []
    if hears_messages(slack, workspace, channel):
        events.append(message_event(slack, workspace, channel, message))
    mentioned = f"<@{workspace.installation.bot_user_id}>" in message.text
    if mentioned and hears_mentions(slack, workspace, channel):
        events.append(mention_event(workspace, channel, message))
    return events


def message_event(slack: "Slack", workspace: Workspace, channel: Channel, message: Message) -> Json:
    """A message as the Events API delivers it: what a subtype does not carry there is left out."""
    shown = shapes.message(workspace, slack.state.app, message, channel)
    event = {name: shown[name] for name in _MESSAGE_FIELDS if name in shown}
    if message.subtype == "file_share":
        event |= {"upload": False, "display_as_bot": False}
    if message.subtype == "thread_broadcast":
        event["root"] = _root(slack, workspace, channel, message)
    if message.subtype == "bot_message":
        event |= {"username": event.pop("user"), "icons": {"emoji": ":rocket:"}}
    for name in _NOT_WITH_SUBTYPE.get(message.subtype or "", ()):
        event.pop(name, None)
    return event | _where(channel, message.ts)


_MESSAGE_FIELDS = (
    *("type", "subtype", "client_msg_id", "user", "team", "text", "blocks", "attachments", "files", "bot_id"),
    *("bot_profile", "ts", "thread_ts", "parent_user_id"),
)
_NOT_WITH_SUBTYPE = {
    "bot_message": ("team", "client_msg_id", "bot_profile", "parent_user_id"),
    "file_share": ("team", "client_msg_id"),
    "thread_broadcast": ("team", "parent_user_id"),
    "channel_join": ("blocks", "client_msg_id"),
}


def _root(slack: "Slack", workspace: Workspace, channel: Channel, message: Message) -> Json:
    root = channel.message(message.thread_ts or "")
    shown = shapes.message(workspace, slack.state.app, root, channel) if root else {}
    names = ("type", "user", "team", "bot_id", "text", "thread_ts", "ts", "reply_count", "reply_users_count")
    return {name: shown[name] for name in (*names, "latest_reply", "subscribed") if name in shown}


def mention_event(workspace: Workspace, channel: Channel, message: Message) -> Json:
    """app_mention, which comes beside the message event and carries fewer fields."""
    return given(
        type="app_mention",
        user=message.user,
        ts=message.ts,
        client_msg_id=message.client_msg_id,
        text=message.text,
        team=workspace.id,
        blocks=message.blocks or None,
        thread_ts=message.thread_ts,
        channel=channel.id,
        event_ts=message.ts,
    )


def changed_event(slack: "Slack", workspace: Workspace, channel: Channel, now: Message, before: Message) -> Json:
    shown = [_inner(slack, workspace, channel, one) for one in (now, before)]
    event = {"type": "message", "subtype": "message_changed", "message": shown[0], "previous_message": shown[1]}
    return event | {"hidden": True, "ts": slack.state.new_ts()} | _where(channel, slack.state.new_ts())


def deleted_event(slack: "Slack", workspace: Workspace, channel: Channel, gone: Message) -> Json:
    event = {"type": "message", "subtype": "message_deleted", "deleted_ts": gone.ts, "hidden": True}
    event["previous_message"] = _inner(slack, workspace, channel, gone)
    return event | {"ts": slack.state.new_ts()} | _where(channel, slack.state.new_ts())


def _inner(slack: "Slack", workspace: Workspace, channel: Channel, message: Message) -> Json:
    shown = shapes.message(workspace, slack.state.app, message, channel)
    unseen = ("app_id", "files", "reactions", "reply_users")
    return {name: value for name, value in shown.items() if name not in unseen}


def _where(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}
