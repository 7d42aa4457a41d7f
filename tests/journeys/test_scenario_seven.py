"""Scenario 7 told from the beginning: nine promises made, ended and left alone in Slack, then Leo's report."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import of
from tests.slack_side import Clock, Coach, coach_in, idle, window_after

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
MEMBERS = ["U0MARA", "U0JONAS", "U0AIKO", "U0TOMAS", "U0PRIYA"]
TEAM = {"name": "Harbor", "leads": ["U0LEO"], "members": MEMBERS, "hour": "10:00"}
ENDS = {"Leo": "kept", "Mara": "kept", "Jonas": "kept", "Aiko": "kept", "Tomas": "kept"}


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@asynccontextmanager
async def harbor(slack: Slack, answers: ScriptedAnswers, url: str, clock: Clock) -> AsyncIterator[Coach]:
    """Six people in a team, and a week in which nine things were due."""
    async with coach_in(slack, answers, url, now=clock) as coach:
        window = await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))
        await slack.submit(window, TEAM)
        for who in ENDS:
            await committed(slack, who, f"Ask one question in #harbor, says {who}")
        for who in ("Mara", "Jonas", "Aiko", "Tomas"):
            await committed(slack, who, f"Thank two people, says {who}")
        for who in ENDS:
            await end(slack, coach, who, "commitment_kept")
        for who in ("Mara", "Jonas"):
            await end(slack, coach, who, "commitment_move", {"day": "2026-12-02"})
        await end(slack, coach, "Aiko", "commitment_drop", {"reason": "Nobody needs it any more."})
        clock.move(timedelta(days=9))
        yield coach


async def committed(slack: Slack, who: str, what: str) -> None:
    window = await window_after(slack, who, slack.command(who, "/coach commit", channel="harbor"))
    await slack.submit(window, {"what": what, "due": "by Friday"})


async def end(slack: Slack, coach: Coach, who: str, action_id: str, form: dict[str, object] | None = None) -> None:
    """What somebody does with the first of their open commitments."""
    await idle(coach)
    shown = await told(slack, who, "/coach commitments")
    user_id = f"U0{who.upper()}"
    first = next(one for one in reversed(await of(coach, user_id)) if one.is_open)
    pressed = slack.press(who, shown, action_id, value=first.id)
    if form is None:
        await pressed
    else:
        await slack.submit(await window_after(slack, who, pressed), form)
    await idle(coach)


async def told(slack: Slack, who: str, typed: str, channel: str = "harbor") -> Message:
    before = len(slack.seen_only_by(who))
    await slack.command(who, typed, channel=channel)
    return (await slack.until(lambda s: s.seen_only_by(who)[before:], timeout=10))[-1]


async def test_leo_s_report_begins_with_his_own_and_accounts_for_the_team(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock):
        report = words_of(await told(slack, "Leo", "/coach report last week"))
    assert report.index("You first") < report.index("9 due: 8 accounted for")
    assert "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered" in report
    assert "Tomas" not in report
    assert "barriers" not in report.lower()  # fewer than five reasons were given


async def test_the_file_says_the_same_as_the_message(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    slack.grant("files:write")
    async with harbor(slack, answers, database_url, clock) as coach:
        report = await told(slack, "Leo", "/coach report last week")
        await slack.press("Leo", report, "report_csv")
        await idle(coach)
        [upload] = slack.state.uploads.values()
    rows = [line.split(",") for line in (upload.content or b"").decode().splitlines()[1:]]
    counts = {name: value for _, name, value, _, unit in rows if unit == "count"}
    assert (counts["due"], counts["accounted_for"], counts["unanswered"]) == ("9", "8", "1-2")
    assert (counts["kept"], counts["dropped"]) == ("5", "1")


async def test_it_comes_by_itself_the_day_after_the_nudge_and_asks_once_whether_to_stop(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        for week in range(5):
            moment = datetime(2026, 12, 1, 10, 1, tzinfo=UTC) + week * timedelta(weeks=1)
            clock.move(moment - clock())
            await coach.tasks.turn()
        letters = [one for one in slack.dm_of("Leo") if "report_open" in str(one.blocks)]
        asked = ["Shall I stop sending it?" in words_of(one) for one in letters]
        assert asked == [False, False, True, False, False]
        await slack.press("Leo", letters[2], "report_stop")
        await idle(coach)
        clock.move(timedelta(weeks=1))
        await coach.tasks.turn()
        assert len([one for one in slack.dm_of("Leo") if "report_open" in str(one.blocks)]) == len(letters) - 1
