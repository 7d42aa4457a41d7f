"""Answers posted to a response_url: new words, or the message of the click changed or taken away."""

from collections.abc import Mapping

from bot.playground.methods.chat import change
from bot.playground.model import Channel, Json, Message, Workspace
from bot.playground.refusals import Refused, check_message
from bot.playground.state import State

MOST_USES = 5
SECONDS = 30 * 60


def answer_to_url(state: State, key: str, payload: Json) -> None:
    """Take one answer. Raises: Refused with 404 when the URL is used up, over 30 minutes old, or unknown.

    Source: docs.slack.dev/interactivity/handling-user-interaction (message responses).
    """
    link = state.response_urls.get(key)
    if link is None:
        raise Refused("invalid_url", status=404)
    if state.now() - link.at > SECONDS:
        raise Refused("expired_url", status=404)
    if link.uses >= MOST_USES:
        raise Refused("used_url", status=404)
    workspace = state.workspace(link.team_id)
    place = state.channel(workspace, link.channel)
    if _is_set(payload, "delete_original") and link.original:
        _take_away(place, link.original)
    elif _is_set(payload, "replace_original") and link.original:
        check_message(payload)
        change(link.original, payload)
    else:
        check_message(payload)
        add_answer(state, workspace, place, link.user, payload)
    link.uses += 1


def add_answer(state: State, workspace: Workspace, place: Channel, user: str, payload: Mapping[str, object]) -> Message:
    """The bot's words for the person alone, or for the channel when response_type says in_channel."""
    installed = workspace.installation
    message = Message(state.new_ts(), place.id, installed.bot_user_id, "", bot_id=installed.bot_id)
    message.thread_ts = str(payload.get("thread_ts") or "") or None
    change(message, dict(payload))
    if payload.get("response_type") == "in_channel":
        place.messages.append(message)
    else:
        message.only_for = user
        place.ephemerals.append(message)
    return message


def _take_away(place: Channel, original: Message) -> None:
    for kept in (place.messages, place.ephemerals):
        if original in kept:
            kept.remove(original)


def _is_set(payload: Json, name: str) -> bool:
    return str(payload.get(name, "")).casefold() == "true"
