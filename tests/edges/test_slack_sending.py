"""What Slack may answer to a post: wait, no, nothing at all. The answer arrives once, or its asker hears why not."""

from dataclasses import replace

import pytest

from bot.playground.faults import ErrorCode, Fault, RateLimited, ResetAfterAccepting, ServerError
from bot.playground.harbor import harbor
from bot.playground.model import Message
from bot.playground.pace import PerChannel
from bot.playground.seeing import words_of
from bot.playground.server import running
from bot.playground.slack import Slack
from bot.questions import blocks
from tests.builders import an_answer, nothing, small_talk
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in, idle, replies_to

QUESTION = "what share of boards get reports?"
TOLD = "14% of companies use social metrics for performance [1]."


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer(), "hello": small_talk()})


@pytest.mark.parametrize(
    "faults",
    [
        [RateLimited(1)],
        [RateLimited(1), RateLimited(30)],
        [ServerError(500)],
        [ServerError(503), ErrorCode("fatal_error"), ErrorCode("internal_error")],
        [ResetAfterAccepting()],
        [ServerError(502), ResetAfterAccepting()],
    ],
    ids=repr,
)
@pytest.mark.parametrize("question", [QUESTION, "hello"])
async def test_an_answer_in_a_dm_arrives_exactly_once(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, faults: list[Fault], question: str
) -> None:
    slack.faults.order("chat.postMessage", *faults)
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.dm("Mara", question)
        await replies_to(slack, asked.said)
        await idle(coach)
    assert len(slack.dm_of("Mara")) == 2  # the question and its answer


async def test_a_dropped_connection_gives_one_message_also_when_the_words_alone_were_sent(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", ErrorCode("invalid_blocks"), ResetAfterAccepting())
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)
        await idle(coach)
    assert [one.text.splitlines()[0] for one in slack.thread_of(asked.said)] == [TOLD]


async def test_where_nobody_may_look_a_message_is_not_sent_again_and_its_asker_is_told(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.mention("Mara", "harbor", QUESTION)
        [told] = await slack.until(lambda s: s.seen_only_by("Mara"))
        await idle(coach)
    assert len(slack.thread_of(asked.said)) == 1
    assert "The connection to Slack broke while I answered." in told.text


async def test_where_the_thread_may_be_read_a_message_that_did_not_arrive_is_sent_again(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.grant("channels:history")
    slack.faults.order("chat.postMessage", ServerError(500), ResetAfterAccepting())
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.mention("Mara", "harbor", QUESTION)
        await replies_to(slack, asked.said)
        await idle(coach)
    assert len(slack.thread_of(asked.said)) == 1
    assert slack.seen_only_by("Mara") == []


async def test_one_message_a_second_a_channel_is_kept_by_waiting(sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with running(Slack(harbor(), pace=PerChannel(per_second=20))) as slack, coach_in(slack, answers, sqlite_url):
        asked = [await slack.mention("Mara", "harbor", QUESTION) for _ in range(3)]
        for one in asked:
            await replies_to(slack, one.said)
    assert "ratelimited" in [call.error for call in slack.calls_of("chat.postMessage")]


async def test_blocks_beyond_slacks_limits_go_as_plain_text(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_many = [{"type": "divider"}] * 51
    drawn = blocks.with_controls
    monkeypatch.setattr("bot.questions.replying.with_controls", lambda *given: drawn(*given) | {"blocks": too_many})
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", QUESTION)
        [reply] = await replies_to(slack, asked.said)
    assert reply.text.startswith(TOLD)
    assert reply.blocks == []


async def test_blocks_that_slack_refuses_all_the_same_go_as_plain_text(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", ErrorCode("invalid_blocks"))
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", QUESTION)
        [reply] = await replies_to(slack, asked.said)
    assert reply.text.startswith(TOLD)


@pytest.mark.parametrize(
    "refusal", ["channel_not_found", "not_in_channel", "is_archived", "restricted_action", "thread_not_found"]
)
async def test_an_answer_the_channel_does_not_take_goes_to_its_asker_alone(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, refusal: str
) -> None:
    slack.faults.order("chat.postMessage", ErrorCode(refusal))
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.mention("Mara", "harbor", QUESTION)
        [answer] = await slack.until(lambda s: s.dm_of("Mara"))
        await idle(coach)
    assert f"I could not answer in the channel, so here it is. You asked: {QUESTION}" in words_of(answer)
    assert TOLD in words_of(answer)
    assert slack.thread_of(asked.said) == []


async def test_a_follow_up_below_an_answer_that_moved_to_the_dm_knows_what_went_before(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    answers.script["and for managers?"] = an_answer("24% of managers.")
    slack.faults.order("chat.postMessage", ErrorCode("not_in_channel"))
    async with coach_in(slack, answers, sqlite_url) as coach:
        await slack.mention("Mara", "harbor", QUESTION)
        [answer] = await slack.until(lambda s: s.dm_of("Mara"))
        await idle(coach)
        again = await slack.dm("Mara", "and for managers?", thread=answer)
        await slack.until(lambda s: len(s.thread_of(again.said)) == 2)
    memory = answers.asked[1][1]
    assert memory
    assert memory.question == "who measures"


async def test_in_a_dm_whose_thread_is_gone_the_answer_stands_on_its_own(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.faults.order("chat.postMessage", ErrorCode("thread_not_found"))
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", QUESTION)
        answer = await slack.until(lambda s: [one for one in s.dm_of("Mara") if one.user == "U0COACH"])
    assert not answer[0].is_reply
    assert f"You asked: {QUESTION}" in words_of(answer[0])
    assert slack.thread_of(asked.said) == []


async def test_a_missing_scope_is_named_to_the_person_who_asked(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.withdraw("chat:write")
    async with coach_in(slack, answers, sqlite_url) as coach:
        await slack.command("Mara", f"/coach {QUESTION}")
        [told] = await slack.until(lambda s: s.seen_only_by("Mara"))
        assert TOLD in words_of(told)  # a command is answered without it
        await slack.dm("Mara", QUESTION)
        await idle(coach)
        slack.grant("chat:write")
        later = await slack.dm("Mara", QUESTION)
        await replies_to(slack, later.said)
    assert [call.error for call in slack.calls_of("chat.postMessage")][:2] == ["missing_scope", "missing_scope"]


async def test_what_goes_wrong_while_answering_is_told_to_the_asker_alone_with_a_reference(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    answers.script[QUESTION] = RuntimeError("a secret path /etc/passwd")
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.mention("Mara", "harbor", QUESTION)
        [whispered] = await slack.until(lambda s: s.seen_only_by("Mara"))
        asked_directly = await slack.dm("Leo", QUESTION)
        [said] = await replies_to(slack, asked_directly.said)
        await idle(coach)
    assert slack.thread_of(asked.said) == []
    for told in (whispered, said):
        assert_apology(told, "Something went wrong on my side, not on yours.")


def assert_apology(told: Message, sentence: str) -> None:
    assert sentence in told.text
    assert "(Reference " in told.text
    assert "secret" not in told.text


async def test_a_question_with_live_markup_comes_out_dead(slack: Slack, sqlite_url: str) -> None:
    bad = "<!channel> <@U0LEO> see <https://evil.example|here>"
    answers = ScriptedAnswers({"everyone a colleague see here": replace(nothing(), searched="it")})
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", bad, verbatim=True)
        [reply] = await replies_to(slack, asked.said)
    assert "<" not in words_of(reply).replace("&lt;", "")
