"""Slack's limits as data: texts, options and every element the coach may draw.

Source: docs.slack.dev/reference/block-kit/block-elements, read November 2026. To draw a new one, add its line.
"""

from collections.abc import Iterable, Mapping

from bot.slack_kit.rules import (
    Choice,
    Flag,
    Further,
    Listed,
    Number,
    Problems,
    Rule,
    Shape,
    Typed,
    Words,
    items,
    objects,
)

BUTTON_TEXT, BUTTON_VALUE, LINK, OPTION_TEXT, OPTION_VALUE = 75, 2000, 3000, 75, 150
OPTIONS, CHOICES, OVERFLOW_OPTIONS, PLACEHOLDER = 100, 10, 5, 150
IDENTIFIER, TYPED_TEXT = 255, 3000

Fields = Mapping[str, Rule]

ID = Words(IDENTIFIER)


def text(most: int, *, plain: bool = False) -> Typed:
    """A text object of at most so many characters; `plain` where Slack takes no mrkdwn."""
    shapes = {"plain_text": Shape({"text": Words(most), "emoji": Flag()}, needs=("text",))}
    if not plain:
        shapes["mrkdwn"] = Shape({"text": Words(most), "verbatim": Flag()}, needs=("text",))
    return Typed("text object", shapes)


def _option(*, plain: bool, **more: Rule) -> Shape:
    words = text(OPTION_TEXT, plain=plain)
    return Shape({"text": words, "value": Words(OPTION_VALUE), "description": words, **more}, needs=("text", "value"))


PLAIN_OPTION, MARKED_OPTION = _option(plain=True), _option(plain=False)
LINK_OPTION = _option(plain=True, url=Words(LINK))
OPTION_GROUP = Shape(
    {"label": text(OPTION_TEXT, plain=True), "options": Listed(PLAIN_OPTION, OPTIONS)}, needs=("label", "options")
)
CONFIRM = Shape(
    {
        "title": text(100, plain=True),
        "text": text(300, plain=True),
        "confirm": text(30, plain=True),
        "deny": text(30, plain=True),
        "style": Choice(("primary", "danger")),
    },
    needs=("title", "text", "confirm", "deny"),
)


def _initial_among_options(element: Mapping[str, object], at: str) -> Problems:
    """A choice made beforehand must be one of the choices, word for word."""
    groups = objects(element.get("option_groups"))
    offered = [*items(element.get("options")), *(one for group in groups for one in items(group.get("options")))]
    if "initial_option" in element and element["initial_option"] not in offered:
        yield f"{at}/initial_option: is not one of the options."
    for place, one in enumerate(items(element.get("initial_options"))):
        if one not in offered:
            yield f"{at}/initial_options/{place}: is not one of the options."


def _least_below_most(element: Mapping[str, object], at: str) -> Problems:
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield f"{at}/min_length: is greater than max_length."


def _element(
    fields: Fields, needs: Iterable[str] = (), *, one_of: tuple[str, ...] = (), further: Further | None = None
) -> Shape:
    return Shape({"action_id": ID, **fields}, needs=tuple(needs), one_of=one_of, further=further)


_MENU: Fields = {"placeholder": text(PLACEHOLDER, plain=True), "confirm": CONFIRM, "focus_on_load": Flag()}
_STATIC: Fields = {**_MENU, "options": Listed(PLAIN_OPTION, OPTIONS), "option_groups": Listed(OPTION_GROUP, OPTIONS)}
_MANY: Fields = {"max_selected_items": Number(1, OPTIONS)}
_ASKING: Fields = {**_MENU, "min_query_length": Number(0)}
_HERE: Fields = {"response_url_enabled": Flag()}
_FILTER = Shape(
    {
        "include": Listed(Choice(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    some_of=("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
_CONVERSATIONS: Fields = {**_MENU, "default_to_current_conversation": Flag(), "filter": _FILTER}
_IDS = Listed(ID, OPTIONS)
_BOXES: Fields = {"options": Listed(MARKED_OPTION, CHOICES), "confirm": CONFIRM, "focus_on_load": Flag()}
_DATE = Words(10, like=r"\d{4}-\d\d-\d\d", form="a date as YYYY-MM-DD")
_TIME = Words(5, like=r"([01]\d|2[0-3]):[0-5]\d", form="a time as HH:mm")
_FEEDBACK = Shape(
    {"text": text(BUTTON_TEXT, plain=True), "value": Words(BUTTON_VALUE), "accessibility_label": Words(BUTTON_TEXT)},
    needs=("text", "value"),
)
PICTURE: Fields = {
    "image_url": Words(LINK, like=r"https?://\S+", form="a web address"),
    "slack_file": Shape({"id": ID, "url": Words(LINK)}, one_of=("id", "url")),
    "alt_text": Words(2000),
}
_BUTTON: Fields = {
    "text": text(BUTTON_TEXT, plain=True),
    "value": Words(BUTTON_VALUE),
    "confirm": CONFIRM,
    "accessibility_label": Words(BUTTON_TEXT),
}

ELEMENTS: Mapping[str, Shape] = {
    "button": _element({**_BUTTON, "url": Words(LINK), "style": Choice(("primary", "danger"))}, ["text"]),
    "icon_button": _element(
        {**_BUTTON, "icon": Choice(("trash",)), "visible_to_user_ids": Listed(ID, 10)}, ["icon", "text"]
    ),
    "feedback_buttons": _element(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, ["positive_button", "negative_button"]
    ),
    "static_select": _element(
        {**_STATIC, "initial_option": PLAIN_OPTION}, one_of=("options", "option_groups"), further=_initial_among_options
    ),
    "multi_static_select": _element(
        {**_STATIC, **_MANY, "initial_options": Listed(PLAIN_OPTION, OPTIONS)},
        one_of=("options", "option_groups"),
        further=_initial_among_options,
    ),
    "external_select": _element({**_ASKING, "initial_option": PLAIN_OPTION}),
    "multi_external_select": _element({**_ASKING, **_MANY, "initial_options": Listed(PLAIN_OPTION, OPTIONS)}),
    "users_select": _element({**_MENU, "initial_user": ID}),
    "multi_users_select": _element({**_MENU, **_MANY, "initial_users": _IDS}),
    "channels_select": _element({**_MENU, **_HERE, "initial_channel": ID}),
    "multi_channels_select": _element({**_MENU, **_MANY, "initial_channels": _IDS}),
    "conversations_select": _element({**_CONVERSATIONS, **_HERE, "initial_conversation": ID}),
    "multi_conversations_select": _element({**_CONVERSATIONS, **_MANY, "initial_conversations": _IDS}),
    "overflow": _element({"options": Listed(LINK_OPTION, OVERFLOW_OPTIONS), "confirm": CONFIRM}, ["options"]),
    "radio_buttons": _element({**_BOXES, "initial_option": MARKED_OPTION}, ["options"], further=_initial_among_options),
    "checkboxes": _element(
        {**_BOXES, "initial_options": Listed(MARKED_OPTION, CHOICES)}, ["options"], further=_initial_among_options
    ),
    "datepicker": _element({**_MENU, "initial_date": _DATE}),
    "timepicker": _element({**_MENU, "initial_time": _TIME, "timezone": ID}),
    "plain_text_input": _element(
        {
            "placeholder": text(PLACEHOLDER, plain=True),
            "focus_on_load": Flag(),
            "initial_value": Words(TYPED_TEXT, least=0),
            "multiline": Flag(),
            "min_length": Number(0, TYPED_TEXT),
            "max_length": Number(1, TYPED_TEXT),
            "dispatch_action_config": Shape(
                {"trigger_actions_on": Listed(Choice(("on_enter_pressed", "on_character_entered")), 2)},
                needs=("trigger_actions_on",),
            ),
        },
        further=_least_below_most,
    ),
    "image": Shape(PICTURE, needs=("alt_text",), one_of=("image_url", "slack_file")),
}

PICKERS = (
    "static_select",
    "external_select",
    "users_select",
    "channels_select",
    "conversations_select",
    "datepicker",
    "timepicker",
)
PRESSED = ("button", "overflow", "radio_buttons", "checkboxes")
MULTI = tuple(name for name in ELEMENTS if name.startswith("multi_"))


def any_of(place: str, names: Iterable[str]) -> Typed:
    return Typed(f"element of {place}", {name: ELEMENTS[name] for name in names})
