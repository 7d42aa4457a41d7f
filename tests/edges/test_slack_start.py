"""How the coach starts, what it says of itself, and what it never says in its log."""

import io
import logging
import socket
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
import structlog

from bot.delivery.model import State
from bot.errors import SettingsMissing
from bot.logs import set_up_logs
from bot.playground.faults import ErrorCode, ResetAfterAccepting
from bot.playground.slack import Slack
from bot.wiring import at_work, way_in
from tests.builders import an_answer, nothing
from tests.builders_delivery import a_letter, put_in
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import buttons_of, coach_in, idle, no_pause, replies_to, settings_for, started

SECRET = "hippopotamus"
QUESTION = f"what about the {SECRET}?"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: nothing(), "who measures?": an_answer()})


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything the coach and its libraries log, as it is set up in production."""
    stream = io.StringIO()
    set_up_logs(level="debug", form="json", stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.basicConfig(force=True)


async def ready(port: int) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/readyz") as response:
        return response.status, await response.json()


async def test_in_socket_mode_it_is_ready_once_its_line_is_up(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    settings = settings_for(slack, sqlite_url, mode="socket")
    async with started(slack, settings, answers.load):
        await slack.until(lambda s: s.sockets.connected)
        asked = await slack.dm("Mara", "who measures?")
        await replies_to(slack, asked.said)
        assert await ready(settings.port) == (
            200,
            {"ready": True, "database": "ok", "knowledge": "ok", "slack": "ok"},
        )


async def test_in_socket_mode_a_taken_port_costs_only_the_health_page(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with coach_in(slack, answers, sqlite_url, mode="socket", port=taken.getsockname()[1]):
            asked = await slack.dm("Mara", "who measures?")
            await replies_to(slack, asked.said)


@pytest.mark.parametrize("missing", ["slack_bot_token", "slack_signing_secret"])
async def test_without_a_token_or_a_way_in_it_does_not_start_and_names_the_variable(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, missing: str
) -> None:
    settings = settings_for(slack, sqlite_url, **{missing: None})
    with pytest.raises(SettingsMissing, match=f"COACH_{missing.upper()}"):
        async with at_work(settings, answers.load, pause=no_pause) as coach, way_in(coach, settings):
            pass


async def test_with_both_ways_in_it_takes_socket_mode(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    settings = settings_for(slack, sqlite_url, mode="socket", slack_signing_secret=slack.signing_secret)
    async with started(slack, settings, answers.load):
        await slack.until(lambda s: s.sockets.connected)


async def test_nothing_of_what_people_write_and_no_token_is_ever_logged(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, logged: io.StringIO
) -> None:
    answers.script["broken"] = RuntimeError(SECRET)
    slack.faults.order("chat.postMessage", ErrorCode("invalid_blocks"), ResetAfterAccepting())
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.dm("Mara", QUESTION)
        [reply] = await replies_to(slack, asked.said)
        await idle(coach)
        await slack.dm("Mara", "broken")
        await slack.command("Mara", f"/coach {QUESTION}")
        alone = (await slack.until(lambda s: s.seen_only_by("Mara")))[-1]
        await slack.press("Mara", alone, "answer_pass")
        await slack.until(lambda _: "Cancel" in buttons_of(alone))
        await slack.press("Mara", alone, "pass_named")
        await slack.deliver_again(asked.delivery)
        await slack.deliver_again(asked.delivery, secret="forged")
        await slack.uninstall()
        await idle(coach)
    lines = logged.getvalue()
    assert "question.given" in lines
    assert "apology.given" in lines
    assert reply.text
    for hidden in (SECRET, slack.bot_token, slack.signing_secret, slack.app_token):
        assert hidden not in lines


async def test_the_health_page_counts_what_the_coach_sends_of_its_own_accord(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach, aiohttp.ClientSession() as http:
        await put_in(coach.database, [a_letter(), a_letter("n:2", kind="of-tomorrow")])
        address = str(slack.bot_url).replace("/slack/events", "/outbox")
        async with http.get(address) as response:
            assert await response.json() == dict.fromkeys(State, 0) | {"pending": 2}
