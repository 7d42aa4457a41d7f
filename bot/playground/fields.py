"""What a click or a filled-in field becomes in a payload, by type of element."""

from collections.abc import Iterator, Mapping

from bot.playground.blocks import elements_in
from bot.playground.model import Json, NotPossible

LONGEST_INPUT = 3_000
_ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
_MANY_OPTIONS = {"checkboxes", "multi_static_select", "multi_external_select"}
_CHOSEN = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
_NAMES = {kind: name for kind, (name, _) in _CHOSEN.items()} | dict.fromkeys(_ONE_OPTION, "selected_option")


def find(blocks: list[Json], action_id: str, value: object, block: str = "") -> tuple[str, Json]:
    """The element to press and its block_id; between elements of one action_id `block` decides, else `value`.

    Raises: NotPossible when there is none, or more than one.
    """
    named = [one for one in elements_in(blocks) if one[1]["action_id"] == action_id]
    fitting = [
        one for one in named if one[0] == block or (not block and (value is None or value in set(_values(one[1]))))
    ]
    if len(fitting) != 1:
        there = ", ".join(sorted({element["action_id"] for _, element in elements_in(blocks)})) or "none"
        raise NotPossible(f"{len(fitting)} elements fit {action_id!r} with value {value!r}; there are: {there}.")
    return fitting[0]


def _values(element: Json) -> Iterator[str]:
    if element["type"] == "feedback_buttons":
        yield from (element[side]["value"] for side in ("positive_button", "negative_button"))
    elif "options" in element:
        yield from (option["value"] for option in element["options"])
    elif element["type"] in ("button", "icon_button"):
        yield element.get("value", "")


def pressed(element: Json, value: object) -> Json:
    """What the payload's `actions` says of an element a person used."""
    kind = element["type"]
    if kind in ("button", "icon_button"):
        return {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    if kind == "feedback_buttons":
        if value is None:
            raise NotPossible("Feedback has two buttons; say which by its value.")
        sides = (element["positive_button"], element["negative_button"])
        return next({"text": one["text"], "value": one["value"]} for one in sides if one["value"] == value)
    return {name: chosen for name, chosen in filled(element, value).items() if name != "type"}


def filled(element: Json, given: object) -> Json:
    """What `state.values` says of a field. Nothing given leaves what it began with; "" is a field that was emptied."""
    kind = element["type"]
    if given == "":
        return {"type": kind, _NAMES.get(kind, "value"): None}
    if kind in _ONE_OPTION:
        chosen = element.get("initial_option") if given is None else _option(element, given)
        return {"type": kind, "selected_option": chosen}
    if kind in _MANY_OPTIONS:
        many = given if isinstance(given, list) else []
        chosen = element.get("initial_options", []) if given is None else [_option(element, one) for one in many]
        return {"type": kind, "selected_options": chosen}
    if kind in _CHOSEN:
        name, first = _CHOSEN[kind]
        nothing: list[str] | None = [] if kind.startswith("multi_") else None
        return {"type": kind, name: element.get(first, nothing) if given is None else given}
    return {"type": kind, "value": element.get("initial_value") if given is None else given}


def _option(element: Json, value: object) -> Json:
    if isinstance(value, dict) and element["type"].endswith("external_select"):
        return value  # what the app itself has just offered
    groups = element.get("option_groups", [])
    for option in [*element.get("options", []), *(one for group in groups for one in group["options"])]:
        if option["value"] == value:
            return {"text": option["text"], "value": option["value"]}
    raise NotPossible(f"{element['action_id']!r} has no option {value!r}.")


def state_of(blocks: list[Json], typed: Mapping[str, object], known: Json) -> Json:
    """`state.values` of a view or message: what was there, and what is typed now.

    `typed` goes by action_id, by block_id, or by both as block_id/action_id where one alone would not do.
    """
    unknown = set(typed)
    values = {block: dict(value) for block, value in known.items()}
    for block_id, element in _fields(blocks):
        names = {element["action_id"], block_id, f"{block_id}/{element['action_id']}"}
        given = next((typed[name] for name in names if name in typed), None)
        unknown -= names
        before = values.setdefault(block_id, {}).get(element["action_id"])
        values[block_id][element["action_id"]] = before if before and given is None else filled(element, given)
    if unknown:
        raise NotPossible(f"There is no field {', '.join(sorted(unknown))} here.")
    return values


def _fields(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    buttons = ("button", "icon_button", "feedback_buttons", "overflow")
    return ((block, element) for block, element in elements_in(blocks) if element["type"] not in buttons)


def missing(blocks: list[Json], values: Json) -> list[str]:
    """The block_ids that Slack's own form would not let pass: required and empty, shorter or longer than allowed."""
    found = []
    for block in (one for one in blocks if one["type"] == "input"):
        element = block["element"]
        given = values.get(block["block_id"], {}).get(element["action_id"], {})
        content = next((value for name, value in given.items() if name != "type"), None)
        most, least = element.get("max_length", LONGEST_INPUT), element.get("min_length", 0)
        unfit = isinstance(content, str) and content and not least <= len(content) <= most
        if unfit or (not content and not block.get("optional")):
            found.append(block["block_id"])
    return found
