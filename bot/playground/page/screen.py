"""What one person sees: the places, the messages of one of them, a thread, the modal on top, the Home tab."""

from dataclasses import dataclass

from bot.playground.model import Channel, Json, Message, NotPossible, Person, View, Workspace
from bot.playground.page.side import side_panel
from bot.playground.play import Play
from bot.playground.seeds import SEEDS
from bot.playground.stops import STOPS

SHOWN = 200
"""Messages of a place that are sent to the page, the last ones."""


@dataclass(frozen=True)
class Looking:
    """Who looks, and where: ids, and the ts of an open thread."""

    who: str = ""
    place: str = ""
    thread: str = ""


def screen(play: Play, looking: Looking) -> Json:
    """Everything the page draws. Who is unknown becomes the first person, a place unknown their talk with the app."""
    workspace = play.workspace
    person = next((one for one in _real(workspace) if one.id == looking.who), _real(workspace)[0])
    direct = workspace.direct_channel(person.id)  # the app stands in everybody's list
    place = _place(workspace, person, looking.place) or direct
    return {
        "team": {"id": workspace.id, "name": workspace.name},
        "bot": workspace.installation.bot_user_id,
        "viewer": person.id,
        "people": [_person(workspace, one) for one in workspace.people],
        "places": [_listed(one, person) for one in workspace.channels if _is_visible(one, person)],
        "place": place.id,
        "messages": [_message(one, place, person) for one in _in(place, person)[-SHOWN:]],
        "thread": _thread(place, person, looking.thread),
        "statuses": {ts: words for (channel, ts), words in workspace.statuses.items() if channel == place.id},
        "prompts": workspace.prompts.get(place.id, []),
        "modals": [_view(one) for one in workspace.modals.get(person.id, [])],
        "home": _view(home) if (home := workspace.homes.get(person.id)) else None,
        "commands": play.slack.state.app.commands,
        "shortcuts": play.slack.state.app.shortcuts,
        "world": _world(play),
        "side": side_panel(play.slack),
    }


def _real(workspace: Workspace) -> list[Person]:
    return [one for one in workspace.people if not one.is_bot and not one.deleted]


def _place(workspace: Workspace, person: Person, wanted: str) -> Channel | None:
    found = workspace.channel(wanted) if wanted else None
    return found if found and _is_visible(found, person) else None


def _is_visible(place: Channel, person: Person) -> bool:
    if place.is_archived:
        return False
    return person.id in place.members or (place.kind == "channel" and not person.is_guest)


def _person(workspace: Workspace, one: Person) -> Json:
    direct = next((place for place in workspace.channels if place.kind == "im" and place.user == one.id), None)
    return {
        "id": one.id,
        "handle": one.handle,
        "name": one.real_name,
        "first": one.first_name,
        "title": one.title,
        "tz": one.tz,
        "bot": one.is_bot,
        "gone": one.deleted,
        "latest": _latest(direct, one) if direct else "",
    }


def _listed(place: Channel, person: Person) -> Json:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "inside": person.id in place.members,
        "members": sorted(place.members),
        "latest": _latest(place, person) if person.id in place.members else "",
    }


def _latest(place: Channel, person: Person) -> str:
    """The ts of the last message somebody else wrote there, as far as the person sees it."""
    return max((one.ts for one in _seen(place, person) if one.user != person.id), default="")


def _seen(place: Channel, person: Person) -> list[Message]:
    return [*place.messages, *(one for one in place.ephemerals if one.only_for == person.id)]


def _in(place: Channel, person: Person) -> list[Message]:
    """What stands in the place itself, ephemeral messages at their time."""
    return sorted((one for one in _seen(place, person) if not one.is_reply or one.broadcast), key=lambda one: one.ts)


def _thread(place: Channel, person: Person, ts: str) -> Json | None:
    root = place.message(ts) if ts else None
    if root is None:
        return None
    return {"root": _message(root, place, person), "replies": _replies(root, place, person)}


def _replies(root: Message, place: Channel, person: Person) -> list[Json]:
    said = [one for one in _seen(place, person) if one.thread_ts == root.ts and one.ts != root.ts]
    return [_message(one, place, person) for one in sorted(said, key=lambda one: one.ts)]


def _message(one: Message, place: Channel, person: Person) -> Json:
    shown: Json = {
        "ts": one.ts,
        "user": one.user,
        "text": one.text,
        "blocks": one.blocks,
        "files": one.files,
        "reactions": {name: sorted(users) for name, users in one.reactions.items()},
        "edited": one.edited is not None,
        "alone": one.only_for is not None,
        "subtype": one.subtype or "",
        "thread": one.thread_ts or "",
    }
    if one.is_reply:
        return shown
    if place.kind == "im":
        return shown | {"replies": _replies(one, place, person)}
    replies = place.replies(one.ts)
    talking = list(dict.fromkeys(reply.user for reply in replies))
    return shown | {"told": {"count": len(replies), "users": talking, "latest": replies[-1].ts if replies else ""}}


def _view(view: View) -> Json:
    return {"id": view.id, "hash": view.hash, "view": view.payload, "values": view.values, "errors": view.errors}


def _world(play: Play) -> Json:
    return {
        "offset": play.clock.offset,
        "stops": {name: stop.label for name, stop in STOPS.items()},
        "coach": play.host.condition,
        "problem": play.host.problem,
        "doing": play.doing,
        "seed": play.seed.name,
        "seeds": sorted(SEEDS),
        "snapshot": str(play.snapshot) if play.snapshot.exists() else "",
    }


def message_at(play: Play, place: str, ts: str) -> Message:
    """A message somebody sees, ephemeral ones too. Raises: NotPossible when it is gone."""
    channel = play.workspace.channel(place)
    kept = [*channel.messages, *channel.ephemerals] if channel else []
    found = next((one for one in kept if one.ts == ts), None)
    if found is None:
        raise NotPossible("This message is not there any more.")
    return found
