"""What people click, fill in and call by name; each verb delivers the payload Slack would and shows its answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.playground import answers, fields, interactions, shapes
from bot.playground.blocks import as_sent
from bot.playground.deliveries import Delivery, send
from bot.playground.model import Channel, DeliveryKind, Json, Message, NotFilledIn, NotPossible, Person, View, Workspace
from bot.playground.telling import Done

if TYPE_CHECKING:
    from bot.playground.slack import Slack

_NOTHING: Mapping[str, object] = {}


async def command(slack: "Slack", who: str, typed: str, channel: str = "general") -> Done:
    """Type "/coach …" in a channel, or in the DM with the app when `channel` is the person's own name."""
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    place = _place(slack, workspace, person, channel)
    name, _, text = typed.partition(" ")
    payload = {
        "token": slack.state.app.verification_token,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": place.id,
        "channel_name": interactions.name_of(place),
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": as_sent(text, workspace, labelled=True).strip(),
        "api_app_id": slack.state.app.id,
        "is_enterprise_install": False,
        "response_url": slack.state.new_response_url(workspace, place, person),
        "trigger_id": slack.state.new_trigger(workspace, person).id,
    }
    delivery = await _deliver(slack, "slash_commands", workspace, payload)
    answers.show(slack, workspace, place, person, delivery)
    return Done(None, [delivery])


async def press(
    slack: "Slack",
    who: str,
    where: Message | View,
    action_id: str,
    *,
    value: object = None,
    typed: Mapping[str, object] = _NOTHING,
    block: str = "",
) -> Done:
    """Use a button, a select or a feedback thumb; `value` says which option, `typed` what the fields hold by then.

    `block` is the block_id, where several blocks have an element of that action_id and value.
    """
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    blocks = where.blocks if isinstance(where, Message) else where.payload["blocks"]
    block_id, element = fields.find(blocks, action_id, value, block)
    told = {"action_id": action_id, "block_id": block_id, "type": element["type"], "action_ts": slack.state.new_ts()}
    payload = interactions.base(slack, workspace, "block_actions") | interactions.actor(slack, workspace, person)
    if isinstance(where, Message):
        payload |= interactions.from_message(slack, workspace, person, where)
        payload["state"] = {"values": fields.state_of(blocks, typed, {})}
    else:
        where.values = fields.state_of(blocks, typed, where.values)
        payload |= interactions.from_view(slack, workspace, person, where)
    payload["actions"] = [told | fields.pressed(element, value)]
    return Done(None, [await _deliver(slack, "interactive", workspace, payload)])


async def suggest(
    slack: "Slack", who: str, where: Message | View, action_id: str, typed: str, *, block: str = ""
) -> list[Json]:
    """Type into a select whose options come from the app (external_select): what it offers, as option objects.

    Source: docs.slack.dev/reference/block-kit/block-elements/select-menu-element (block_suggestion).
    """
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    blocks = where.blocks if isinstance(where, Message) else where.payload["blocks"]
    block_id, _ = fields.find(blocks, action_id, None, block)
    payload = interactions.base(slack, workspace, "block_suggestion") | interactions.actor(slack, workspace, person)
    if isinstance(where, Message):
        payload |= interactions.from_message(slack, workspace, person, where)
    else:
        payload |= interactions.from_view(slack, workspace, person, where)
    for name in ("trigger_id", "response_url"):
        payload.pop(name, None)
    payload |= {"action_id": action_id, "block_id": block_id, "value": typed}
    delivery = await _deliver(slack, "interactive", workspace, payload)
    answer = delivery.answer if isinstance(delivery.answer, dict) and delivery.acknowledged else {}
    groups = answer.get("option_groups", [])
    return [*answer.get("options", []), *(option for group in groups for option in group["options"])]


async def submit(slack: "Slack", view: View | str, values: Mapping[str, object] = _NOTHING) -> Done:
    """Fill in a modal and submit it; values by action_id or block_id. Its answer is shown: errors, update, push.

    Raises: NotPossible where Slack's form itself would stop the person.
    """
    workspace, shown, person = _modal(slack, view)
    filled = fields.state_of(shown.payload["blocks"], values, shown.values)
    if wrong := fields.missing(shown.payload["blocks"], filled):
        raise NotFilledIn(person, wrong)
    shown.values = filled
    payload = interactions.base(slack, workspace, "view_submission") | interactions.actor(slack, workspace, person)
    payload["trigger_id"] = slack.state.new_trigger(workspace, person, view_id=shown.id).id
    payload["view"] = shapes.view(shown, workspace, slack.state.app)
    delivery = await _deliver(slack, "interactive", workspace, payload)
    if delivery.acknowledged:
        answers.after_submission(slack, workspace, shown, delivery)
    return Done(None, [delivery])


async def close(slack: "Slack", view: View | str, *, all_of_them: bool = False) -> Done:
    """Close a modal, or the whole stack; the app hears of it where the view asked for notify_on_close."""
    workspace, shown, person = _modal(slack, view)
    answers.take_off(workspace, shown, everything=all_of_them)
    slack.state.touch()
    if not shown.payload.get("notify_on_close"):
        return Done()
    payload = interactions.base(slack, workspace, "view_closed") | interactions.actor(slack, workspace, person)
    payload |= {"view": shapes.view(shown, workspace, slack.state.app), "is_cleared": all_of_them}
    return Done(None, [await _deliver(slack, "interactive", workspace, payload)])


async def shortcut(slack: "Slack", who: str, callback_id: str, message: Message | None = None) -> Done:
    """Choose a shortcut from the menu of a message, or a global one from the search bar."""
    person = slack.state.person(who)
    workspace = slack.state.workspace_of(person)
    called = {
        "callback_id": callback_id,
        "trigger_id": slack.state.new_trigger(workspace, person).id,
        "action_ts": slack.state.new_ts(),
    }
    if message:
        payload = interactions.base(slack, workspace, "message_action")
        payload["user"] = {"id": person.id, "name": person.handle, "team_id": workspace.id}
        payload |= interactions.chosen_message(slack, workspace, person, message)
    else:
        payload = interactions.base(slack, workspace, "shortcut")
        payload["user"] = {"id": person.id, "username": person.handle, "team_id": workspace.id}
    payload |= called
    return Done(None, [await _deliver(slack, "interactive", workspace, payload)])


async def _deliver(slack: "Slack", kind: DeliveryKind, workspace: Workspace, payload: Json) -> Delivery:
    return await send(slack, Delivery(kind, payload, workspace.id))


def _modal(slack: "Slack", view: View | str) -> tuple[Workspace, View, Person]:
    view_id = view if isinstance(view, str) else view.id
    found = slack.state.find_view(view_id)
    if found is None or found[1].type != "modal":
        raise NotPossible(f"No modal {view_id} is open.")
    return *found, slack.state.person(found[1].user)


def _place(slack: "Slack", workspace: Workspace, person: Person, channel: str) -> Channel:
    if workspace.person(channel) is person:
        return workspace.direct_channel(person.id)
    place = slack.state.channel(workspace, channel)
    if person.id not in place.members:
        raise NotPossible(f"{person.first_name} is not in {channel} and cannot type a command there.")
    return place
