"""Trouble behind the coach: its notes away, its knowledge not open yet or broken. A plain sentence, nothing lost."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import keeper, wiring
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.storage.engine import open_database
from knowledge.index import IndexBroken
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in, idle, replies_to

QUESTION = "what share of boards get reports?"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer()})


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(url: str, **_: Any) -> object:
        return open_database(url, lock_timeout_seconds=0.2)

    monkeypatch.setattr(wiring, "open_database", opened)


@contextmanager
def held_by_another(database_url: str) -> Iterator[None]:
    """Another process writes and does not end."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.usefixtures("_impatient")
async def test_a_database_in_other_hands_is_told_to_the_asker_who_may_ask_again(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        with held_by_another(sqlite_url):
            asked = await slack.dm("Mara", QUESTION)
            mentioned = await slack.mention("Mara", "harbor", QUESTION)
            await slack.command("Leo", f"/coach {QUESTION}")
            told = [
                (await replies_to(slack, asked.said))[0],
                (await slack.until(lambda s: s.seen_only_by("Mara")))[0],
                (await slack.until(lambda s: s.seen_only_by("Leo")))[0],
            ]
            await idle(coach)
        again = await slack.dm("Mara", QUESTION)
        [answer] = await replies_to(slack, again.said)
    assert all(
        "My notes are in use by something else. Please try again in a minute. (Reference" in one.text for one in told
    )
    assert slack.thread_of(mentioned.said) == []
    assert "14%" in words_of(answer)


@pytest.mark.usefixtures("_impatient")
async def test_a_press_while_the_database_is_in_other_hands_is_told_to_whoever_pressed(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.dm("Mara", QUESTION)
        [reply] = await replies_to(slack, asked.said)
        await idle(coach)
        with held_by_another(sqlite_url):
            await slack.press("Mara", reply, "answer_helpful")
            [told] = await slack.until(lambda s: s.seen_only_by("Mara"))
        await slack.press("Mara", reply, "answer_helpful")
        await slack.until(lambda _: "noted as helpful" in words_of(reply))
    assert "My notes are in use by something else." in told.text


async def test_what_is_asked_before_the_knowledge_base_is_open_waits_for_it(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    opened = asyncio.Event()
    load = answers.load

    async def slow() -> ScriptedAnswers:
        await opened.wait()
        return await load()

    answers.load = slow  # type: ignore[method-assign]
    async with coach_in(slack, answers, sqlite_url):
        assert await ready(slack) == (503, {"ready": False, "database": "ok", "knowledge": "opening"})
        asked = await slack.dm("Mara", QUESTION)
        await slack.until(lambda s: s.status_at(asked.said) == "is looking it up …")
        opened.set()
        await replies_to(slack, asked.said)
        assert await ready(slack) == (200, {"ready": True, "database": "ok", "knowledge": "ok"})
    assert slack.status_at(asked.said) == ""


async def test_a_knowledge_base_that_cannot_be_opened_is_told_and_tried_again(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "AGAIN_SECONDS", 0)
    load = answers.load

    async def broken() -> ScriptedAnswers:
        raise IndexBroken(Path("somewhere/secret"), "its file is damaged")

    answers.load = broken  # type: ignore[method-assign]
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.dm("Mara", QUESTION)
        [told] = await replies_to(slack, asked.said)
        assert (await ready(slack))[1]["knowledge"] == "broken"
        monkeypatch.setattr(coach.keeper, "_load", load)
        await coach.keeper.look_after()
        again = await slack.dm("Mara", QUESTION)
        [answer] = await replies_to(slack, again.said)
    assert "I cannot read my knowledge base right now." in told.text
    assert "secret" not in told.text
    assert "14%" in words_of(answer)


async def test_the_process_tells_that_it_is_alive_and_no_secret(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url), aiohttp.ClientSession() as http:
        base = str(slack.bot_url).removesuffix("/slack/events")
        async with http.get(f"{base}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"alive": True})
        async with http.get(f"{base}/") as response:
            assert response.status == 404


async def ready(slack: Slack) -> tuple[int, dict[str, Any]]:
    url = str(slack.bot_url).replace("/slack/events", "/readyz")
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, json.loads(await response.text())
