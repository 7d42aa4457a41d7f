"""What Slack tells the app: signed over HTTP, or as an envelope over Socket Mode. The payload is the same."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp

from bot.playground.model import DeliveryKind, Json
from bot.playground.offstage import is_offstage

if TYPE_CHECKING:
    from bot.playground.slack import Slack

UNHURRIED_SECONDS = 60.0


@dataclass
class Delivery:
    """One attempt to tell the app something, and how it answered.

    `failure` is Slack's word for a failed attempt (http_timeout, http_error, connection_failed), empty when the
    app acknowledged in time. `answer` is the body of the acknowledgement.
    """

    kind: DeliveryKind
    payload: Json
    team_id: str
    retry_num: int = 0
    retry_reason: str = ""
    status: int | None = None
    answer: Json | str = ""
    failure: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    at: float = 0.0

    @property
    def acknowledged(self) -> bool:
        return self.status is not None and not self.failure

    @property
    def event(self) -> Json:
        return dict(self.payload["event"])


async def send(slack: "Slack", delivery: Delivery, *, secret: str | None = None, age_seconds: int = 0) -> Delivery:
    """Tell the app, and wait for its acknowledgement at most Slack's three seconds.

    `secret` and `age_seconds` make a request that a careful app refuses.
    """
    delivery.at = slack.state.now()
    slack.deliveries.append(delivery)
    slack.state.touch()
    if slack.bot_url is None:
        await _over_socket(slack, delivery)
    else:
        body, headers = _written(delivery)
        secret = secret or slack.state.app.signing_secret
        delivery.headers = headers | signature(secret, body, int(time.time()) - age_seconds)
        await _over_http(slack, slack.bot_url, delivery, body)
    slack.state.touch()
    return delivery


async def _over_http(slack: "Slack", url: str, delivery: Delivery, body: str) -> None:
    limit = aiohttp.ClientTimeout(total=_patience(slack))
    try:
        async with slack.http.post(url, data=body.encode(), headers=delivery.headers, timeout=limit) as response:
            text = await response.text()
    except TimeoutError:
        delivery.failure = "http_timeout"
        return
    except aiohttp.ClientError:
        delivery.failure = "connection_failed"
        return
    delivery.status, delivery.answer = response.status, text
    if response.content_type == "application/json" and text:
        delivery.answer = json.loads(text)
    if response.status >= 300:
        delivery.failure = "http_error"


async def _over_socket(slack: "Slack", delivery: Delivery) -> None:
    retry = (delivery.retry_num, delivery.retry_reason)
    try:
        ack = await slack.sockets.send(delivery.kind, delivery.payload, retry=retry, seconds=_patience(slack))
    except TimeoutError:
        delivery.failure = "http_timeout"
        return
    if ack is None:
        delivery.failure = "connection_failed"
        return
    delivery.status, delivery.answer = 200, ack.get("payload", "")


def _patience(slack: "Slack") -> float:
    """Seconds until Slack gives up. A story is told to its end, however slow the machine is."""
    return UNHURRIED_SECONDS if is_offstage() else slack.ack_seconds


def _written(delivery: Delivery) -> tuple[str, dict[str, str]]:
    """The body as Slack writes it for this kind, and the headers that go with it but for the signature."""
    headers = {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
    if delivery.retry_num:
        headers["X-Slack-Retry-Num"] = str(delivery.retry_num)
        headers["X-Slack-Retry-Reason"] = delivery.retry_reason
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload), headers | {"Content-Type": "application/json"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}), headers
    return urlencode({name: _in_form(value) for name, value in delivery.payload.items()}), headers


def _in_form(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def signature(secret: str, body: str, at: int) -> dict[str, str]:
    """The two headers that prove a request comes from Slack; `at` in seconds since 1970.

    Source: docs.slack.dev/authentication/verifying-requests-from-slack.
    """
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}
