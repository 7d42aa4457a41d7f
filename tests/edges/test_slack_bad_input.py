"""Whatever a person types, they get one plain answer, and the channel nothing it should not see."""

import pytest

from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.questions.flow import answer_question
from bot.questions.model import Answer, Memory, Question
from knowledge.found import Found
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in, idle, replies_to


class FromNoCards(ScriptedAnswers):
    """The real story of a question, over a base that holds nothing."""

    async def __call__(self, question: Question) -> Answer:
        return await answer_question(question, find=_find_nothing, recall=lambda _memory: ((), ()))


async def _find_nothing(text: str, _memory: Memory | None) -> Found:
    return Found(text, (), 0.0, False, False, None)


NO_QUESTION = [
    "   ",
    "\u200b\u200d\ufeff",
    "\U0001f600\U0001f389",
    ":tada: :+1:",
    "!!! ???",
    "<@U0COACH>",
    "\u202e\u2066\u2069",
]
STRANGE = {
    "forty thousand characters": "why " * 10_000,
    "one endless word": "x" * 40_000,
    "control characters": "what\x00 is\x07 this\x1b[31m?",
    "half a surrogate pair": "which boards \ud83d measure?",
    "right to left": "מה אחוז החברות שמודדות?",
    "zero-width": "w\u200bh\u200bo measures?",
    "full-text syntax": 'NEAR("a" "b", 5) AND col:x* OR ^y - "unclosed',
    "SQL": "'; DROP TABLE answers; -- who measures?",
    "markup": "*bold* _who_ ~measures~ `x` ```y``` <b>?</b> &amp; <!everyone>",
    "a link": "who measures <https://evil.example/?a=1&b=2|this>?",
    "many lines": "\n" * 500 + "who measures?",
    "quotes": "> who measures?\n>> and why?",
    "a format string": "{0} %s %(x)s ${y} who measures?",
}


@pytest.mark.parametrize("typed", NO_QUESTION, ids=ascii)
async def test_a_message_without_a_question_is_answered_kindly(slack: Slack, sqlite_url: str, typed: str) -> None:
    async with coach_in(slack, FromNoCards({}), sqlite_url) as coach:
        asked = await slack.dm("Mara", typed, verbatim=True)
        [reply] = await replies_to(slack, asked.said)
        mentioned = await slack.mention("Mara", "harbor", typed)
        [in_channel] = await replies_to(slack, mentioned.said)
        await idle(coach)
    assert "I see no question in that." in words_of(reply)
    assert "I see no question in that." in words_of(in_channel)


@pytest.mark.parametrize("what", STRANGE)
async def test_a_strange_message_gets_one_plain_answer(slack: Slack, sqlite_url: str, what: str) -> None:
    async with coach_in(slack, FromNoCards({}), sqlite_url) as coach:
        asked = await slack.dm("Mara", STRANGE[what], verbatim=True)
        [reply] = await replies_to(slack, asked.said)
        await slack.press("Mara", reply, "answer_pass")
        await slack.until(lambda _: "The curator would read these words" in words_of(reply))
        await slack.press("Mara", reply, "pass_named")
        await slack.until(lambda _: "Passed on" in words_of(reply))
        await slack.command("Mara", f"/coach {STRANGE[what].encode(errors='ignore').decode()}")
        [alone] = await slack.until(lambda s: s.seen_only_by("Mara"))
        await idle(coach)
    assert words_of(alone).startswith("I have nothing on that.")
    assert all(call.error == "" for call in slack.calls)


async def test_a_file_without_words_is_answered_kindly(slack: Slack, sqlite_url: str) -> None:
    async with coach_in(slack, FromNoCards({}), sqlite_url):
        channel = slack.state.workspaces[0].direct_channel("U0MARA").id
        asked = await slack.say("Mara", channel, "", file="report.pdf")
        [reply] = await replies_to(slack, asked.said)
    assert "I see no question in that." in words_of(reply)
