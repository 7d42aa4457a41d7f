"""The records as Slack writes them in JSON. Fields without a value are left out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.model import Channel, Json, Message, Person, SlackApp, View, Workspace

ICON = "https://avatars.example.com/coach"


def given(**fields: object) -> Json:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def bot_profile(workspace: Workspace, app: SlackApp, bot_id: str) -> Json:
    """The `bot_profile` that a message of an app carries."""
    bot = next(one for one in workspace.people if one.bot_id == bot_id)
    return {
        "id": bot_id,
        "deleted": False,
        "name": bot.handle,
        "updated": 1_700_000_000,
        "app_id": app_of(workspace, app, bot_id),
        "icons": {f"image_{size}": f"{ICON}_{size}.png" for size in (36, 48, 72)},
        "team_id": workspace.id,
    }


def app_of(workspace: Workspace, app: SlackApp, bot_id: str) -> str:
    return app.id if bot_id == workspace.installation.bot_id else f"A{bot_id[1:]}"


def message(workspace: Workspace, app: SlackApp, one: Message, channel: Channel) -> Json:
    """A message as conversations.history and interaction payloads show it."""
    shown = given(
        type="message",
        subtype=one.subtype,
        user=one.user,
        ts=one.ts,
        team=workspace.id,
        client_msg_id=one.client_msg_id,
        bot_id=one.bot_id,
        thread_ts=one.thread_ts,
    )
    shown["text"] = one.text
    if one.bot_id:
        shown["app_id"] = app_of(workspace, app, one.bot_id)
        shown["bot_profile"] = bot_profile(workspace, app, one.bot_id)
    return shown | _parts(one) | _thread(one, channel)


def _parts(one: Message) -> Json:
    parts: Json = {name: value for name in ("blocks", "attachments", "files") if (value := getattr(one, name))}
    if one.edited:
        parts["edited"] = {"user": one.edited[0], "ts": one.edited[1]}
    if one.reactions:
        parts["reactions"] = [
            {"name": name, "users": sorted(users), "count": len(users)} for name, users in one.reactions.items()
        ]
    return parts


def _thread(one: Message, channel: Channel) -> Json:
    if one.is_reply:
        parent = channel.message(one.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = channel.replies(one.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": one.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def channel(one: Channel, workspace: Workspace) -> Json:
    """A conversation as conversations.info gives it; a direct message has no name and few flags."""
    if one.kind == "im":
        return {
            "id": one.id,
            "created": one.created,
            "is_archived": one.is_archived,
            "is_im": True,
            "is_org_shared": False,
            "user": one.user,
        }
    return {
        "id": one.id,
        "name": one.name,
        "is_channel": one.kind == "channel",
        "is_group": one.kind == "group",
        "is_im": False,
        "is_mpim": False,
        "is_private": one.kind == "group",
        "created": one.created,
        "is_archived": one.is_archived,
        "is_general": one.is_general,
        "unlinked": 0,
        "name_normalized": one.name,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "creator": one.creator,
        "is_member": workspace.installation.bot_user_id in one.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "context_team_id": workspace.id,
        "updated": one.created * 1000,
    }


def person(one: Person, workspace: Workspace, app: SlackApp, now: float) -> Json:
    """A user object; a person without a time zone has none of the three tz fields."""
    shown = {
        "id": one.id,
        "team_id": workspace.id,
        "name": one.handle,
        "deleted": one.deleted,
        "is_bot": one.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if one.deleted:
        return shown | {"profile": _profile(one, workspace, app)}
    return (
        shown
        | _zone(one.tz, now)
        | {
            "color": "4bbe2e",
            "real_name": one.real_name,
            "profile": _profile(one, workspace, app),
            "is_admin": one.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": one.is_guest,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
        }
    )


def _zone(name: str | None, now: float) -> Json:
    if name is None:
        return {}
    offset = datetime.fromtimestamp(now, ZoneInfo(name)).utcoffset()
    return {"tz": name, "tz_label": name, "tz_offset": int(offset.total_seconds()) if offset else 0}


def _profile(one: Person, workspace: Workspace, app: SlackApp) -> Json:
    profile = {
        "real_name": one.real_name,
        "real_name_normalized": one.real_name,
        "display_name": one.handle,
        "display_name_normalized": one.handle,
        "first_name": one.first_name,
        "last_name": " ".join(one.real_name.split()[1:]),
        "team": workspace.id,
        "title": one.title,
        "status_text": "",
        "status_emoji": "",
        "image_72": f"{ICON}_72.png",
    }
    bot = given(bot_id=one.bot_id, api_app_id=app_of(workspace, app, one.bot_id) if one.bot_id else "")
    return profile | bot


def view(one: View, workspace: Workspace, app: SlackApp) -> Json:
    """A view as the Web API and the interaction payloads show it, with what was typed under `state`."""
    payload = one.payload
    shown = {
        "id": one.id,
        "team_id": workspace.id,
        "type": one.type,
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "external_id": payload.get("external_id", ""),
        "state": {"values": one.values},
        "hash": one.hash,
        "clear_on_close": bool(payload.get("clear_on_close")),
        "notify_on_close": bool(payload.get("notify_on_close")),
        "root_view_id": one.root_view_id,
        "app_id": app.id,
        "app_installed_team_id": workspace.id,
        "bot_id": workspace.installation.bot_id,
    }
    words = {name: payload[name] for name in ("title", "submit", "close") if payload.get(name)}
    return shown | words | given(previous_view_id=one.previous_view_id)
