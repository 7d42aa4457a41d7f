"""What comes seldom: the pulse of a quarter, the curator's count of gaps, one question to who only asks."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.storage import tables as t
from tests.builders import an_answer, nothing
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import team_harbor
from tests.journeys.test_monday import at, committed
from tests.slack_side import Clock, buttons_of, coach_in, idle, replies_to

FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LEAVE = "what is the parental leave rule in denmark"
ASKED = [f"how do we make people talk, try {n}" for n in range(5)]


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({LEAVE: nothing(topic="coach")} | {one: an_answer(topic="follow-through") for one in ASKED})


@pytest.fixture
def clock() -> Clock:
    return Clock(FRIDAY)


def to(slack: Slack, who: str, action_id: str) -> list[str]:
    return [words_of(one) for one in slack.dm_of(who) if action_id in str(one.blocks)]


async def test_a_lead_is_asked_two_questions_once_a_quarter_and_the_last_answer_counts(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        for week in range(1, 10):
            await at(coach, clock, datetime(2026, 11, 25, 11, tzinfo=UTC) + week * timedelta(weeks=1))
        [asked] = to(slack, "Leo", "pulse_yes")
        assert "Two questions about Harbor" in asked
        [message] = [one for one in slack.dm_of("Leo") if "pulse_yes" in str(one.blocks)]
        for button in ("pulse_no", "pulse_yes", "listen_no"):
            await slack.press("Leo", message, button)
            await idle(coach)
        async with coach.database.read() as connection:
            [row] = (await connection.execute(t.pulses.select())).all()
    assert (row.lead_id, row.understands, row.listens, row.quarter) == ("U0LEO", True, False, "2026-Q4")
    assert to(slack, "Mara", "pulse_yes") == []


async def test_a_curator_gets_the_gaps_of_the_week_as_counts_and_no_words(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with coach_in(slack, answers, database_url, now=clock, curators="U0INES") as coach:
        await at(coach, clock, FRIDAY)
        asked = await slack.dm("Mara", LEAVE)
        await replies_to(slack, asked.said)
        await idle(coach)
        await at(coach, clock, datetime(2026, 11, 23, 10, 1, tzinfo=UTC))
        [digest] = [words_of(one) for one in slack.dm_of("Ines")]
        assert "how this coach works: 1-2\n" in digest
        assert "parental" not in digest

        await at(coach, clock, datetime(2026, 11, 30, 10, 1, tzinfo=UTC))
        assert len(slack.dm_of("Ines")) == 1  # nothing came to it, so there is nothing new to tell
        for _ in range(3):
            await replies_to(slack, (await slack.dm("Leo", LEAVE)).said)
        await idle(coach)
        await at(coach, clock, datetime(2026, 12, 7, 10, 1, tzinfo=UTC))
        digest = words_of(slack.dm_of("Ines")[-1])
    assert "how this coach works: 3\n" in digest


async def test_five_questions_on_one_topic_and_no_promise_bring_one_question_for_the_smallest_test(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        for one in ASKED:
            await replies_to(slack, (await slack.dm("Mara", one)).said)
        for day in range(23, 28):
            await at(coach, clock, datetime(2026, 11, day, 9, 30, tzinfo=UTC))
        await at(coach, clock, datetime(2026, 12, 9, 9, 30, tzinfo=UTC))
        [asked] = to(slack, "Mara", "gauge_try")
        [message] = [one for one in slack.dm_of("Mara") if "gauge_try" in str(one.blocks)]
    assert "What would the smallest test be?" in asked
    assert buttons_of(message) == ["Try something small", "Not now"]
    assert to(slack, "Leo", "gauge_try") == []


async def test_whoever_has_promised_something_is_not_asked_for_a_test(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        for one in ASKED:
            await replies_to(slack, (await slack.dm("Mara", one)).said)
        await committed(slack, "Mara", "Ask one question in #harbor", "in ten days")
        await at(coach, clock, datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
        assert to(slack, "Mara", "gauge_try") == []
