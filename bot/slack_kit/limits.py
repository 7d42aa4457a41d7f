"""The offline check of Slack's limits: what Slack would refuse is found here, before it is sent.

Each problem is a line "/json/pointer: sentence", after Slack's own `blocks.validate`; it holds no words of a person
and may be logged.
Source: docs.slack.dev/reference/block-kit, /reference/methods/chat.postMessage and /reference/views.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.slack_kit.rules import Anything, Listed, Problems, Shape, Words, items, objects, problems_with
from bot.slack_kit.shapes import BLOCKS_IN_A_MESSAGE, IN_MESSAGES, MARKDOWN, VIEWS

POSTED_TEXT = 40_000  # chat.postMessage cuts the rest off
UPDATED_TEXT = 4_000  # chat.update answers msg_too_long
VIEW_BYTES = 250_000
WITH_MARKDOWN = 13_000  # msg_blocks_too_long came at about 13,200 characters of all blocks (slackapi/bolt-js#2509)
IN_ALL_TABLES, IN_ALL_DATA_TABLES = 10_000, 20_000
MOST_OF_A_KIND = {"table": 1, "data_visualization": 2}

_MESSAGE_BLOCKS = Listed(IN_MESSAGES, BLOCKS_IN_A_MESSAGE, least=0)
_METADATA = Shape(
    {"event_type": Words(255), "event_payload": Anything(), "entities": Anything()}, needs=("event_type",)
)


def problems_in_message(payload: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in the arguments of chat.postMessage, .postEphemeral or .update. Empty: fine.

    chat.update is known by its `ts`. A missing `text` counts although Slack lets it pass: notifications and screen
    readers have nothing else to read.
    """
    blocks = payload.get("blocks") or []
    found = [
        *_text(payload),
        *problems_with(blocks, _MESSAGE_BLOCKS, "/blocks"),
        *_ids(blocks),
        *_totals(objects(blocks)),
    ]
    if "metadata" in payload:
        found += problems_with(payload["metadata"], _METADATA, "/metadata")
    return found


def problems_in_view(view: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in a modal or Home tab (views.open, .push, .update, .publish). Empty: fine."""
    blocks = view.get("blocks")
    found = [*problems_with(view, VIEWS, ""), *_ids(blocks), *_focus(objects(blocks))]
    if (
        view.get("type") == "modal"
        and "submit" not in view
        and any(block.get("type") == "input" for block in objects(blocks))
    ):
        found.append("/submit: a modal with an input needs it.")
    if (size := len(json.dumps(view, default=str).encode())) > VIEW_BYTES:
        found.append(f"/: is {size} bytes large; Slack takes {VIEW_BYTES} for a view.")
    return found


def _text(payload: Mapping[str, object]) -> Problems:
    text = payload.get("text")
    most = UPDATED_TEXT if "ts" in payload else POSTED_TEXT
    if not isinstance(text, str) or not text.strip():
        yield "/text: is missing; notifications and screen readers read nothing else."
    elif len(text) > most:
        yield f"/text: is {len(text)} characters long; Slack takes {most}."


def _ids(blocks: object) -> Problems:
    for place, block in enumerate(items(blocks)):
        if isinstance(block, Mapping):
            yield from _twice((one.get("action_id") for one in _elements(block)), f"/blocks/{place}", "action_id")
    yield from _twice((block.get("block_id") for block in objects(blocks)), "/blocks", "block_id")


def _twice(ids: Iterable[object], at: str, name: str) -> Problems:
    for one, times in Counter(one for one in ids if isinstance(one, str)).items():
        if times > 1:
            yield f"{at}: {name} {one[:80]!r} is used {times} times; Slack takes each once."


def _elements(block: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    yield from objects(block.get("elements"))
    yield from objects([block.get("accessory"), block.get("element")])


def _focus(blocks: list[Mapping[str, object]]) -> Problems:
    if sum(one.get("focus_on_load") is True for block in blocks for one in _elements(block)) > 1:
        yield "/blocks: only one element of a view may have focus_on_load."


def _totals(blocks: list[Mapping[str, object]]) -> Problems:
    kinds = Counter(block.get("type") for block in blocks if isinstance(block.get("type"), str))
    for kind, most in MOST_OF_A_KIND.items():
        if kinds[kind] > most:
            yield f"/blocks: holds {kinds[kind]} blocks of type {kind}; Slack takes {most} in a message."
    of = {
        kind: _characters([block for block in blocks if block.get("type") == kind])
        for kind in ("markdown", "table", "data_table")
    }
    yield from _too_much(of["markdown"], MARKDOWN, "markdown")
    yield from _too_much(of["table"], IN_ALL_TABLES, "tables")
    yield from _too_much(of["data_table"], IN_ALL_DATA_TABLES, "data tables")
    if of["markdown"]:
        yield from _too_much(_characters(blocks), WITH_MARKDOWN, "a message with markdown")


def _too_much(count: int, most: int, what: str) -> Problems:
    if count > most:
        yield f"/blocks: {what} together hold {count} characters; Slack takes {most}."


def _characters(value: object) -> int:
    """Characters of every `text` inside, which is what people read."""
    if isinstance(value, Mapping):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(_characters(one) for one in value.values())
    return sum(_characters(one) for one in items(value))
