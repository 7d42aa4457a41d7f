"""Call Slack with care: wait where it says so, and never post a thing twice.

chat.postMessage has no key against doubles (slackapi/slack-api-specs#10). A refusal is definite, so it is safe to send
again; after a broken connection the message may stand there already, so it is looked up first, by a mark it carries.
"""

from collections.abc import Awaitable, Callable, Mapping

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import CoachError, SlackAway, TooMany

log = structlog.get_logger()

ATTEMPTS = 5
LONGEST_PAUSE_SECONDS = 60
PAUSE_SECONDS = 1.0
"""Before another attempt after an error of the server; Slack's own Retry-After goes before it."""

UNCERTAIN_CODES = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""After these "some aspect of the operation" may have succeeded (docs.slack.dev/reference/methods/chat.postMessage)."""
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.InvalidURL)
LOST = (aiohttp.ClientError, TimeoutError, ConnectionError)

Response = Mapping[str, object]
Call = Callable[[], Awaitable[Response]]
Pause = Callable[[float], Awaitable[None]]


class MaybeSent(SlackAway):
    """The connection broke after a message left, and nobody can look whether it arrived: it is not sent again."""

    remedy = "Look in Slack whether the answer is there; ask again if it is not."


async def sent(call: Call, *, pause: Pause) -> Response:
    """Make a call that may be repeated safely, such as chat.update, until Slack has answered it.

    Raises: SlackApiError for a definite refusal; TooMany or SlackAway after the last attempt.
    """

    return await sent_once(call, find=_not_there, pause=pause)


async def sent_or_left(call: Call, *, pause: Pause) -> None:
    """Make a call that must not take effect twice, where nobody can look: after a broken connection it is left be.

    Raises: SlackApiError for a definite refusal; TooMany or SlackAway after the last attempt.
    """
    await sent_once(call, find=_taken_as_there, pause=pause)


async def sent_once(call: Call, *, find: Callable[[], Awaitable[Response | None]], pause: Pause) -> Response:
    """Make a call that must not take effect twice. `find` looks whether it did, where that is uncertain.

    Raises: SlackApiError for a definite refusal; TooMany or SlackAway after the last attempt; what `find` raises.
    """
    away: CoachError = SlackAway("Slack did not take the call.")
    for _ in range(ATTEMPTS):
        seconds, uncertain = PAUSE_SECONDS, True
        try:
            return await call()
        except SlackApiError as refusal:
            if wait := retry_after(refusal):
                seconds, uncertain, away = min(wait, LONGEST_PAUSE_SECONDS), False, TooMany(wait)
            elif is_definite(refusal):
                raise
        except NEVER_SENT:
            uncertain = False
        except LOST as lost:
            log.warning("slack.connection_lost", kind=type(lost).__name__)
        await pause(seconds)
        if uncertain and (found := await find()):
            return found
    raise away


def retry_after(refusal: SlackApiError) -> int | None:
    """Seconds Slack asks to wait with a 429; None where the refusal is another one."""
    response = refusal.response
    if getattr(response, "status_code", None) != 429:
        return None
    seconds = str(getattr(response, "headers", {}).get("Retry-After") or PAUSE_SECONDS)
    return int(seconds) if seconds.isdecimal() else 1


def is_definite(refusal: SlackApiError) -> bool:
    """Whether Slack has surely done nothing: it answered in its own words, and not that it does not know itself."""
    return code_of(refusal) not in {"", *UNCERTAIN_CODES}


def code_of(refusal: SlackApiError) -> str:
    """Slack's error code; empty where the answer was not Slack's own, such as a proxy's page."""
    answer = getattr(refusal.response, "data", refusal.response)
    return str(answer.get("error") or "") if isinstance(answer, Mapping) else ""


async def _not_there() -> None:
    return None


async def _taken_as_there() -> Response:
    return {"ok": True}
