"""What somebody asks about what is their own is answered to them from the database, and about others to nobody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.kernel.ids import ChannelId
from bot.metrics import readings
from bot.metrics import store as metrics
from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from tests.builders import an_answer
from tests.builders_metrics import a_metric
from tests.builders_reports import DAY, LEO, MARA, MONDAY, NOW, harbor, promised, put_team
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Clock, Coach, coach_in, idle, replies_to

HARBOR = replace(harbor(), channel_id=ChannelId("C0HARBOR"))
TODAY = NOW.date()


@asynccontextmanager
async def team_harbor(slack: Slack, url: str, answers: ScriptedAnswers | None = None) -> AsyncIterator[Coach]:
    async with coach_in(slack, answers or ScriptedAnswers({}), url, now=Clock(NOW)) as coach:
        metric = a_metric("Median response time", team=HARBOR, unit="h")
        async with coach.database.write() as connection:
            await put_team(connection, HARBOR)
            await promised(connection, HARBOR, MARA, TODAY + 2 * DAY, what="Write the plan")
            await promised(connection, HARBOR, MARA, TODAY + 20 * DAY, what="Tidy the channel")
            await promised(connection, HARBOR, MARA, MONDAY, what="Ask in the open")
            await promised(connection, HARBOR, MARA, MONDAY, "kept", what="Thank two people")
            await promised(connection, HARBOR, LEO, TODAY + 2 * DAY, what="Answer in #help")
            await metrics.add(connection, metric, "view:1")
            for week, value in enumerate((5.5, 7, 9)):
                day = MONDAY - week * timedelta(weeks=1)
                await readings.put_reading(connection, metric, day, value, by=MARA, now=NOW)
        yield coach


async def asked(slack: Slack, coach: Coach, who: str, words: str) -> str:
    question: Message = (await slack.dm(who, words)).message  # type: ignore[assignment]
    [answer] = await replies_to(slack, question)
    await idle(coach)
    return words_of(answer)


async def test_mara_asks_what_she_committed_to(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        told = await asked(slack, coach, "Mara", "What did I commit to?")
    assert "You have 3 open commitments." in told
    assert "Write the plan" in told
    assert "Answer in #help" not in told
    assert "Thank two people" not in told


async def test_what_is_due_this_week_is_hers_and_what_still_waits_for_a_word(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        told = await asked(slack, coach, "Mara", "what is due this week?")
    assert "2 commitments of yours are due up to Sunday 29 November." in told
    assert "Write the plan" in told
    assert "Ask in the open" in told
    assert "Tidy the channel" not in told


async def test_nothing_due_is_said_in_a_line(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        told = await asked(slack, coach, "Ines", "what is due tomorrow?")
    assert told == "Nothing of yours is due on Tuesday 24 November."


async def test_how_a_metric_of_her_team_goes(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        told = await asked(slack, coach, "Mara", "How is our response time doing?")
    assert "*Median response time*" in told
    assert "Down from 9 h on 2 Nov to 5.5 h on 16 Nov" in told


async def test_the_metric_of_a_team_somebody_is_not_in_is_a_question_to_the_base(slack: Slack, sqlite_url: str) -> None:
    question = "How is our response time doing?"
    async with team_harbor(slack, sqlite_url, ScriptedAnswers({question: an_answer()})) as coach:
        told = await asked(slack, coach, "Ines", question)
    assert "Median response time" not in told


@pytest.mark.parametrize("question", ["¿Qué prometí?", "Was habe ich versprochen?", "Quels sont mes engagements ?"])
async def test_it_is_understood_in_four_languages(slack: Slack, sqlite_url: str, question: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        told = await asked(slack, coach, "Mara", question)
    assert "You have 3 open commitments." in told


async def test_the_same_message_delivered_twice_is_answered_once(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        done = await slack.dm("Mara", "What did I commit to?")
        await slack.deliver_again(done.deliveries[0])
        await idle(coach)
        assert done.message
        assert len(await replies_to(slack, done.message)) == 1
