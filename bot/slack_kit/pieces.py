"""The Block Kit pieces the coach draws, as plain dicts with Slack's limits kept.

Text that may lose its end (section, header, context) is shortened at a word; anything else over its limit is refused,
since a cut id, value or label means something else. The figures are in `shapes.py` and `element_shapes.py`.
"""

from collections.abc import Sequence
from typing import Literal

from bot.slack_kit import element_shapes as element_limit
from bot.slack_kit import shapes as limit
from bot.slack_kit.bounded import (
    LimitError,
    Piece,
    fits,
    given,
    identifier,
    mrkdwn_text,
    plain_text,
    plain_text_if,
    string,
    string_if,
    told,
)
from bot.slack_kit.limits import UPDATED_TEXT
from bot.slack_kit.mrkdwn import safe, shortened

__all__ = ["LimitError", "Piece"]  # re-exported for those who build

Style = Literal["primary", "danger"]


def section(mrkdwn: str, *, accessory: Piece | None = None, block_id: str | None = None) -> Piece:
    """Words of other people go through `mrkdwn.escape` first."""
    return given(
        {"type": "section", "text": mrkdwn_text(mrkdwn, limit.SECTION_TEXT)},
        accessory=accessory,
        block_id=_id(block_id),
    )


def header(words: str) -> Piece:
    """A title. Plain words: Slack shows no markup here."""
    title = shortened(words, limit.HEADER_TEXT)
    return {"type": "header", "text": plain_text(title, limit.HEADER_TEXT, "A header")}


def context(*mrkdwn: str, block_id: str | None = None) -> Piece:
    """Small print, up to ten pieces side by side."""
    fits("A context block", len(mrkdwn), limit.CONTEXT_ELEMENTS)
    return given(
        {"type": "context", "elements": [mrkdwn_text(one, limit.CONTEXT_TEXT) for one in mrkdwn]},
        block_id=_id(block_id),
    )


def divider() -> Piece:
    return {"type": "divider"}


def actions(block_id: str, *elements: Piece) -> Piece:
    fits("An actions block", len(elements), limit.ACTIONS)
    return {"type": "actions", "block_id": identifier(block_id), "elements": list(elements)}


def confirm(title: str, text: str, *, yes: str, no: str) -> Piece:
    """What is asked before a button that destroys something does its work."""
    return {
        "title": plain_text(title, limit.LABEL, "A title"),
        "text": plain_text(text, 300, "A question"),
        "confirm": plain_text(yes, 30, "Yes"),
        "deny": plain_text(no, 30, "No"),
        "style": "danger",
    }


def button(
    text: str,
    action_id: str,
    value: str = "",
    style: Style | None = None,
    accessibility_label: str | None = None,
    sure: Piece | None = None,
) -> Piece:
    """`accessibility_label` is for screen readers, where several buttons have the same text; `sure` asks first."""
    return given(
        {
            "type": "button",
            "action_id": identifier(action_id),
            "text": plain_text(text, element_limit.BUTTON_TEXT, "A button"),
        },
        value=string_if(value, element_limit.BUTTON_VALUE, "The value of a button"),
        style=style,
        accessibility_label=string_if(accessibility_label, element_limit.BUTTON_TEXT, "An accessibility label"),
        confirm=sure,
    )


def feedback_buttons(action_id: str, *, positive: tuple[str, str], negative: tuple[str, str]) -> Piece:
    """Thumbs up and down under a message, each as (text, value). Slack has them in messages only."""
    thumbs = {"positive_button": _thumb(*positive), "negative_button": _thumb(*negative)}
    buttons = {"type": "feedback_buttons", "action_id": identifier(action_id), **thumbs}
    return {"type": "context_actions", "elements": [buttons]}


def option(text: str, value: str, description: str | None = None) -> Piece:
    """One line of a choice. Raises what its texts and value raise beyond Slack's limits."""
    most, what = element_limit.OPTION_TEXT, "An option"
    return given(
        {
            "text": plain_text(text, most, what),
            "value": string(value, element_limit.OPTION_VALUE, "The value of an option"),
        },
        description=plain_text_if(description, most, what),
    )


def static_select(
    action_id: str, options: Sequence[Piece], *, placeholder: str | None = None, chosen: Piece | None = None
) -> Piece:
    """`chosen` is one of the options, selected beforehand."""
    select = _choice("static_select", action_id, options, element_limit.OPTIONS)
    return given(
        select,
        placeholder=plain_text_if(placeholder, element_limit.PLACEHOLDER, "A placeholder"),
        initial_option=chosen,
    )


def radio(action_id: str, options: Sequence[Piece], *, chosen: Piece | None = None) -> Piece:
    return given(_choice("radio_buttons", action_id, options, element_limit.CHOICES), initial_option=chosen)


def overflow(action_id: str, options: Sequence[Piece]) -> Piece:
    """The "…" menu: what is needed seldom."""
    return _choice("overflow", action_id, options, element_limit.OVERFLOW_OPTIONS)


def plain_text_input(
    action_id: str,
    *,
    placeholder: str | None = None,
    multiline: bool = False,
    initial_value: str | None = None,
    max_length: int | None = None,
) -> Piece:
    """A field to type in, for an input_block. Lengths are in characters; Slack takes 3,000."""
    return given(
        {"type": "plain_text_input", "action_id": identifier(action_id), "multiline": multiline},
        placeholder=plain_text_if(placeholder, element_limit.PLACEHOLDER, "A placeholder"),
        initial_value=string_if(initial_value, element_limit.TYPED_TEXT, "The text typed beforehand"),
        max_length=max_length,
    )


def input_block(label: str, element: Piece, *, block_id: str, hint: str | None = None, optional: bool = False) -> Piece:
    """A labelled field. A modal that has one needs `submit`."""
    return given(
        {
            "type": "input",
            "label": plain_text(label, limit.LABEL, "A label"),
            "element": element,
            "optional": optional,
        },
        block_id=identifier(block_id),
        hint=plain_text_if(hint, limit.LABEL, "A hint"),
    )


def modal(
    title: str,
    blocks: Sequence[Piece],
    *,
    callback_id: str,
    submit: str | None = None,
    close: str = "Close",
    private_metadata: str = "",
) -> Piece:
    """A modal. `private_metadata` holds ids only: the client can read it."""
    fits("A modal", len(blocks), limit.BLOCKS_IN_A_VIEW)
    most = limit.VIEW_TITLE
    return given(
        {
            "type": "modal",
            "callback_id": identifier(callback_id),
            "title": plain_text(title, most, "The title of a modal"),
        },
        blocks=list(blocks),
        close=plain_text(close, most, "The close button"),
        submit=plain_text_if(submit, most, "The submit button"),
        private_metadata=string_if(private_metadata, limit.PRIVATE_METADATA, "Private metadata"),
    )


def home(blocks: Sequence[Piece], *, callback_id: str = "home") -> Piece:
    fits("A Home tab", len(blocks), limit.BLOCKS_IN_A_VIEW)
    return {"type": "home", "callback_id": identifier(callback_id), "blocks": list(blocks)}


def message(text: str, blocks: Sequence[Piece] = (), *, instead: str | None = None) -> Piece:
    """The arguments of a post or an update. `text` says it all on its own, for phones and screen readers.

    `instead` takes the place of a text that tone.py stops; only the speaker knows that key.
    """
    if not text.strip():
        raise LimitError("The text of a message", 0, UPDATED_TEXT)
    if len(blocks) > limit.BLOCKS_IN_A_MESSAGE:
        raise LimitError("A message", len(blocks), limit.BLOCKS_IN_A_MESSAGE)
    said: Piece = {"text": told(text, UPDATED_TEXT), "blocks": list(blocks)}
    return given(said, instead=instead)


def note(text: str) -> Piece:
    """A short message of one line, in plain words."""
    return message(text, [section(safe(text))])


def notice(title: str, text: str) -> Piece:
    """A window that says one thing."""
    return modal(title, [section(safe(text))], callback_id="notice")


def _thumb(text: str, value: str) -> Piece:
    words = plain_text(text, element_limit.BUTTON_TEXT, "A feedback button")
    return {"text": words, "value": string(value, element_limit.BUTTON_VALUE, "The value of a feedback button")}


def _choice(kind: str, action_id: str, options: Sequence[Piece], most: int) -> Piece:
    fits(f"The options of a {kind}", len(options), most)
    return {"type": kind, "action_id": identifier(action_id), "options": list(options)}


def _id(words: str | None) -> str | None:
    return None if words is None else identifier(words)
