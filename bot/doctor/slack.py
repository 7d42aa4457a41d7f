"""Slack: the tokens, each scope by name, and the clock against Slack's own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.doctor.model import Finding, State
from bot.settings import Settings
from bot.slack_kit.errors import known_error
from bot.slack_kit.manifest import OPTIONAL_SCOPES, REQUIRED_SCOPES, THREAD_SCOPES

TIMEOUT_SECONDS = 5
CLOCK_OFF_SECONDS = 60
CLOCK_REFUSED_SECONDS = 300
"""Beyond this signed requests are refused. Source: docs.slack.dev/authentication/verifying-requests-from-slack."""

NONE_SET = "no token is set, so the coach answers in the terminal only. The README says how to set Slack up."


async def slack(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    """Asks Slack who the tokens belong to; says so where it cannot be reached."""
    if not (settings.slack_bot_token or settings.slack_app_token or settings.slack_signing_secret):
        return [Finding("Slack", State.ATTENTION, NONE_SET)]
    client = AsyncWebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    return [*await _bot(client, settings, clock), await _way_in(client, settings)]


async def _bot(client: AsyncWebClient, settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    if not settings.slack_bot_token:
        remedy = "Set COACH_SLACK_BOT_TOKEN to the token (xoxb-) of the page OAuth & Permissions."
        return [Finding("bot token", State.WRONG, f"not set. {remedy}")]
    try:
        answer = await client.auth_test(token=settings.slack_bot_token.get_secret_value())
    except SlackApiError as error:
        return [_refused("bot token", error)]
    except (aiohttp.ClientError, TimeoutError) as error:
        return [_away("bot token", settings, error)]
    says = f"accepted: {answer['user']} in {answer['team']}"
    return [Finding("bot token", State.OK, says), *_scopes(answer.headers), clock_against(answer.headers, clock())]


async def _way_in(client: AsyncWebClient, settings: Settings) -> Finding:
    """How events reach the coach: Socket Mode with an app-level token, else HTTP with a signing secret."""
    if not settings.slack_app_token:
        if settings.slack_signing_secret:
            return Finding("HTTP", State.OK, f"signing secret set; listens on {settings.host}:{settings.port}")
        remedy = "Set COACH_SLACK_APP_TOKEN for Socket Mode, or COACH_SLACK_SIGNING_SECRET for HTTP."
        return Finding("events", State.WRONG, f"no way in. {remedy}")
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        return _refused("app token", error)
    except (aiohttp.ClientError, TimeoutError) as error:
        return _away("app token", settings, error)
    return Finding("app token", State.OK, "accepted: Socket Mode may connect")


def _scopes(headers: Mapping[str, str]) -> Iterator[Finding]:
    granted = {scope.strip() for scope in _header(headers, "x-oauth-scopes").split(",") if scope.strip()}
    for scope, purpose in REQUIRED_SCOPES.items():
        if scope in granted:
            yield Finding(f"scope {scope}", State.OK, f"granted, to {purpose}")
        else:
            remedy = "Add it to the app (coach manifest prints all) and install the app again."
            yield Finding(f"scope {scope}", State.WRONG, f"not granted; needed to {purpose}. {remedy}")
    for scope, purpose in (OPTIONAL_SCOPES | THREAD_SCOPES).items():
        says = f"granted, to {purpose}" if scope in granted else f"not granted, and need not be: it is to {purpose}"
        yield Finding(f"scope {scope}", State.OK, says)


def clock_against(headers: Mapping[str, str], now: datetime) -> Finding:
    """This machine's clock beside the one that dated an answer, which is to the second."""
    if not (told := _header(headers, "date")):
        return Finding("clock", State.ATTENTION, "not compared: Slack's answer has no date.")
    off = abs((now - parsedate_to_datetime(told)).total_seconds())
    if off < CLOCK_OFF_SECONDS:
        return Finding("clock", State.OK, "agrees with Slack's")
    says = f"{off:.0f} seconds off Slack's; beyond {CLOCK_REFUSED_SECONDS // 60} minutes Slack's requests are refused."
    state = State.WRONG if off >= CLOCK_REFUSED_SECONDS else State.ATTENTION
    return Finding("clock", state, f"{says} Let NTP set the clock of this machine.")


def _refused(what: str, error: SlackApiError) -> Finding:
    known = known_error(error)
    answer = error.response.data if isinstance(error.response, AsyncSlackResponse) else None
    code = answer.get("error") if isinstance(answer, dict) else "something that is no JSON"
    remedy = known.remedy if known else "Look it up at docs.slack.dev/reference/methods/auth.test."
    return Finding(what, State.WRONG, f"Slack answered {code}. {remedy}")


def _away(what: str, settings: Settings, error: Exception) -> Finding:
    says = f"{settings.slack_api_url} could not be reached ({type(error).__name__}), so nothing of it was checked."
    return Finding(what, State.ATTENTION, f"{says} Check the network or its proxy, then run this again.")


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")
