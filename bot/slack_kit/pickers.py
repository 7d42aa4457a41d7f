"""Elements of forms that pick something: people, a day, an hour, some of a few."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from bot.slack_kit import element_shapes as limit
from bot.slack_kit.bounded import Piece, fits, given, identifier, plain_text_if


def users_select(action_id: str, *, chosen: str | None = None, placeholder: str | None = None) -> Piece:
    """One person. Slack offers bots and people who left as well, so what comes back is checked."""
    return given(
        {"type": "users_select", "action_id": identifier(action_id)},
        initial_user=chosen,
        placeholder=_hint(placeholder),
    )


def multi_users_select(action_id: str, *, chosen: Iterable[str] = (), placeholder: str | None = None) -> Piece:
    return given(
        {"type": "multi_users_select", "action_id": identifier(action_id)},
        initial_users=sorted(chosen) or None,
        placeholder=_hint(placeholder),
    )


def external_select(
    action_id: str, *, chosen: Piece | None = None, placeholder: str | None = None, from_letters: int = 0
) -> Piece:
    """Options that the coach is asked for as somebody types."""
    return given(
        {"type": "external_select", "action_id": identifier(action_id), "min_query_length": from_letters},
        initial_option=chosen,
        placeholder=_hint(placeholder),
    )


def datepicker(action_id: str, *, chosen: date | None = None, placeholder: str | None = None) -> Piece:
    return given(
        {"type": "datepicker", "action_id": identifier(action_id)},
        initial_date=chosen.isoformat() if chosen else None,
        placeholder=_hint(placeholder),
    )


def timepicker(action_id: str, *, chosen: time | None = None) -> Piece:
    return given(
        {"type": "timepicker", "action_id": identifier(action_id)},
        initial_time=f"{chosen:%H:%M}" if chosen else None,
    )


def checkboxes(action_id: str, options: Sequence[Piece], *, ticked: Sequence[Piece] = ()) -> Piece:
    fits("Checkboxes", len(options), limit.CHOICES)
    return given(
        {"type": "checkboxes", "action_id": identifier(action_id), "options": list(options)},
        initial_options=list(ticked) or None,
    )


def _hint(words: str | None) -> Piece | None:
    return plain_text_if(words, limit.PLACEHOLDER, "A placeholder")
