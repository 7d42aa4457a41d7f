"""The side panel: what the coach was told and what it did, one line each; a line opens to the whole payload."""

from itertools import chain
from typing import TypeVar

from bot.playground.deliveries import Delivery
from bot.playground.ledger import Call
from bot.playground.model import Json, NotPossible
from bot.playground.slack import Slack

T = TypeVar("T")
LINES = 150
LONGEST = 90


def side_panel(slack: Slack) -> list[Json]:
    """The last lines, oldest first. `id` finds the payload again."""
    told = ({"id": f"in-{place}", **_told(one)} for place, one in _last(slack.deliveries))
    done = ({"id": f"out-{place}", **_done(one)} for place, one in _last(slack.calls))
    return sorted(chain(told, done), key=lambda line: float(line["at"]))[-LINES:]


def payload_of(slack: Slack, line: str) -> Json:
    """What went over the wire. Raises: NotPossible for a line that is not there."""
    way, _, place = line.partition("-")
    kept = slack.deliveries if way == "in" else slack.calls
    if way not in ("in", "out") or not place.isdecimal() or int(place) >= len(kept):
        raise NotPossible("This line is not there any more.")
    one = kept[int(place)]
    if isinstance(one, Delivery):
        return {"headers": one.headers, "payload": one.payload, "answer": one.answer}
    return {"method": one.method, "arguments": one.arguments, "error": one.error}


def _last(kept: list[T]) -> list[tuple[int, T]]:
    return list(enumerate(kept))[-LINES:]


def _told(one: Delivery) -> Json:
    result = one.failure or ("ok" if one.acknowledged else "…")
    return {"way": "in", "at": one.at, "what": _kind(one), "gist": _short(_words(one)), "result": result}


def _kind(one: Delivery) -> str:
    payload = one.payload
    if one.kind == "events_api":
        return str(payload.get("event", {}).get("type", payload.get("type")))
    return str(payload.get("command") or payload.get("type"))


def _words(one: Delivery) -> object:
    payload = one.payload
    if one.kind == "events_api":
        event = payload.get("event", {})
        return event.get("text") or event.get("tab") or event.get("subtype") or ""
    if actions := payload.get("actions"):
        return actions[0]["action_id"]
    return payload.get("text") or payload.get("callback_id") or payload.get("view", {}).get("callback_id") or ""


def _done(one: Call) -> Json:
    given = one.arguments
    words = given.get("text") or given.get("status") or given.get("filename") or _titled(given.get("view"))
    result = one.error or ("ok" if one.status == 200 else str(one.status))
    return {"way": "out", "at": one.at, "what": one.method, "gist": _short(words), "result": result}


def _titled(view: object) -> object:
    return (view.get("title") or {}).get("text") or view.get("type") if isinstance(view, dict) else ""


def _short(words: object) -> str:
    line = " ".join(str(words or "").split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
