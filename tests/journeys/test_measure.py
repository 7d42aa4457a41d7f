"""Scenario 8 of the product, and the life of a metric: defined, read, looked at, reviewed, changed, retired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.kernel.ids import UserId
from bot.metrics import readings, store
from bot.metrics.model import Metric, Reading, Status
from bot.playground.model import Message, View
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.slack_kit.charts import CHART
from bot.teams import store as teams
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Clock, Coach, Mode, buttons_of, coach_in, idle, window_after

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEAM = {"name": "Harbor", "leads": ["U0LEO"], "members": ["U0MARA", "U0JONAS"], "hour": "10:00"}
POSTS = {"name": "number of posts", "formula": "posts in #harbor", "unit": "posts", "direction": "higher"}
ANSWERED = "m-answered-24h"
DECIDES = "Whether #harbor needs two people who take turns."


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


@asynccontextmanager
async def harbor(slack: Slack, answers: ScriptedAnswers, url: str, clock: Clock, **more: Any) -> AsyncIterator[Coach]:
    """The coach, its base open, with Leo's team in #harbor: Mara and Jonas are in it. Here time stands still."""
    at = slack.state.now()
    slack.state.clock = lambda: at  # a click opens its window within three seconds on a busy machine too
    async with coach_in(slack, answers, url, now=clock, **more) as coach:
        await coach.keeper.look_after()
        window = await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))
        await slack.submit(window, TEAM)
        yield coach


async def define_window(slack: Slack, who: str = "Mara", channel: str = "harbor") -> View:
    return await window_after(slack, who, slack.command(who, "/coach metric", channel=channel))


async def chosen(slack: Slack, who: str, window: View, typed: str) -> None:
    """Search the catalogue and take the first that is offered."""
    before = window.hash
    [first, *_] = await slack.suggest(who, window, "metric_template", typed)
    await slack.press(who, window, "metric_template", value=first, block="template")
    await slack.until(lambda _: window.hash != before)


async def defined(slack: Slack, coach: Coach, who: str = "Mara", **more: Any) -> Metric:
    """A metric of the catalogue, with its decision."""
    window = await define_window(slack, who)
    await chosen(slack, who, window, "answered")
    await slack.submit(window, {"decision": DECIDES} | more)
    assert "is defined" in words_of(window)
    return (await active(coach))[-1]


async def active(coach: Coach) -> list[Metric]:
    async with coach.database.read() as connection:
        [team] = await teams.teams_of(connection, coach.workplace.workspace_id, UserId("U0LEO"))
        return await store.active_metrics(connection, team.id)


async def found(coach: Coach, metric: Metric) -> Metric:
    async with coach.database.read() as connection:
        known = await store.find(connection, coach.workplace.workspace_id, metric.id)
    assert known
    return known


async def history(coach: Coach, metric: Metric) -> list[Reading]:
    async with coach.database.read() as connection:
        return await readings.history_since(connection, metric, date(2020, 1, 1))


async def told(slack: Slack, who: str, typed: str, channel: str = "harbor") -> Message:
    """What a command is answered with."""
    before = len(slack.seen_only_by(who))
    await slack.command(who, typed, channel=channel)
    return (await slack.until(lambda s: s.seen_only_by(who)[before:]))[-1]


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_a_number_that_decides_nothing_is_asked_about_once_and_one_that_does_is_offered(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, mode: Mode
) -> None:
    async with harbor(slack, answers, database_url, clock, mode=mode) as coach:
        window = await define_window(slack)
        await slack.submit(window, POSTS | {"decision": "dunno"})
        shown = words_of(window)
        assert "What would you decide differently if it moved?" in shown
        assert "“number of posts” may only add noise" in shown
        assert "Or measure *Questions answered within 24 h*" in shown
        assert "as a trial of four weeks: it ends on 21 Dec 2026" in shown
        assert await active(coach) == []

        await slack.press("Mara", window, "metric_instead")
        await slack.until(lambda _: "number of posts" not in words_of(window))
        await slack.submit(window, {"decision": DECIDES})
        assert "*Questions answered within 24 h* is defined." in words_of(window)
        [metric] = await active(coach)
    assert (metric.template_id, metric.purpose.decision, metric.trial_until) == (ANSWERED, DECIDES, None)
    assert metric.purpose.owner_id == "U0MARA"


async def test_saved_all_the_same_it_is_a_trial_with_an_end(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        window = await define_window(slack)
        await slack.submit(window, POSTS | {"decision": "keine Ahnung"})
        await slack.submit(window)
        assert "It is a trial until 21 Dec 2026" in words_of(window)
        [metric] = await active(coach)
        assert (metric.name, metric.trial_until) == ("number of posts", date(2026, 12, 21))

        clock.move(timedelta(weeks=4))
        listed = await told(slack, "Mara", "/coach metrics")
        assert "The trial is over: keep it with a decision, or retire it." in words_of(listed)
        review = await window_after(slack, "Mara", slack.press("Mara", listed, "metric_review"))
        await slack.submit(review, {"decision": "?"})
        assert "found no decision yet" in review.errors["decision"]
        await slack.submit(review, {"decision": DECIDES})
        kept = await found(coach, metric)
    assert (kept.trial_until, kept.purpose.decision, kept.purpose.review_on) == (None, DECIDES, date(2027, 2, 15))


async def test_a_decision_that_is_written_when_asked_makes_it_a_metric_like_any_other(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        window = await define_window(slack)
        await slack.submit(window, POSTS)
        await slack.submit(window, {"decision": DECIDES})
        [metric] = await active(coach)
    assert (metric.name, metric.trial_until, metric.purpose.review_on) == ("number of posts", None, date(2027, 1, 18))


async def test_the_catalogue_is_searched_as_somebody_types_and_fills_the_window(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        window = await define_window(slack)
        assert len(await slack.suggest("Mara", window, "metric_template", "")) == 20
        assert await slack.suggest("Mara", window, "metric_template", "xyzzy") == []
        await slack.press(
            "Mara",
            window,
            "metric_template",
            value=(await offered(slack, window, "median"))[0],
            block="template",
            typed={"baseline": "6"},
        )
        await slack.until(lambda _: "median(reply time - question time)" in str(window.payload))
        await slack.submit(window, {"decision": DECIDES, "target": "4 h", "owner": "U0JONAS"})
        [metric] = await active(coach)
    assert (metric.name, metric.definition.unit, metric.definition.direction) == (
        "Median time to first reply",
        "hours",
        "lower",
    )
    assert (metric.purpose.baseline, metric.purpose.target, metric.purpose.owner_id) == (6, 4, "U0JONAS")
    assert metric.definition.guard.startswith("Count a question without a reply")


async def offered(slack: Slack, window: View, typed: str) -> list[dict[str, Any]]:
    return await slack.suggest("Mara", window, "metric_template", typed)


async def test_readings_by_button_show_how_it_goes_in_words_and_drawn(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        metric = await defined(slack, coach, target="80")
        listed = await told(slack, "Jonas", "/coach metrics")
        assert "*Questions answered within 24 h*: No reading yet. The target is 80 %." in words_of(listed)
        for value, day in (("41", "2026-11-09"), ("52,5 %", "2026-11-16"), ("63", None)):
            window = await window_after(slack, "Jonas", slack.press("Jonas", listed, "metric_log"))
            await slack.submit(window, {"value": value} | ({"day": day} if day else {}))
        assert "Noted: Questions answered within 24 h was 63 % on 23 Nov. Up from 41 % on 9 Nov to 63 %" in words_of(
            window
        )
        assert [(one.day.day, one.value) for one in await history(coach, metric)] == [(9, 41), (16, 52.5), (23, 63)]

        listed = await told(slack, "Jonas", "/coach metrics")
        assert buttons_of(listed) == ["Log a reading", "Trend", "Define a metric"]
        before = len(slack.seen_only_by("Jonas"))
        await slack.press("Jonas", listed, "metric_trend")
        [trend] = await slack.until(lambda s: s.seen_only_by("Jonas")[before:])
    assert "Up from 41 % on 9 Nov to 63 % on 23 Nov, which is better. The target is 80 %." in words_of(trend)
    assert "9 Nov: 41, 16 Nov: 52.5, 23 Nov: 63 (%)" in words_of(trend)
    [drawn] = [one for one in trend.blocks if one["type"] == CHART]
    assert [one["name"] for one in drawn["chart"]["series"]] == ["Questions answered…", "Target"]


async def test_a_reading_in_one_line_is_noted_and_a_second_one_corrects_it(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        metric = await defined(slack, coach)
        first = await told(slack, "Jonas", "/coach log questions answered 36 % on Friday")
        assert "Noted: Questions answered within 24 h was 36 % on 20 Nov." in words_of(first)
        second = await told(slack, "Mara", "/coach log answered 63,5 2026-11-20")
        assert "It corrects 36 %, which stays in the history." in words_of(second)
        told_of = [(one.value, one.entered_by, one.corrected_at is None) for one in await history(coach, metric)]
        assert told_of == [(36, "U0JONAS", False), (63.5, "U0MARA", True)]

        listed = await told(slack, "Mara", "/coach metrics")
        window = await window_after(
            slack, "Mara", slack.press("Mara", listed, "metric_more", value=f"metric_details {metric.id}")
        )
    assert "20 Nov: 63.5 (before: 36)" in words_of(window)


async def test_a_line_that_fits_two_metrics_asks_which_with_buttons(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        answered = await defined(slack, coach)
        clock.move(timedelta(minutes=1))
        window = await define_window(slack)
        await chosen(slack, "Mara", window, "unanswered")
        await slack.submit(window, {"decision": DECIDES})
        asked = await told(slack, "Mara", "/coach log questions 63 % yesterday")
        assert buttons_of(asked) == ["Questions answered within 24 h", "Unanswered questions"]
        assert await history(coach, answered) == []
        before = len(slack.seen_only_by("Mara"))
        await slack.press("Mara", asked, "metric_log_this:0")
        await slack.until(lambda s: s.seen_only_by("Mara")[before:])
        assert [(one.day.day, one.value) for one in await history(coach, answered)] == [(22, 63)]


async def test_changing_makes_a_new_version_and_keeps_the_readings(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        metric = await defined(slack, coach)
        await told(slack, "Mara", "/coach log answered 63")
        listed = await told(slack, "Leo", "/coach metrics")
        value = f"metric_change {metric.id}"
        first = await window_after(slack, "Leo", slack.press("Leo", listed, "metric_more", value=value))
        theirs = await told(slack, "Mara", "/coach metrics")
        second = await window_after(slack, "Mara", slack.press("Mara", theirs, "metric_more", value=value))
        await slack.submit(first, {"name": "Answered by the next day", "target": "75"})
        assert "*Answered by the next day* is changed; its readings are kept." in words_of(first)
        await slack.submit(second, {"name": "Something else"})
        assert "That metric was changed by somebody else in the meantime." in words_of(slack.modal_of("Mara") or second)
        later = await found(coach, metric)
        assert [one.value for one in await history(coach, metric)] == [63]
    assert (later.name, later.version, later.purpose.target, later.template_id) == (
        "Answered by the next day",
        2,
        75,
        ANSWERED,
    )


async def test_retiring_one_is_thanked_for_and_makes_room(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        metric = await defined(slack, coach)
        for n in (1, 2):
            window = await define_window(slack)
            await slack.submit(window, POSTS | {"name": f"Number {n} of posts", "decision": DECIDES})
        await told(slack, "Mara", "/coach log answered 63")
        refused = await told(slack, "Mara", "/coach metric")
        assert "3 active metrics already" in refused.text
        assert "Retire one first" in refused.text

        listed = await told(slack, "Mara", "/coach metrics")
        assert "Define a metric" not in buttons_of(listed)
        menu = slack.press("Mara", listed, "metric_more", value=f"metric_retire {metric.id}")
        window = await window_after(slack, "Mara", menu)
        await slack.submit(window, {"because": "The rota runs by itself now."})
        assert "Thank you: *Questions answered within 24 h* is retired. Its one reading is kept." in words_of(window)
        gone = await found(coach, metric)
        assert len(await active(coach)) == 2
    assert (gone.status, gone.retired_because) == (Status.RETIRED, "The rota runs by itself now.")


async def test_from_the_home_tab_the_metrics_open_in_a_window(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        await defined(slack, coach)
        await told(slack, "Mara", "/coach log answered 41 yesterday")
        await told(slack, "Mara", "/coach log answered 63")
        await idle(coach)
        await slack.open_home("Mara")
        page = await slack.until(lambda s: s.home_of("Mara"))
        await slack.until(lambda s: "63 % on 23 Nov" in words_of(page))
        window = await window_after(slack, "Mara", slack.press("Mara", page, "home_metrics"))
        await slack.press("Mara", window, "metric_trend")
        await slack.until(lambda _: "22 Nov: 41, 23 Nov: 63 (%)" in words_of(window))
        await idle(coach)
