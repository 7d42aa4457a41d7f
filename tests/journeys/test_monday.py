"""Scenario 5, and what comes each week: the right word once, in people's hours, never twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.commitments.model import Status
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.storage import tables as t
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import MONDAY, of, team_harbor
from tests.slack_side import Clock, Coach, buttons_of, idle, window_after

FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


@pytest.fixture
def clock() -> Clock:
    return Clock(FRIDAY)


async def committed(slack: Slack, who: str, what: str, due: str) -> None:
    window = await window_after(slack, who, slack.command(who, "/coach commit", channel="harbor"))
    await slack.submit(window, {"what": what, "due": due})


async def at(coach: Coach, clock: Clock, moment: datetime) -> None:
    """It is that moment; whatever is due by then happens."""
    clock.move(moment - clock())
    await coach.tasks.turn()


def in_paris(day: int, hour: float, month: int = 11) -> datetime:
    """An hour in Mara's zone, in winter time."""
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour - 1)


def digests(slack: Slack) -> list[str]:
    return [words_of(one) for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]


async def test_on_monday_at_ten_mara_gets_one_digest_with_both(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await committed(slack, "Mara", "Thank two people who answered", "on Monday")
        await at(coach, clock, in_paris(23, 9.9))
        assert digests(slack) == []
        await at(coach, clock, in_paris(23, 10))
        await at(coach, clock, in_paris(23, 10.1))
        [digest] = digests(slack)
        [message] = [one for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]
    assert "You promised 2 things for today." in digest
    assert ("Ask one question" in digest, "Thank two people" in digest) == (True, True)
    assert buttons_of(message)[:4] == ["Kept", "Not yet", "Move", "Drop"]
    assert buttons_of(message)[-5:] == ["Update", "Later today", "Next week", "I'm away", "Pause"]


async def test_an_answer_in_the_digest_takes_the_place_of_its_question(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await committed(slack, "Mara", "Thank two people who answered", "on Monday")
        await at(coach, clock, in_paris(23, 10))
        [message] = [one for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]
        first = (await of(coach))[-1]
        await slack.press("Mara", message, "commitment_kept", value=first.id)
        await slack.until(lambda _: "Kept. Well done" in words_of(message))
        await idle(coach)
        assert [one.status for one in await of(coach)] == [Status.OPEN, Status.KEPT]
    assert "Thank two people who answered" in words_of(message)


async def test_days_away_never_count(slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await at(coach, clock, in_paris(23, 10))
        [message] = [one for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]
        window = await window_after(slack, "Mara", slack.press("Mara", message, "digest_away"))
        await slack.submit(window, {"from": "2026-11-24", "until": "2026-12-14"})
        for day in range(24, 31):
            await at(coach, clock, in_paris(day, 10))
        await at(coach, clock, in_paris(14, 10, month=12))
        assert len(digests(slack)) == 1
        [still] = await of(coach)
        assert still.is_open
        await at(coach, clock, in_paris(15, 10, month=12))
        assert len(digests(slack)) == 2
        assert "Welcome back. You promised one thing for Monday 23 November. How did it go?" in digests(slack)[-1]


async def test_what_was_due_on_a_weekend_is_asked_on_monday_by_its_own_day(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    clock.move(-A_DAY)
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Saturday")
        await committed(slack, "Mara", "Thank two people who answered", "on Monday")
        await at(coach, clock, in_paris(20, 10))
        assert "Due by Monday 23 November, in case it helps." in digests(slack)[0]
        await at(coach, clock, in_paris(23, 10))
    assert "You promised 2 things, the first for Saturday 21 November, the last for today." in digests(slack)[-1]


async def test_whoever_was_away_until_the_weekend_is_welcomed_back_on_monday(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await at(coach, clock, in_paris(23, 10))
        [message] = [one for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]
        window = await window_after(slack, "Mara", slack.press("Mara", message, "digest_away"))
        await slack.submit(window, {"from": "2026-11-24", "until": "2026-11-28"})
        await at(coach, clock, in_paris(30, 10))
        assert "Welcome back." in digests(slack)[-1]


async def test_one_gentle_repeat_after_three_days_then_silence(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        seen = {}
        for day in range(23, 31):
            await at(coach, clock, in_paris(day, 10.2))
            seen[day] = len(digests(slack))
        await at(coach, clock, in_paris(1, 10.2, month=12))
        [silent] = await of(coach)
    assert (seen[23], seen[25], seen[26], seen[30]) == (1, 1, 2, 2)
    assert silent.status is Status.SILENT


async def test_when_the_clocks_change_it_is_still_ten(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    clock.move(datetime(2026, 10, 23, 8, tzinfo=UTC) - clock())
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await at(coach, clock, datetime(2026, 10, 26, 8, 59, tzinfo=UTC))  # 9:59 in winter time, 10:59 in summer time
        assert digests(slack) == []
        await at(coach, clock, datetime(2026, 10, 26, 9, 0, tzinfo=UTC))
        assert len(digests(slack)) == 1


async def test_what_was_kept_is_not_asked_about(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        said = await slack.dm("Mara", "did it")
        await slack.until(lambda s: s.thread_of(said.said))
        await at(coach, clock, in_paris(23, 10))
        assert digests(slack) == []


@pytest.mark.parametrize("button", ["digest_pause", "digest_next_week"])
async def test_whoever_wants_quiet_gets_it(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock, button: str
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await at(coach, clock, in_paris(23, 10))
        [message] = [one for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]
        await slack.press("Mara", message, button)
        await idle(coach)
        for day in (24, 25, 26, 27):
            await at(coach, clock, in_paris(day, 10))
        assert len(digests(slack)) == 1


async def test_later_today_comes_once_more_on_the_same_day(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        await at(coach, clock, in_paris(23, 10))
        [message] = [one for one in slack.dm_of("Mara") if "digest_update" in str(one.blocks)]
        await slack.press("Mara", message, "digest_later")
        await idle(coach)
        await at(coach, clock, in_paris(23, 13.1))
        assert len(digests(slack)) == 2


async def test_nobody_is_disturbed_who_does_not_want_to_be(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    slack.grant("dnd:read")
    until = in_paris(23, 14)
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Mara", "Ask one question in #harbor", "on Monday")
        slack.state.person("Mara").do_not_disturb = (int(in_paris(23, 8).timestamp()), int(until.timestamp()))
        await at(coach, clock, in_paris(23, 10))
        assert digests(slack) == []
        await at(coach, clock, until + timedelta(minutes=1))
        assert len(digests(slack)) == 1


def nudges(slack: Slack) -> list[str]:
    return [words_of(one) for one in slack.messages("harbor") if "nudge_skip" in str(one.blocks)]


async def test_the_team_gets_one_nudge_a_week_at_its_hour(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await at(coach, clock, datetime(2026, 11, 23, 9, 59, tzinfo=UTC))
        assert nudges(slack) == []
        await at(coach, clock, datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
        for day in range(24, 30):
            await at(coach, clock, datetime(2026, 11, day, 12, 0, tzinfo=UTC))
        [nudge] = nudges(slack)
        assert "Why now: Your team has no metric yet." in nudge
        await at(coach, clock, datetime(2026, 11, 30, 10, 0, tzinfo=UTC))
        assert len(nudges(slack)) == 2


async def test_after_three_weeks_of_silence_it_asks_once_and_comes_half_as_often(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        for week in range(9):
            await at(coach, clock, datetime(2026, 11, 23, 10, 0, tzinfo=UTC) + week * timedelta(weeks=1))
        asked = [one for one in nudges(slack) if "Shall I stop writing here?" in one]
    assert len(asked) == 1
    assert len(nudges(slack)) == 6  # three, the question, and two in the four weeks after it


async def test_a_lead_may_stop_it_and_nobody_else(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await at(coach, clock, datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
        [message] = [one for one in slack.messages("harbor") if "nudge_skip" in str(one.blocks)]
        await slack.press("Mara", message, "nudge_stop")
        told = await slack.until(lambda s: s.seen_only_by("Mara"))
        assert "Only a lead of this team can stop its nudges." in words_of(told[-1])
        await slack.press("Leo", message, "nudge_stop")
        await idle(coach)
        for week in range(1, 4):
            await at(coach, clock, MONDAY + week * timedelta(weeks=1) + timedelta(hours=1))
        assert len([one for one in slack.messages("harbor") if "nudge_skip" in str(one.blocks)]) == 0


async def test_a_nudge_becomes_a_commitment_in_one_click(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        for week in range(4):
            await at(coach, clock, datetime(2026, 11, 23, 10, 0, tzinfo=UTC) + week * timedelta(weeks=1))
        last = [one for one in slack.messages("harbor") if "nudge_skip" in str(one.blocks)][-1]
        window = await window_after(slack, "Mara", slack.press("Mara", last, "nudge_commit"))
        await slack.submit(window, {"what": "Answer one question in #harbor today", "due": "today"})
        await idle(coach)
        async with coach.database.read() as connection:
            acted = [row.acted_at for row in await connection.execute(t.nudges.select())]
        [kept] = await of(coach)
    assert kept.promise.team_id
    assert len([one for one in acted if one]) == 1


async def test_a_machine_that_slept_three_weeks_sends_once(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await at(coach, clock, datetime(2026, 12, 14, 11, 0, tzinfo=UTC))
        await at(coach, clock, datetime(2026, 12, 15, 11, 0, tzinfo=UTC))
    assert len(nudges(slack)) == 1
