"""The Home tab: right for whoever opens it, and never older than what was last done."""

from datetime import timedelta
from typing import Any

import pytest

from bot.playground.blocks import elements_in
from bot.playground.faults import ErrorCode
from bot.playground.model import View
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import MONDAY, TEAM, team_harbor, window_of
from tests.slack_side import Clock, coach_in, idle, window_after


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


async def opened(slack: Slack, who: str) -> View:
    await slack.open_home(who)
    return await slack.until(lambda s: s.home_of(who))


def buttons_in(page: View) -> list[dict[str, Any]]:
    return [one for _, one in elements_in(page.payload["blocks"]) if one["type"] == "button"]


async def committed(slack: Slack, what: str, due: str = "by Friday") -> None:
    window = await window_after(slack, "Mara", slack.command("Mara", "/coach commit", channel="harbor"))
    await slack.submit(window, {"what": what, "due": due})


async def test_somebody_in_no_team_sees_how_to_begin(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with coach_in(slack, answers, database_url, now=clock):
        page = await opened(slack, "Priya")
    assert "You are in no team yet." in words_of(page)
    assert "Nothing is open." in words_of(page)
    assert [one["text"]["text"] for one in buttons_in(page) if one.get("style") == "primary"] == ["Make a commitment"]


async def test_a_guest_has_a_home_too(slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock) -> None:
    async with coach_in(slack, answers, sqlite_url, now=clock):
        assert "My commitments" in words_of(await opened(slack, "Gwen"))


async def test_it_shows_five_commitments_and_all_of_them_on_a_click(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        for n in range(6):
            await committed(slack, f"Ask question number {n} in #harbor")
        await idle(coach)
        page = await opened(slack, "Mara")
        await idle(coach)
        page = slack.home_of("Mara") or page
        assert "Due next: Friday 27 November." in words_of(page)
        assert [one["text"]["text"] for one in buttons_in(page) if one.get("style") == "primary"] == [
            "Make a commitment"
        ]
        assert str(page.payload).count("Ask question number") == 5 * 5  # the sentence, and a label for each answer
        window = await window_after(slack, "Mara", slack.press("Mara", page, "home_all"))
    assert "number 5" in words_of(window)


async def test_what_was_due_yesterday_is_not_called_next(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await committed(slack, "Ask one question in #harbor", "today")
        await committed(slack, "Thank two people who answered", "by Friday")
        await idle(coach)
        clock.move(timedelta(days=1))
        await slack.open_home("Mara")
        page = await slack.until(
            lambda s: words if "Due next: Friday" in (words := words_of(s.home_of("Mara"))) else ""
        )
    assert "Due Monday 23 November" in page


async def test_what_is_done_elsewhere_shows_at_once(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await opened(slack, "Mara")
        await committed(slack, "Ask one question in #harbor")
        await slack.until(lambda s: "Ask one question" in words_of(s.home_of("Mara")))
        await slack.press("Mara", slack.home_of("Mara"), "commitment_kept")
        await slack.until(lambda s: "Nothing is open" in words_of(s.home_of("Mara")))
        await idle(coach)


async def test_it_tells_when_the_next_nudge_comes(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock):
        page = await opened(slack, "Mara")
    assert "Next nudge: Monday 23 November at 10:00 (Europe/London), in <#C0HARBOR>." in words_of(page)


async def test_a_skipped_week_shows_and_so_do_nudges_that_were_stopped(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        clock.move(timedelta(hours=1))
        await coach.tasks.turn()
        [nudge] = [one for one in slack.messages("harbor") if "nudge_skip" in str(one.blocks)]
        await slack.press("Leo", nudge, "nudge_skip")
        await idle(coach)
        assert "Next nudge: Monday 7 December at 10:00" in words_of(await opened(slack, "Mara"))
        await slack.press("Leo", nudge, "nudge_stop")
        await idle(coach)
        await slack.open_home("Mara")
        stopped = "The weekly nudge is stopped; `/coach team` in <#C0HARBOR> starts it again."
        await slack.until(lambda s: stopped in words_of(s.home_of("Mara")))


async def test_a_newer_page_is_no_obstacle(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with coach_in(slack, answers, sqlite_url, now=clock) as coach:
        await opened(slack, "Mara")
        slack.faults.order("views.publish", ErrorCode("hash_conflict"))
        await slack.open_home("Mara")
        await idle(coach)
        assert [bool(one.error) for one in slack.calls_of("views.publish")][-2:] == [True, False]


async def test_settings_are_kept_and_used(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await opened(slack, "Mara")
        await slack.press("Mara", slack.home_of("Mara"), "home_settings")
        await slack.submit(await window_of(slack, "Mara"), {"language": "fr", "visible": "me", "pause": ["paused"]})
        await idle(coach)
        person = await coach.workplace.person("U0MARA")
        await slack.until(lambda s: "I do not write to you first." in words_of(s.home_of("Mara")))
    assert (person.date_language, person.visibility, person.paused) == ("fr", "me", True)


async def test_days_away_are_told_and_ended(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with coach_in(slack, answers, database_url, now=clock) as coach:
        await opened(slack, "Mara")
        await slack.press("Mara", slack.home_of("Mara"), "home_away")
        window = await window_of(slack, "Mara")
        await slack.submit(window, {"from": "2026-11-24", "until": "2026-11-20"})
        assert "before the first one" in window.errors["until"]
        await slack.submit(window, {"from": "2026-11-24", "until": "2026-12-14"})
        await slack.until(lambda s: "until Monday 14 December" in words_of(s.home_of("Mara")))
        await idle(coach)
        await slack.press("Mara", slack.home_of("Mara"), "home_back")
        await slack.until(lambda s: "away from" not in words_of(s.home_of("Mara")))


async def test_in_three_teams_all_three_are_shown(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with coach_in(slack, answers, sqlite_url, now=clock):
        for channel in ("harbor", "general", "leads"):
            before = slack.modal_of("Leo")
            await slack.command("Leo", "/coach team", channel=channel)
            window = await slack.until(
                lambda s, old=before: s.modal_of("Leo") if s.modal_of("Leo") is not old else None
            )
            await slack.submit(window, TEAM | {"name": f"Team {channel}"})
        page = await opened(slack, "Mara")
    assert [f"Team {name}" in words_of(page) for name in ("harbor", "general", "leads")] == [True] * 3
