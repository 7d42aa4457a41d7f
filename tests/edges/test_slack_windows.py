"""The command's help, the shortcut and its window."""

import asyncio

import pytest

from bot.playground.faults import ErrorCode
from bot.playground.seeing import words_of
from bot.playground.server import running
from bot.playground.slack import Slack
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in, idle

QUESTION = "what share of boards get reports?"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer(), "and for managers?": an_answer("24% of managers.")})


@pytest.mark.parametrize("typed", ["/coach", "/coach help", "/coach  HELP ", "/coach ?"])
async def test_a_command_without_a_question_helps(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, typed: str
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        await slack.command("Mara", typed, channel="random")
        [told] = slack.seen_only_by("Mara")
    assert "`/coach What share of boards get reports?`" in words_of(told)
    assert answers.asked == []


async def test_a_question_from_the_window_is_answered_directly_and_can_be_followed_up(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        await slack.shortcut("Mara", "ask_coach")
        window = await slack.until(lambda s: s.modal_of("Mara"))
        await slack.submit(window, {"question": QUESTION})
        assert "The answer comes in our direct messages." in words_of(window)
        [answer] = await slack.until(lambda s: s.dm_of("Mara"))
        assert f"You asked: {QUESTION}" in words_of(answer)
        await idle(coach)

        followed = await slack.dm("Mara", "and for managers?", thread=answer)
        await slack.until(lambda s: len(s.thread_of(followed.said)) == 2)
    memory = answers.asked[1][1]
    assert memory
    assert memory.question == "who measures"


async def test_a_window_that_came_too_late_is_explained_to_whoever_pressed(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("views.open", ErrorCode("expired_trigger_id"))
    async with coach_in(slack, answers, sqlite_url):
        await slack.shortcut("Mara", "ask_coach")
        [told] = await slack.until(lambda s: s.dm_of("Mara"))
    assert "Please press the button again." in told.text
    assert "(Reference " in told.text


async def test_a_command_whose_link_is_used_up_is_answered_directly(sqlite_url: str, answers: ScriptedAnswers) -> None:
    now = [1_763_888_400.0]
    async with running(Slack(clock=lambda: now[0])) as slack:
        answers.hold = asyncio.Event()
        async with coach_in(slack, answers, sqlite_url):
            await slack.command("Mara", f"/coach {QUESTION}")
            await answers.was_asked.wait()
            now[0] += 31 * 60
            answers.hold.set()
            [answer] = await slack.until(lambda s: s.dm_of("Mara"))
    assert f"You asked: {QUESTION}" in words_of(answer)
