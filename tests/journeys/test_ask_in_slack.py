"""Scenarios 1 to 3 and 9 of the product, told through the real app against the stand-in for Slack."""

import pytest

from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.questions.model import Memory
from tests.builders import an_answer, nothing, the_closest
from tests.builders_knowledge import an_entry
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Mode, buttons_of, coach_in, idle, questions_passed_on, replies_to, window_after

PAYS_OFF = "How do other companies measure whether internal social tools pay off?"
LEAVE = "What is the parental leave rule in Denmark?"
BOARDS = "what share of boards get reports?"
REPORTS = an_answer("8% of directors see a report.", card="who-reports", searched="who gets reports")


@pytest.fixture(params=["http", "socket"])
def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


async def test_a_question_in_a_dm_gets_a_sourced_answer_and_one_thing_to_try(
    slack: Slack, database_url: str, mode: Mode
) -> None:
    entry = an_entry("mckinsey", "14%", sample="184 executives")
    answers = ScriptedAnswers({PAYS_OFF: an_answer("14% use social metrics for performance.", entry=entry)})
    async with coach_in(slack, answers, database_url, mode=mode):
        asked = await slack.dm("Mara", PAYS_OFF)
        [reply] = await replies_to(slack, asked.said)
        shown = words_of(reply)
        assert asked.delivery.acknowledged
        assert "14% use social metrics for performance [1]." in shown
        assert "1. Doe, J. (2012). A survey. survey; 184 executives." in shown
        assert "*Try within 7 days:* Count one thing by hand." in shown
        assert buttons_of(reply) == ["Helpful", "Not helpful", "Try this within 7 days"]
        assert slack.status_at(asked.said) == ""  # shown while it was looked up, gone with the answer

        await slack.press("Mara", reply, "answer_helpful")
        await slack.until(lambda _: "Thank you, noted as helpful." in words_of(reply))
        window = await window_after(slack, "Mara", slack.press("Mara", reply, "answer_try"))
    assert "Count one thing by hand." in str(window.payload["blocks"])
    assert buttons_of(reply) == ["Try this within 7 days"]
    assert "14% use social metrics for performance [1]." in words_of(reply)


async def test_the_same_event_delivered_twice_gives_one_answer(slack: Slack, database_url: str, mode: Mode) -> None:
    answers = ScriptedAnswers({PAYS_OFF: an_answer()})
    async with coach_in(slack, answers, database_url, mode=mode) as coach:
        asked = await slack.dm("Mara", PAYS_OFF)
        again = await slack.deliver_again(asked.delivery)
        await replies_to(slack, asked.said)
        await idle(coach)
    assert again.acknowledged
    assert len(slack.thread_of(asked.said)) == 1
    assert len(answers.asked) == 1


async def test_what_is_not_covered_gets_the_topics_and_a_way_to_the_curator(slack: Slack, database_url: str) -> None:
    answers = ScriptedAnswers({LEAVE: nothing("rules, risk, privacy and law")})
    async with coach_in(slack, answers, database_url):
        asked = await slack.dm("Mara", LEAVE)
        [reply] = await replies_to(slack, asked.said)
    assert "I have nothing on that. The nearest I know about: rules, risk, privacy and law." in words_of(reply)
    assert "[1]" not in words_of(reply)
    assert buttons_of(reply) == ["Pass it to the curator"]


async def test_nothing_is_passed_on_before_the_asker_has_seen_what(slack: Slack, database_url: str) -> None:
    answers = ScriptedAnswers({LEAVE: nothing()})
    async with coach_in(slack, answers, database_url) as coach:
        asked = await slack.dm("Mara", LEAVE)
        [reply] = await replies_to(slack, asked.said)
        await slack.press("Mara", reply, "answer_pass")
        await slack.until(lambda _: "Pass it on" in buttons_of(reply))
        assert LEAVE in words_of(reply)
        assert await questions_passed_on(coach) == []

        await slack.press("Mara", reply, "pass_cancel")
        await slack.until(lambda _: buttons_of(reply) == ["Pass it to the curator"])
        assert await questions_passed_on(coach) == []

        await slack.press("Mara", reply, "answer_pass")
        await slack.until(lambda _: "Pass it on" in buttons_of(reply))
        await slack.press("Mara", reply, "pass_unnamed")
        await slack.until(lambda _: "without your name" in words_of(reply))
        assert await questions_passed_on(coach) == [LEAVE]
    assert buttons_of(reply) == []


async def test_a_mention_is_answered_in_its_thread_and_a_follow_up_knows_what_went_before(
    slack: Slack, database_url: str, mode: Mode
) -> None:
    close = an_answer("Close: 24% is senior managers; directors are 8%.", card="who-reports")
    answers = ScriptedAnswers({BOARDS: REPORTS, "So 24% of boards, good.": close})
    async with coach_in(slack, answers, database_url, mode=mode):
        asked = await slack.mention("Mara", "harbor", BOARDS)
        [reply] = await replies_to(slack, asked.said)
        assert "8% of directors see a report [1]." in words_of(reply)
        assert "mention me again" in words_of(reply)

        again = await slack.mention("Leo", "harbor", "So 24% of boards, good.", thread=asked.said)
        replies = await slack.until(lambda s: len(s.thread_of(again.said)) == 3 and s.thread_of(again.said))
    assert "Close: 24% is senior managers" in words_of(replies[-1])
    assert answers.asked[1] == ("So 24% of boards, good.", Memory("who gets reports", ("who-reports",), ("measure",)))
    assert [one.text for one in slack.messages("harbor") if not one.is_reply] == [asked.said.text]


async def test_a_reply_in_its_thread_is_answered_without_a_mention_where_history_is_granted(
    slack: Slack, database_url: str
) -> None:
    slack.grant("channels:history")
    slack.subscribe("message.channels")
    answers = ScriptedAnswers({BOARDS: REPORTS, "And for managers?": an_answer("24% of managers.")})
    async with coach_in(slack, answers, database_url) as coach:
        asked = await slack.mention("Mara", "harbor", BOARDS)
        [reply] = await replies_to(slack, asked.said)
        assert "mention me again" not in words_of(reply)

        await slack.reply("Leo", reply, "And for managers?")
        await slack.until(lambda s: len(s.thread_of(reply)) == 3)
        await idle(coach)
    assert "24% of managers [1]." in words_of(slack.thread_of(reply)[-1])
    assert len(answers.asked) == 2


async def test_a_reply_that_mentions_only_another_person_is_left_alone(slack: Slack, database_url: str) -> None:
    slack.grant("channels:history")
    slack.subscribe("message.channels")
    answers = ScriptedAnswers({BOARDS: REPORTS})
    async with coach_in(slack, answers, database_url) as coach:
        asked = await slack.mention("Mara", "harbor", BOARDS)
        [reply] = await replies_to(slack, asked.said)
        await slack.reply("Leo", reply, "@mara is that so?")
        await slack.say("Leo", "harbor", "And something outside of any thread")
        await idle(coach)
    assert len(answers.asked) == 1


async def test_talk_between_people_in_its_thread_is_not_interrupted(slack: Slack, database_url: str) -> None:
    slack.grant("channels:history")
    slack.subscribe("message.channels")
    answers = ScriptedAnswers({BOARDS: REPORTS, "Shall we have lunch?": nothing(), "Close enough?": the_closest()})
    async with coach_in(slack, answers, database_url) as coach:
        asked = await slack.mention("Mara", "harbor", BOARDS)
        [reply] = await replies_to(slack, asked.said)
        await slack.reply("Leo", reply, "Shall we have lunch?")
        await slack.reply("Leo", reply, "Close enough?")
        await idle(coach)
    assert [one.user for one in slack.thread_of(asked.said)] == ["U0COACH", "U0LEO", "U0LEO"]


async def test_whoever_passed_a_question_on_gets_its_answer_once_a_card_has_it(slack: Slack, database_url: str) -> None:
    answers = ScriptedAnswers({LEAVE: nothing()})
    async with coach_in(slack, answers, database_url) as coach:
        for person, consent in (("Mara", "pass_named"), ("Leo", "pass_unnamed"), ("Aiko", None)):
            await ask_and_pass_on(slack, person, consent)
        assert sorted(await questions_passed_on(coach)) == [LEAVE, LEAVE]

        answers.script[LEAVE] = an_answer("Six weeks, as the law says.")
        answers.changed = True
        await coach.keeper.look_after()
        told = await slack.until(lambda s: [one for one in s.dm_of("Mara") if "Six weeks" in words_of(one)])
        answers.changed = True
        await coach.keeper.look_after()
        await idle(coach)
        assert await questions_passed_on(coach) == []
    assert LEAVE in words_of(told[0])
    assert len([one for one in slack.dm_of("Mara") if "Six weeks" in words_of(one)]) == 1
    assert not [one for name in ("Leo", "Aiko") for one in slack.dm_of(name) if "Six weeks" in words_of(one)]


async def ask_and_pass_on(slack: Slack, who: str, consent: str | None) -> Message:
    asked = await slack.dm(who, LEAVE)
    [reply] = await replies_to(slack, asked.said)
    if consent:
        await slack.press(who, reply, "answer_pass")
        await slack.until(lambda _: "Pass it on" in buttons_of(reply))
        await slack.press(who, reply, consent)
        await slack.until(lambda _: "Passed on" in words_of(reply))
    return reply
