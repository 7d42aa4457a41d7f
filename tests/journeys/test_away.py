""" "Away until the 14th", said in a direct message: noted, told back, seen in the Home tab."""

import pytest

from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import MONDAY, team_harbor
from tests.journeys.test_home import opened
from tests.slack_side import Clock, idle, replies_to


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.mark.parametrize(
    ("words", "until"),
    [("I'm away until the 14th", "Monday 14 December"), ("bis zum 4. Dezember im Urlaub", "Friday 4 December")],
)
async def test_days_away_said_in_words_are_told_back_and_stand_in_home(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, words: str, until: str
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        said = await slack.dm("Mara", words)
        [reply] = await replies_to(slack, said.said)
        assert f"until {until}, that day too. None of these days counts" in words_of(reply)
        await idle(coach)
        assert until in words_of(await opened(slack, "Mara"))


async def test_whose_holiday_it_is_is_heard(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await slack.open_home("Mara")
        await slack.dm("Mara", "I'll ask Ana on Friday, she is on holiday until the 14th")
        await idle(coach)
        assert "You are away" not in words_of(await opened(slack, "Mara"))
