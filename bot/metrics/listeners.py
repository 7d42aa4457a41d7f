"""Slack in: what people type, press and send off about metrics, and what they search in the catalogue."""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.metrics import buttons, sent, windows
from bot.metrics.defining import METRIC_WINDOW, template_option
from bot.metrics.pressed import Catalogued, take_press
from bot.metrics.typed import define_metric, log_reading, show_metrics
from bot.slack_kit.clicks import Click, Sent, Typed
from bot.slack_kit.pieces import Piece
from bot.slack_kit.reading import word
from bot.teams.workplace import Command, File, Workplace

Changed = Callable[[str], Awaitable[object]]
"""Called with whose page shows metrics that are other ones now."""

PRESSED = (
    *(buttons.DEFINE, buttons.LOG, buttons.TREND, buttons.REVIEW, buttons.CHANGE, buttons.RETIRE, buttons.DETAILS),
    *(buttons.MORE, buttons.TEMPLATE, buttons.INSTEAD, re.compile(f"{buttons.LOG_THIS}:\\d+")),
)
WINDOWS: Mapping[str, Callable[[Sent, Workplace], Awaitable[Piece]]] = {
    windows.READING_WINDOW: sent.take_reading,
    windows.REVIEW_WINDOW: sent.take_review,
    windows.RETIRE_WINDOW: sent.take_retirement,
}


def register(app: AsyncApp, at: Workplace, *, catalogue: Catalogued, changed: Changed) -> list[Command]:
    """Listen to the buttons and windows of metrics; gives the commands. `catalogue` is that of the running base."""

    async def on_click(click: Click) -> None:
        await take_press(click, at, catalogue)
        if click.action_id.startswith(buttons.LOG_THIS):
            await changed(click.user_id)

    async def on_search(ack: AsyncAck, body: dict[str, Any]) -> None:
        found = catalogue().search(word(body.get("value")))
        await ack(options=[template_option(one) for one in found])

    async def on_log(typed: Typed) -> None:
        await log_reading(typed, at)
        await changed(typed.user_id)

    for action_id in PRESSED:
        app.action(action_id)(at.on_click(on_click))
    app.options(buttons.TEMPLATE)(on_search)
    define: File = partial(sent.take_metric, at=at, catalogue=catalogue)
    for callback_id, take in {METRIC_WINDOW: define, **{id: _at(take, at) for id, take in WINDOWS.items()}}.items():
        app.view(callback_id)(at.on_form(_and_then(take, changed)))
    return [
        Command("metrics", "shows what your team measures, and how it goes.", partial(show_metrics, at=at)),
        Command("metric", "defines a metric, from the catalogue or from scratch.", partial(define_metric, at=at)),
        Command("log", "[metric, value, day] notes a reading: log questions answered 63 %.", on_log, takes_words=True),
    ]


def _at(take: Callable[[Sent, Workplace], Awaitable[Piece]], at: Workplace) -> File:
    return lambda sent: take(sent, at)


def _and_then(take: File, changed: Changed) -> File:
    async def taken(sent: Sent) -> Piece | None:
        shown = await take(sent)
        await changed(sent.user_id)
        return shown

    return taken
