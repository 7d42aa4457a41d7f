"""A stop in the middle of work loses nothing, and nobody is answered twice."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa

from bot.playground.faults import Delayed
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.questions import intake
from bot.storage.engine import open_database
from bot.storage.tables import unfinished
from bot.wiring import Coach
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import buttons_of, coach_in, idle, replies_to, settings_for

QUESTION = "what share of boards get reports?"
PROMISE = "I will ask one open question in #harbor by Friday"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer()})


async def left_over(database_url: str) -> int:
    database = open_database(database_url)
    try:
        async with database.read() as connection:
            counted = await connection.execute(sa.select(sa.func.count()).select_from(unfinished))
            return counted.scalar_one()
    finally:
        await database.close()


async def test_a_stop_waits_for_the_answers_under_way(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    answers.hold = asyncio.Event()
    async with coach_in(slack, answers, database_url):
        asked = await slack.dm("Mara", QUESTION)
        await answers.was_asked.wait()
        asyncio.get_running_loop().call_later(0.05, answers.hold.set)
    assert len(slack.thread_of(asked.said)) == 1
    assert await left_over(database_url) == 0


async def test_what_a_stop_cuts_off_is_answered_at_the_next_start(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    answers.hold = asyncio.Event()
    async with coach_in(slack, answers, database_url, drain_seconds=0):
        asked = [await slack.dm("Mara", QUESTION), await slack.mention("Leo", "harbor", QUESTION)]
        asked += [await slack.dm("Aiko", QUESTION) for _ in range(12)]  # more than are worked on at a time
        await slack.command("Ines", f"/coach {QUESTION}")
        await answers.was_asked.wait()
    assert await left_over(database_url) == 15

    answers.hold = None
    async with coach_in(slack, answers, database_url) as coach:
        for one in asked:
            await replies_to(slack, one.said)
        await slack.until(lambda s: s.seen_only_by("Ines"))
        await idle(coach)
    assert [len(slack.thread_of(one.said)) for one in asked] == [1] * 14
    assert await left_over(database_url) == 0


async def test_a_promise_that_a_stop_cuts_off_is_proposed_at_the_next_start(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("users.info", Delayed(asyncio.Event()))
    async with coach_in(slack, answers, database_url, drain_seconds=0):
        said = (await slack.dm("Mara", PROMISE)).said
        await slack.until(lambda s: s.state.held)
    assert await left_over(database_url) == 1

    async with coach_in(slack, answers, database_url) as coach:
        await replies_to(slack, said)
        await idle(coach)
    [proposal] = slack.thread_of(said)
    assert "Yes, keep it" in buttons_of(proposal)
    assert answers.asked == []
    assert await left_over(database_url) == 0


async def test_a_promise_cut_off_while_it_was_heard_is_asked_for_again_and_not_heard_twice(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", Delayed(asyncio.Event()))
    async with coach_in(slack, answers, database_url, drain_seconds=0):
        said = (await slack.dm("Mara", PROMISE)).said
        await slack.until(lambda s: s.state.held)
    async with coach_in(slack, answers, database_url) as coach:
        await replies_to(slack, said)
        await idle(coach)
    [told] = slack.thread_of(said)
    assert "If my answer is not here, please ask again." in words_of(told)
    assert await left_over(database_url) == 0


@pytest.mark.parametrize("place", ["dm", "channel with history"])
async def test_an_answer_that_arrived_just_before_the_stop_is_not_given_again(
    slack: Slack, database_url: str, answers: ScriptedAnswers, place: str
) -> None:
    slack.grant("channels:history")
    slack.faults.order("chat.postMessage", Delayed(asyncio.Event(), accepted=True))
    async with coach_in(slack, answers, database_url, drain_seconds=0):
        asked = await (slack.dm("Mara", QUESTION) if place == "dm" else slack.mention("Mara", "harbor", QUESTION))
        await replies_to(slack, asked.said)
    assert await left_over(database_url) == 1

    async with coach_in(slack, answers, database_url) as coach:
        await until_taken_up(coach)
    assert len(slack.thread_of(asked.said)) == 1
    assert await left_over(database_url) == 0


async def test_an_answer_cut_off_before_it_arrived_is_given_at_the_next_start(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", Delayed(asyncio.Event()))
    async with coach_in(slack, answers, database_url, drain_seconds=0):
        asked = await slack.dm("Mara", QUESTION)
        await slack.until(lambda s: s.state.held)
    async with coach_in(slack, answers, database_url) as coach:
        await replies_to(slack, asked.said)
        await idle(coach)
    assert len(slack.thread_of(asked.said)) == 1


async def test_where_nobody_may_look_an_answer_that_may_have_arrived_is_left(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", Delayed(asyncio.Event(), accepted=True))
    async with coach_in(slack, answers, database_url, drain_seconds=0):
        asked = await slack.mention("Mara", "harbor", QUESTION)
        await replies_to(slack, asked.said)
    async with coach_in(slack, answers, database_url) as coach:
        await until_taken_up(coach)
    assert len(slack.thread_of(asked.said)) == 1
    assert await left_over(database_url) == 0


async def test_work_of_a_process_that_died_is_taken_up_after_its_hold_is_over(
    slack: Slack, database_url: str, answers: ScriptedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.hold = asyncio.Event()
    async with coach_in(slack, answers, database_url) as died:
        asked = await slack.dm("Mara", QUESTION)
        await answers.was_asked.wait()
        for task in died.tasks.under_way:
            task.cancel()
        monkeypatch.setattr(died.desk, "let_go", nothing_at_all)
    answers.hold = None
    async with coach_in(slack, answers, database_url) as coach:
        await coach.desk.take_up()
        assert slack.thread_of(asked.said) == []  # it may still be at work elsewhere

        monkeypatch.setattr(intake, "HELD", intake.HELD * 0)
        await coach.desk.take_up()
        await replies_to(slack, asked.said)


async def nothing_at_all() -> None:
    """What a killed process does at the end."""


async def until_taken_up(coach: Coach) -> None:
    async with asyncio.timeout(5):
        while await left_over_in(coach):
            await coach.desk.take_up()
            await idle(coach)


async def left_over_in(coach: Coach) -> int:
    async with coach.database.read() as connection:
        counted = await connection.execute(sa.select(sa.func.count()).select_from(unfinished))
        return counted.scalar_one()


async def test_sigterm_in_the_middle_of_work_ends_the_process_in_order_and_loses_nothing(
    slack: Slack, database_url: str
) -> None:
    async with process(slack, database_url, drain_seconds=0) as coach:
        asked = await slack.dm("Mara", QUESTION)
        assert asked.delivery.acknowledged
        await slack.until(lambda s: s.status_at(asked.said))
        coach.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(coach.wait(), 15) == 0
    assert slack.thread_of(asked.said) == []

    async with process(slack, database_url, "quick") as coach:
        await slack.until(lambda s: s.thread_of(asked.said), timeout=15)
        coach.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(coach.wait(), 15) == 0
    assert len(slack.thread_of(asked.said)) == 1


@asynccontextmanager
async def process(
    slack: Slack, database_url: str, *arguments: str, **more: object
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`coach run` in a process of its own, ready to be asked over HTTP."""
    settings = settings_for(slack, database_url, **more)
    slack.bot_url = f"http://127.0.0.1:{settings.port}/slack/events"
    environment = os.environ | {
        "COACH_DATABASE_URL": database_url,
        "COACH_SLACK_BOT_TOKEN": slack.bot_token,
        "COACH_SLACK_SIGNING_SECRET": slack.signing_secret,
        "COACH_SLACK_API_URL": slack.api_url,
        "COACH_PORT": str(settings.port),
        "COACH_DRAIN_SECONDS": str(settings.drain_seconds),
    }
    command = [sys.executable, "-m", "tests.fakes.slow_coach", *arguments]
    started = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    try:
        await until_ready(settings.port)
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


async def until_ready(port: int) -> None:
    async with asyncio.timeout(20), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
