"""Strings and text objects that keep to Slack's limits, or refuse."""

from bot.slack_kit.element_shapes import IDENTIFIER
from bot.slack_kit.mrkdwn import shortened, visible

Piece = dict[str, object]


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
    return {"type": "plain_text", "text": string(visible(words), most, what), "emoji": True}


def string_if(words: str | None, most: int, what: str) -> str | None:
    return string(words, most, what) if words else None


def plain_text_if(words: str | None, most: int, what: str) -> Piece | None:
    return plain_text(words, most, what) if words else None


def mrkdwn_text(mrkdwn: str, most: int) -> Piece:
    # verbatim: Slack must not make links, channels or mentions out of plain words.
    return {"type": "mrkdwn", "text": string(shortened(mrkdwn, most), most, "A text"), "verbatim": True}


def given(piece: Piece, **optional: object) -> Piece:
    """The piece with those of the optional fields that have a value: Slack refuses null."""
    return piece | {name: value for name, value in optional.items() if value is not None}
