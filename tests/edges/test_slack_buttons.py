"""What a press does: for the person who pressed, where only they see it, once."""

import pytest

from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.questions.presses import given, pressed
from bot.storage.tables import answers as answers_table
from bot.wiring import Coach
from tests.builders import an_answer, nothing, small_talk, the_closest
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import buttons_of, coach_in, idle, questions_passed_on, replies_to

QUESTION = "what share of boards get reports?"
LEAVE = "parental leave in Denmark?"
NEAR = "boards in Denmark?"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer(), LEAVE: nothing(), NEAR: the_closest(), "hello": small_talk()})


async def in_channel(slack: Slack, who: str, question: str) -> Message:
    asked = await slack.mention(who, "harbor", question)
    [reply] = await replies_to(slack, asked.said)
    return reply


async def directly(slack: Slack, who: str, question: str) -> Message:
    asked = await slack.dm(who, question)
    [reply] = await replies_to(slack, asked.said)
    return reply


async def whispered(slack: Slack, who: str) -> Message:
    return (await slack.until(lambda s: s.seen_only_by(who)))[-1]


async def opinion_of(coach: Coach, user_id: str) -> tuple[str | None, str | None]:
    async with coach.database.read() as connection:
        answer_id = (await connection.execute(answers_table.select())).one().id
        noted = await pressed(connection, "T0HARBOR", answer_id, user_id)
        return noted.verdict, noted.reason


async def test_in_a_channel_anybody_may_say_what_they_think_and_only_they_see_the_thanks(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        reply = await in_channel(slack, "Mara", QUESTION)
        before = words_of(reply)
        await slack.press("Leo", reply, "answer_helpful")
        thanks = await whispered(slack, "Leo")
        assert "Thank you, noted as helpful." in words_of(thanks)
        assert thanks.thread_ts == reply.thread_ts

        await slack.press("Mara", reply, "answer_not_helpful")
        why = await whispered(slack, "Mara")
        assert buttons_of(why) == ["Wrong", "Not in the source", "Too vague", "Old", "Something else"]
        await slack.press("Mara", why, "reason_too_vague")
        await slack.until(lambda _: "noted: too vague" in words_of(why))
        await idle(coach)
        assert await opinion_of(coach, "U0LEO") == ("helpful", None)
        assert await opinion_of(coach, "U0MARA") == ("not_helpful", "too_vague")
    assert words_of(reply) == before


async def test_in_a_dm_not_helpful_asks_why_once(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        reply = await directly(slack, "Mara", QUESTION)
        await slack.press("Mara", reply, "answer_not_helpful")
        await slack.until(lambda _: "Wrong" in buttons_of(reply))
        assert "Try this within 7 days" in buttons_of(reply)
        await slack.press("Mara", reply, "reason_not_in_source")
        await slack.until(lambda _: "noted: not in the source" in words_of(reply))
        assert buttons_of(reply) == ["Try this within 7 days"]
        assert await opinion_of(coach, "U0MARA") == ("not_helpful", "not_in_source")


async def test_trying_opens_a_commitment_worded_from_the_answer(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        reply = await in_channel(slack, "Mara", QUESTION)
        await slack.press("Leo", reply, "answer_try")
        window = await slack.until(lambda s: s.modal_of("Leo"))
    assert "Count one thing by hand." in str(window.payload["blocks"])
    assert slack.modal_of("Mara") is None


async def test_only_the_asker_may_pass_their_words_on(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        reply = await in_channel(slack, "Mara", LEAVE)
        await slack.press("Leo", reply, "answer_pass")
        assert "Only the person who asked" in words_of(await whispered(slack, "Leo"))

        await slack.press("Mara", reply, "answer_pass")
        consent = await whispered(slack, "Mara")
        assert LEAVE in words_of(consent)
        await slack.press("Mara", consent, "pass_named")
        await slack.until(lambda _: "I write to you directly" in words_of(consent))
        assert await questions_passed_on(coach) == [LEAVE]

        await slack.press("Mara", reply, "answer_pass")
        again = await slack.until(lambda s: len(s.seen_only_by("Mara")) > 1 and s.seen_only_by("Mara")[-1])
        assert "Passed on to the curator." in words_of(again)
    assert buttons_of(again) == []


async def test_what_is_only_near_can_be_passed_on_too(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url):
        reply = await directly(slack, "Mara", NEAR)
    assert buttons_of(reply) == ["Helpful", "Not helpful", "Pass it to the curator"]
    assert "1. Doe, J. (2012)." in words_of(reply)


async def test_small_talk_has_no_buttons(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url):
        reply = await directly(slack, "Mara", "hello")
    assert buttons_of(reply) == []


async def test_a_command_is_answered_for_one_person_who_may_share_it_once(
    slack: Slack, database_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, database_url) as coach:
        await slack.command("Mara", f"/coach {QUESTION}", channel="harbor")
        alone = await whispered(slack, "Mara")
        assert buttons_of(alone) == ["Helpful", "Not helpful", "Try this within 7 days", "Share here"]
        assert slack.messages("harbor") == []

        await slack.press("Mara", alone, "answer_helpful")
        await slack.until(lambda _: "noted as helpful" in words_of(alone))
        assert buttons_of(alone) == ["Try this within 7 days", "Share here"]

        stale = Message(**vars(alone))
        await slack.press("Mara", alone, "answer_share")
        [shared] = await slack.until(lambda s: s.messages("harbor"))
        await slack.until(lambda _: "Shared in this channel." in words_of(alone))
        assert f"<@U0MARA> asked: {QUESTION}" in words_of(shared)
        assert "14% of companies use social metrics for performance [1]." in words_of(shared)
        assert "Share here" not in buttons_of(alone) + buttons_of(shared)

        await slack.press("Mara", stale, "answer_share")
        await slack.press("Leo", shared, "answer_not_helpful")
        assert "What was it?" in words_of(await whispered(slack, "Leo"))
        await idle(coach)
    assert slack.messages("harbor") == [shared]


async def test_a_command_in_a_channel_the_coach_is_not_in_works_all_the_same(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        await slack.command("Mara", f"/coach {QUESTION}", channel="random")
        alone = await whispered(slack, "Mara")
        await slack.press("Mara", alone, "answer_share")
        [shared] = await slack.until(lambda s: s.messages("random"))
        await slack.press("Leo", shared, "answer_helpful")
        assert "noted as helpful" in words_of(await whispered(slack, "Leo"))


async def test_a_press_under_an_answer_that_was_deleted_says_so(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        reply = await directly(slack, "Mara", QUESTION)
        await idle(coach)
        async with coach.database.write() as connection:
            await connection.execute(answers_table.delete())
        for action in ("answer_helpful", "answer_try"):
            await slack.press("Mara", reply, action)
            assert "I no longer have that answer at hand." in words_of(await whispered(slack, "Mara"))


async def test_a_press_in_another_workspace_finds_nothing(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        await directly(slack, "Mara", QUESTION)
        async with coach.database.read() as connection:
            answer_id = (await connection.execute(answers_table.select())).one().id
            assert await given(connection, "T1QUAY", answer_id) is None
