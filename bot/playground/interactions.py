"""The parts of interaction payloads: who, where, in which message or view."""

from typing import TYPE_CHECKING

from bot.playground import shapes
from bot.playground.model import Channel, Json, Message, NotPossible, Person, View, Workspace

if TYPE_CHECKING:
    from bot.playground.slack import Slack


def base(slack: "Slack", workspace: Workspace, kind: str) -> Json:
    return {
        "type": kind,
        "team": {"id": workspace.id, "domain": workspace.domain},
        "token": slack.state.app.verification_token,
        "is_enterprise_install": False,
    }


def actor(slack: "Slack", workspace: Workspace, person: Person) -> Json:
    """Who clicked, as block_actions and the view payloads say it."""
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.id}
    return {"user": user, "api_app_id": slack.state.app.id}


def from_message(slack: "Slack", workspace: Workspace, person: Person, message: Message) -> Json:
    """Where a click in a message happened; of an ephemeral one Slack tells the place but not the words."""
    place = slack.state.channel(workspace, message.channel)
    alone = message.only_for is not None
    if alone and message.only_for != person.id:
        raise NotPossible(f"{person.first_name} does not see this message.")
    container = {"type": "message", "message_ts": message.ts, "channel_id": place.id, "is_ephemeral": alone}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    told = {
        "container": container,
        "trigger_id": slack.state.new_trigger(workspace, person).id,
        "channel": {"id": place.id, "name": name_of(place)},
        "response_url": slack.state.new_response_url(workspace, place, person, original=message),
    }
    return told if alone else told | {"message": shapes.message(workspace, slack.state.app, message, place)}


def from_view(slack: "Slack", workspace: Workspace, person: Person, view: View) -> Json:
    if view.user != person.id:
        raise NotPossible(f"{person.first_name} does not see this view.")
    return {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.state.new_trigger(workspace, person, view_id=view.id).id,
        "view": shapes.view(view, workspace, slack.state.app),
    }


def chosen_message(slack: "Slack", workspace: Workspace, person: Person, message: Message) -> Json:
    place = slack.state.channel(workspace, message.channel)
    return {
        "message_ts": message.ts,
        "message": shapes.message(workspace, slack.state.app, message, place),
        "channel": {"id": place.id, "name": name_of(place)},
        "response_url": slack.state.new_response_url(workspace, place, person),
    }


def name_of(place: Channel) -> str:
    return {"im": "directmessage", "group": "privategroup"}.get(place.kind, place.name)
