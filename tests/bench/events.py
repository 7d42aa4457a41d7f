"""Events as Slack sends them, signed, for a coach or a bare app that knows the secret of the benchmarks."""

import json
import time
from typing import Any

from slack_sdk.signature import SignatureVerifier

from bot.kernel.ids import WorkspaceId
from tests.bench.quick_slack import SECRET

WORKSPACE = WorkspaceId("T0HARBOR")


def asked(number: int, text: str = "hello") -> dict[str, Any]:
    """Body and headers of a direct message to the coach."""
    return _signed(number, {"channel_type": "im", "channel": "D1", "text": text})


def overheard(number: int) -> dict[str, Any]:
    """The same of a message between people in a channel, which only asks to be acknowledged."""
    return _signed(number, {"channel_type": "channel", "channel": "C1", "text": "see you at lunch"})


def _signed(number: int, said: dict[str, str]) -> dict[str, Any]:
    event = {"type": "message", "user": "U1", "ts": f"{number}.1", **said}
    payload = {"type": "event_callback", "team_id": WORKSPACE, "event_id": f"Ev{number}", "event": event}
    body, at = json.dumps(payload), str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature, "Content-Type": "application/json"}
    return {"data": body, "headers": headers}
