"""views.*: modals need a fresh trigger_id, updates may be held to a hash."""

import secrets

from bot.playground import shapes
from bot.playground.blocks import with_ids
from bot.playground.ledger import Trigger
from bot.playground.model import Json, View
from bot.playground.refusals import Refused, check_view, with_messages
from bot.playground.state import State
from bot.playground.web_api import Asked

TRIGGER_SECONDS = 3
DEEPEST_STACK = 3


def open_modal(asked: Asked) -> Json:
    trigger = _trigger(asked)
    payload = check_view(asked.arguments.get("view"), "modal")
    _exchange(asked, trigger)
    view = new_view(asked.state, trigger.user, payload)
    asked.workspace.stacks(offstage=trigger.offstage)[trigger.user] = [view]
    return _answer(asked, view)


def push(asked: Asked) -> Json:
    """views.push: a modal on top of the one it was opened from, three at the most."""
    trigger = _trigger(asked)
    stack = asked.workspace.stacks(offstage=trigger.offstage).get(trigger.user, [])
    if not any(one.id == trigger.view_id for one in stack):
        raise Refused("not_found")
    payload = check_view(asked.arguments.get("view"), "modal")
    if len(stack) >= DEEPEST_STACK:
        raise Refused("push_limit_reached")
    _exchange(asked, trigger)
    return _answer(asked, push_view(asked.state, stack, trigger.user, payload))


def update(asked: Asked) -> Json:
    view = _named_view(asked)
    payload = check_view(asked.arguments.get("view"), view.type)
    _check_hash(asked, view)
    return _answer(asked, change_view(asked.state, view, payload))


def publish(asked: Asked) -> Json:
    """views.publish: the Home tab of one person."""
    person = asked.person(asked.required("user_id"))
    payload = check_view(asked.arguments.get("view"), "home")
    home = asked.workspace.homes.get(person.id)
    if home is None:
        asked.workspace.homes[person.id] = home = new_view(asked.state, person.id, payload)
        return _answer(asked, home)
    _check_hash(asked, home)
    return _answer(asked, change_view(asked.state, home, payload))


def new_view(state: State, user: str, payload: Json) -> View:
    view_id = state.new_id("V")
    return change_view(state, View(view_id, user, {}, "", root_view_id=view_id), payload)


def push_view(state: State, stack: list[View], user: str, payload: Json) -> View:
    """A view on top of the stack, which remembers what lies under it."""
    view = new_view(state, user, payload)
    view.root_view_id, view.previous_view_id = stack[0].root_view_id, stack[-1].id
    stack.append(view)
    return view


def change_view(state: State, view: View, payload: Json) -> View:
    """What a view shows from now on; its hash changes with it, what was typed in fields that stay is kept."""
    view.payload = payload | {"blocks": with_ids(payload.get("blocks"))}
    view.hash = f"{int(state.now())}.{secrets.token_hex(4)}"
    kept = {block["block_id"] for block in view.payload["blocks"]}
    view.values = {block: value for block, value in view.values.items() if block in kept}
    view.errors = {}
    return view


def _trigger(asked: Asked) -> Trigger:
    """The trigger of this call. Raises: Refused with Slack's three codes for a bad one."""
    trigger = asked.state.triggers.get(asked.text("trigger_id"))
    if trigger is None or trigger.team_id != asked.workspace.id:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if not trigger.offstage and asked.state.watch() - trigger.at > TRIGGER_SECONDS:
        raise Refused("expired_trigger_id")
    return trigger


def _exchange(asked: Asked, trigger: Trigger) -> None:
    external = asked.arguments["view"].get("external_id")
    if external and any(one.payload.get("external_id") == external for one in asked.workspace.views()):
        raise Refused("duplicate_external_id")
    trigger.used = True


def _named_view(asked: Asked) -> View:
    view_id, external = asked.text("view_id"), asked.text("external_id")
    if not view_id and not external:
        raise with_messages("invalid_arguments", ["missing required field: view_id"])
    for view in asked.workspace.views():
        if view.id == view_id or (external and view.payload.get("external_id") == external):
            return view
    raise Refused("not_found")


def _check_hash(asked: Asked, view: View) -> None:
    if asked.text("hash") and asked.text("hash") != view.hash:
        raise Refused("hash_conflict")


def _answer(asked: Asked, view: View) -> Json:
    return {"ok": True, "view": shapes.view(view, asked.workspace, asked.state.app)}
