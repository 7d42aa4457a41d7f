"""`/coach gaps`: how many questions wait for a card, by topic, for the eyes of curators alone."""

import json
from pathlib import Path

import pytest

from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.questions import curating
from tests.builders import nothing
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Coach, coach_in, idle, replies_to

TYPED = json.loads((Path(__file__).parents[1] / "payloads/slack/command_gaps.json").read_text(encoding="utf-8"))
LEAVE, PAY = "what is the parental leave rule in denmark", "who earns most here"
BETWEEN = "gaps between knowing and doing"


@pytest.fixture
def answers() -> ScriptedAnswers:
    asked = {LEAVE: nothing(topic="governance"), PAY: nothing(topic=""), BETWEEN: nothing(topic="governance")}
    return ScriptedAnswers(asked)


async def asked(slack: Slack, coach: Coach, who: str, question: str) -> Message:
    """A question in the direct messages, and what nothing answered it."""
    [reply] = await replies_to(slack, (await slack.dm(who, question)).said)
    await idle(coach)
    return reply


async def counted(slack: Slack, who: str) -> Message:
    """What `/coach gaps` shows somebody, and nobody else."""
    before = len(slack.seen_only_by(who))
    done = await slack.command(who, f"{TYPED['command']} {TYPED['text']}")
    assert set(done.delivery.payload) == set(TYPED)
    [found] = await slack.until(lambda s: s.seen_only_by(who)[before:])
    return found


async def test_a_curator_sees_counts_by_topic_and_no_words_not_even_those_passed_on(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url, curators="U0INES") as coach:
        for who, question in (("Mara", LEAVE), ("Leo", LEAVE), ("Mara", PAY)):
            reply = await asked(slack, coach, who, question)
        await slack.press("Mara", reply, "answer_pass")
        await idle(coach)
        await slack.press("Mara", reply, "pass_unnamed")
        await idle(coach)
        shown = words_of(await counted(slack, "Ines"))
    assert "• rules, risk, privacy and law: 1-2\n• no topic of ours: 1-2 (1 passed on)" in shown
    assert "parental" not in shown
    assert "earns" not in shown


async def test_nothing_waiting_is_said(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url, curators="U0INES"):
        assert words_of(await counted(slack, "Ines")) == "No question is waiting for an answer."


async def test_an_admin_sees_them_too_and_anybody_else_hears_how_to_reach_a_curator(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url, admins="U0PRIYA") as coach:
        await asked(slack, coach, "Mara", LEAVE)
        assert "law: 1-2" in words_of(await counted(slack, "Priya"))
        assert words_of(await counted(slack, "Mara")) == curating.FOR_CURATORS


async def test_questions_of_another_workspace_are_not_counted(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url, curators="U0INES") as coach:
        await asked(slack, coach, "Mara", LEAVE)
        async with coach.database.write() as connection:
            await connection.exec_driver_sql("UPDATE gaps SET workspace_id = 'T0ELSEWHERE'")
        assert "No question is waiting" in words_of(await counted(slack, "Ines"))


async def test_more_words_behind_it_are_a_question(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        await slack.command("Mara", f"/coach {BETWEEN}")
        await slack.until(lambda _: answers.asked)
        await idle(coach)
    assert [text for text, _ in answers.asked] == [BETWEEN]


async def test_the_help_names_it(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url):
        done = await slack.command("Ines", "/coach help")
    assert "`/coach gaps` counts what I could not answer, by topic, for curators." in str(done.delivery.answer)
