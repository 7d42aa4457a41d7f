"""What a person in Slack is told when something did not work: plain words, what to do, a reference number.

Never `str(error)`: it may hold a path, an address or words of somebody else. The log has the reference, the kind of
error and where it arose, and no words either. One of the two places that may look at any exception at all.
"""

import asyncio
import errno
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot import errors as known
from bot.logs import where

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Apology:
    """`text` is for the person concerned only; `reference` stands in it and in the log."""

    text: str
    reference: str


SENTENCES: Mapping[type[known.CoachError], str] = {
    known.SettingsMissing: "I am not set up completely. Please tell whoever runs me to look at `coach doctor`.",
    known.TokenRefused: "Slack does not accept my token any more. Please tell whoever runs me to install me again.",
    known.ScopeMissing: "I lack a permission here: `{scope}`. Whoever installed me can grant it; then ask again.",
    known.ChannelGone: "I cannot write in that channel. Invite me with `/invite @coach`, or write to me directly.",
    known.MessageGone: "The message this belongs to is gone. Please ask again in a new message.",
    known.TriggerExpired: "Slack waited too long to open that window. Please press the button again.",
    known.ViewOutdated: "That window has changed in the meantime. Please open it again.",
    known.SlackRefused: "Slack did not take my answer the way I drew it. Please ask again, perhaps in fewer words.",
    known.SlackAway: "I could not get through to Slack. Please try again in a minute.",
    known.TooMany: "Slack asks me to slow down. Please try again in {retry_after_seconds} seconds.",
    known.TookTooLong: "That took longer than I may let you wait. Please ask again.",
    known.DatabaseAway: "I cannot reach my notes right now. Please try again in a minute.",
    known.DatabaseLocked: "My notes are in use by something else. Please try again in a minute.",
    known.DatabaseBroken: "I cannot read my notes. Please tell whoever runs me to look at `coach doctor`.",
    known.DiskFull: "I have no space left to keep notes. Please tell whoever runs me; then ask again.",
    known.IndexBroken: "I cannot read my knowledge base right now. Please tell whoever runs me to run `coach doctor`.",
    known.WeightsWrong: "I cannot search my knowledge base. Please tell whoever runs me to run `coach doctor`.",
}
UNKNOWN = "Something went wrong on my side, not on yours. Please try again; if it stays, tell whoever runs me."

Translate = Callable[[SlackApiError], known.CoachError]


def _answer(error: SlackApiError) -> Mapping[str, object]:
    """What Slack sent; nothing where it was no JSON, such as the page of a proxy."""
    data = getattr(error.response, "data", error.response)
    return data if isinstance(data, Mapping) else {}


def _code(error: SlackApiError) -> str:
    return str(_answer(error).get("error") or "unreadable_answer")


def _scope(error: SlackApiError) -> known.CoachError:
    return known.ScopeMissing(str(_answer(error).get("needed") or "unnamed"))


def _pause(error: SlackApiError) -> known.CoachError:
    seconds = str(getattr(error.response, "headers", {}).get("Retry-After") or "30")
    return known.TooMany(int(seconds) if seconds.isdecimal() else 30)


def _refused_token(error: SlackApiError) -> known.CoachError:
    return known.TokenRefused(_code(error))


def _listed(kind: type[known.CoachError], codes: str) -> dict[str, Translate]:
    return dict.fromkeys(codes.split(), lambda error: kind(f"Slack answered {_code(error)}."))


# Error codes of the methods the coach calls. Source: the table of errors of each, docs.slack.dev/reference/methods
CODES: Mapping[str, Translate] = {
    "missing_scope": _scope,
    **dict.fromkeys(("ratelimited", "rate_limited"), _pause),
    **dict.fromkeys("invalid_auth not_authed account_inactive token_revoked token_expired".split(), _refused_token),
    **_listed(
        known.ChannelGone, "channel_not_found is_archived not_in_channel no_permission user_not_found user_disabled"
    ),
    **_listed(known.ChannelGone, "restricted_action restricted_action_thread_only_channel cannot_dm_bot"),
    **_listed(known.MessageGone, "message_not_found thread_not_found cant_update_message edit_window_closed"),
    **_listed(known.TriggerExpired, "expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_expired"),
    **_listed(known.ViewOutdated, "hash_conflict not_found view_not_found"),
    **_listed(known.SlackRefused, "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long"),
    **_listed(known.SlackRefused, "view_too_large invalid_arguments invalid_form_data invalid_metadata_format no_text"),
    **_listed(known.SlackAway, "internal_error fatal_error service_unavailable request_timeout unreadable_answer"),
}

# By name: importing these would load sqlalchemy and numpy into everything that talks to Slack.
ELSEWHERE: Mapping[str, type[known.CoachError]] = {
    "sqlalchemy.exc.OperationalError": known.DatabaseAway,
    "sqlalchemy.exc.InterfaceError": known.DatabaseAway,
    "sqlalchemy.exc.TimeoutError": known.DatabaseLocked,
    "knowledge.index.IndexBroken": known.IndexBroken,
    "knowledge.collection.ChromaAway": known.IndexBroken,
    "knowledge.embedder.WeightsWrong": known.WeightsWrong,
}


def sentence_for(error: BaseException, *, reference: str | None = None) -> Apology:
    """What to tell the person concerned. Logs `apology.given` with the same reference.

    What they can mend themselves is told in its own words, and is nothing to look up.
    """
    if isinstance(error, known.Mendable):
        return Apology(f"{error} {error.remedy}".strip(), "")
    reference = reference or f"{secrets.randbelow(1_000_000):06d}"
    cause = known_error(error)
    code = _code(error) if isinstance(error, SlackApiError) else None
    log.error("apology.given", reference=reference, kind=type(error).__name__, code=code, where=where(error))
    return Apology(f"{_sentence(cause)} (Reference {reference})", reference)


def known_error(error: BaseException) -> known.CoachError | None:
    """The error as one with a remedy, whichever library raised it; None where nobody foresaw it."""
    match error:
        case known.CoachError():
            return error
        case SlackApiError():
            translate = CODES.get(_code(error))
            return translate(error) if translate else None
        case aiohttp.ClientError():
            return known.SlackAway("Slack cannot be reached.")
        case asyncio.TimeoutError():
            return known.TookTooLong("The time given was over.")
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return known.DiskFull("No space is left on the device.")
        case _:
            return _raised_elsewhere(error)


def _sentence(cause: known.CoachError | None) -> str:
    kind = next((kind for kind in type(cause).__mro__ if kind in SENTENCES), None)
    return SENTENCES[kind].format(**vars(cause)) if kind else UNKNOWN


def _raised_elsewhere(error: BaseException) -> known.CoachError | None:
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
    return next((ELSEWHERE[name]("Raised elsewhere.") for name in names if name in ELSEWHERE), None)
