"""A coach at work against the stand-in for Slack: the real app, wired as it is in production, on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.playground.blocks import elements_in
from bot.playground.model import Message, View
from bot.playground.slack import Slack
from bot.questions.store import gaps_by_topic
from bot.settings import Settings
from bot.slack_kit.manifest import EVENTS_PATH
from bot.wiring import Coach, Load, at_work, now_in_utc, way_in
from tests.fakes.scripted_answers import ScriptedAnswers

Now = Callable[[], datetime]
Mode = Literal["http", "socket"]


class Clock:
    """The time a coach goes by, moved by the test."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by


@asynccontextmanager
async def coach_in(
    slack: Slack,
    answers: ScriptedAnswers,
    database_url: str,
    *,
    mode: Mode = "http",
    now: Now = now_in_utc,
    **more: Any,
) -> AsyncIterator[Coach]:
    """The coach in this Slack, until the end of the block; fails if it was asked what nobody scripted."""
    settings = settings_for(slack, database_url, mode=mode, **more)
    async with started(slack, settings, answers.load, now=now) as coach:
        yield coach
    assert answers.unscripted == []


@asynccontextmanager
async def started(
    slack: Slack, settings: Settings, load: Load | None = None, *, now: Now = now_in_utc
) -> AsyncIterator[Coach]:
    """The coach of these settings, told where Slack reaches it; without `load` with its real knowledge base."""
    async with at_work(settings, load, pause=no_pause, now=now) as coach, way_in(coach, settings):
        by_http = settings.slack_app_token is None
        slack.bot_url = f"http://{settings.host}:{settings.port}{EVENTS_PATH}" if by_http else None
        yield coach


async def window_after(slack: Slack, who: str, act: Awaitable[object]) -> View:
    """The window that something a person does opens for them."""
    before = slack.modal_of(who)
    await act
    return await slack.until(lambda s: s.modal_of(who) if s.modal_of(who) is not before else None)


def settings_for(slack: Slack, database_url: str, *, mode: Mode = "http", **more: Any) -> Settings:
    way = {"slack_signing_secret": slack.signing_secret} if mode == "http" else {"slack_app_token": slack.app_token}
    given = {
        "slack_bot_token": slack.bot_token,
        "slack_api_url": slack.api_url,
        "port": a_free_port(),
        "drain_seconds": 5,
    }
    return Settings(_env_file=None, database_url=database_url, **(given | way | more))


async def no_pause(_seconds: float) -> None:
    """Repeat at once: the stand-in does not need the rest that Slack asks for."""


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


async def replies_to(slack: Slack, message: Message) -> list[Message]:
    """What stands in the thread of a message, once anything does."""
    return await slack.until(lambda _: slack.thread_of(message))


async def idle(coach: Coach) -> None:
    """Until nothing is under way any more."""
    async with asyncio.timeout(5):
        while coach.tasks.under_way:
            await asyncio.wait(coach.tasks.under_way)


def buttons_of(message: Message) -> list[str]:
    """The labels of the buttons a message shows, in reading order."""
    return [one["text"]["text"] for _, one in elements_in(message.blocks) if one["type"] == "button"]


async def questions_passed_on(coach: Coach) -> list[str]:
    """The words the curator would read."""
    async with coach.database.read() as connection:
        return [words for gap in await gaps_by_topic(connection) for words in gap.questions]
