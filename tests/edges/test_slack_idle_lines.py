"""A line between Slack and the coach that lies idle stays open: what is sent over it next is not lost."""

import asyncio
from urllib.parse import urlsplit

import aiohttp

from bot.playground.slack import Slack
from bot.server import KEPT_IDLE_SECONDS
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in

LONGER_THAN_UVICORN_SECONDS = 5.5
"""uvicorn itself hangs up after five seconds."""


async def test_a_line_that_was_idle_carries_the_next_request_on_either_side(slack: Slack, sqlite_url: str) -> None:
    async with coach_in(slack, ScriptedAnswers({}), sqlite_url):
        found = await asyncio.gather(answers_after_a_rest(str(slack.bot_url)), answers_after_a_rest(slack.api_url))
    assert found == [(405, 405), (404, 404)]


async def test_we_hang_up_later_than_those_who_call_us() -> None:
    async with aiohttp.TCPConnector() as connector:
        assert connector._keepalive_timeout < KEPT_IDLE_SECONDS


async def answers_after_a_rest(url: str) -> tuple[int, int]:
    """The status of a request, and of a second over the very same connection after a rest."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    asked = f"HEAD {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    first = await _status(reader, writer, asked)
    await asyncio.sleep(LONGER_THAN_UVICORN_SECONDS)
    second = await _status(reader, writer, asked)
    writer.close()
    return first, second


async def _status(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes) -> int:
    writer.write(asked)
    head = await reader.readuntil(b"\r\n\r\n")
    return int(head.split()[1])
