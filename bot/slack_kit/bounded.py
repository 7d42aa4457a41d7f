"""Strings and text objects that keep to Slack's limits, or refuse."""

from bot.slack_kit.element_shapes import IDENTIFIER
from bot.slack_kit.mrkdwn import of_others, seen, shortened, unmarked

Piece = dict[str, object]


class Told(str):
    """A text as people read it, which still knows which of its words are those of others."""

    marked: str

    def __str__(self) -> "Told":
        return self


def told(marked: str, most: int) -> Told:
    """A text that goes out, shortened to so many characters. Words of others stand in it as mrkdwn.py marks them."""
    return _told(marked if len(unmarked(marked)) <= most else shortened(marked, most))


def marked(text: object) -> str:
    """The text with its marks, to build another one of it."""
    return text.marked if isinstance(text, Told) else str(text)


def said_before(piece: Piece) -> Piece:
    """What stands in Slack already, or was stored as it stood there: none of its words are said anew."""
    return {name: _said_before(value) for name, value in piece.items()}


class LimitError(ValueError):
    """A piece is over Slack's limit and cutting it would change what it means; whoever builds it must say less."""

    def __init__(self, what: str, size: int, most: int) -> None:
        super().__init__(f"{what} has a size of {size}; Slack takes 1 to {most}.")


def fits(what: str, size: int, most: int) -> None:
    """Raises LimitError for nothing and for too much."""
    if not 1 <= size <= most:
        raise LimitError(what, size, most)


def string(words: str, most: int, what: str) -> str:
    fits(what, len(words), most)
    return words


def identifier(words: str) -> str:
    return string(words, IDENTIFIER, "An id")


def plain_text(words: str, most: int, what: str) -> Piece:
    text = _told(seen(words))
    string(text, most, what)
    return {"type": "plain_text", "text": text, "emoji": True}


def string_if(words: str | None, most: int, what: str) -> str | None:
    return string(words, most, what) if words else None


def plain_text_if(words: str | None, most: int, what: str) -> Piece | None:
    return plain_text(words, most, what) if words else None


def mrkdwn_text(mrkdwn: str, most: int) -> Piece:
    # verbatim: Slack must not make links, channels or mentions out of plain words.
    text = told(mrkdwn, most)
    fits("A text", len(text), most)
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def given(piece: Piece, **optional: object) -> Piece:
    """The piece with those of the optional fields that have a value: Slack refuses null."""
    return piece | {name: value for name, value in optional.items() if value is not None}


def _told(marked: str) -> Told:
    text = Told(unmarked(marked))
    text.marked = marked
    return text


def _said_before(value: object) -> object:
    if isinstance(value, dict):
        return said_before(value)
    if isinstance(value, list):
        return [_said_before(one) for one in value]
    return _told(of_others(value)) if isinstance(value, str) else value
