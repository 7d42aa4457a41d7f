"""Metrics and bad input: a plain sentence beside the field or to the person, and nothing is another one afterwards."""

from dataclasses import replace

import pytest

from bot.delivery.speaker import Place
from bot.metrics.model import Metric
from bot.playground.model import View
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.slack_kit.pieces import actions, button, message
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_measure import (
    DECIDES,
    MONDAY,
    POSTS,
    TEAM,
    active,
    define_window,
    defined,
    found,
    harbor,
    history,
    told,
)
from tests.slack_side import Clock, Coach, idle, window_after

FORM = POSTS | {"decision": DECIDES}


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


WRONG = [
    ({"name": "   "}, "name", "with letters in it"),
    ({"name": "🎉🎉"}, "name", "with letters in it"),
    ({"formula": " \u200b "}, "formula", "how it is counted"),
    ({"unit": "  "}, "unit", "what it is counted in"),
    ({"baseline": "twelve"}, "baseline", "in digits"),
    ({"target": "*12*"}, "target", "in digits"),
    ({"target": "-5"}, "target", "not below zero"),
    ({"unit": "%", "target": "120 %"}, "target", "between 0 and 100"),
    ({"baseline": "20", "target": "10"}, "target", "below where you start"),
    ({"owner": "U0DEPLOY"}, "owner", "A bot"),
    ({"owner": "U0COACH"}, "owner", "A bot"),
    ({"owner": "U0GONE"}, "owner", "no longer here"),
    ({"owner": "U0INES"}, "owner", "somebody of the team"),
    ({"review": "2026-11-23"}, "review", "from tomorrow on"),
    ({"review": "2028-11-23"}, "review", "more than a year away"),
]
RIGHT = FORM | {"baseline": "", "target": "", "owner": "U0MARA", "review": "2027-01-18"}


async def test_a_wrong_field_is_explained_beside_it_and_no_metric_is_made(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        window = await define_window(slack)
        for wrong, field, sentence in WRONG:
            await slack.submit(window, RIGHT | wrong)
            assert sentence in window.errors.get(field, ""), wrong
        assert await active(coach) == []


async def test_in_a_window_filled_from_the_catalogue_the_sentence_stands_beside_its_field_too(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock):
        window = await define_window(slack)
        [first, *_] = await slack.suggest("Mara", window, "metric_template", "answered")
        await slack.press("Mara", window, "metric_template", value=first, block="template")
        await slack.until(lambda _: "name:m-answered-24h" in str(window.payload))
        await slack.submit(window, {"name:m-answered-24h": "42", "decision": DECIDES})
        assert "with letters in it" in window.errors["name:m-answered-24h"]


async def test_markup_in_a_metric_comes_out_as_it_was_typed(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    name = "R&D <!channel> *bold* :tada:"
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        window = await define_window(slack)
        await slack.submit(window, FORM | {"name": name})
        [metric] = await active(coach)
        listed = await told(slack, "Mara", "/coach metrics")
    assert metric.name == name
    for shown in (words_of(window), words_of(listed), listed.text):
        assert "&lt;!channel&gt;" in shown
        assert "<!channel>" not in shown


async def test_a_second_metric_of_the_same_name_is_refused(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        for name in ("Number of posts", "number of POSTS"):
            window = await define_window(slack)
            await slack.submit(window, FORM | {"name": name})
        assert "of that name already" in window.errors["name"]
        assert len(await active(coach)) == 1


async def test_a_window_that_is_sent_off_twice_makes_one_metric(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        window = await define_window(slack)
        first = await slack.submit(window, FORM)
        again = await slack.deliver_again(first.deliveries[0])
        assert again.acknowledged
        assert len(await active(coach)) == 1


async def test_a_fourth_window_that_was_open_already_is_told_that_three_are_enough(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        waiting = await define_window(slack, "Jonas")
        for n in range(3):
            await slack.submit(await define_window(slack), FORM | {"name": f"Number {n} of posts"})
        await slack.submit(waiting, FORM)
        assert "3 active metrics already" in words_of(slack.modal_of("Jonas") or waiting)
        assert len(await active(coach)) == 3


IMPOSSIBLE = [
    ({"value": "twelve"}, "value", "in digits"),
    ({"value": "🎉"}, "value", "in digits"),
    ({"value": "120"}, "value", "between 0 and 100"),
    ({"value": "-1 %"}, "value", "between 0 and 100"),
    ({"value": "4 hours"}, "value", "counted in %"),
    ({"value": "63", "day": "2026-11-24"}, "day", "not come yet"),
]


async def test_a_value_that_cannot_be_is_asked_again(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        window = await reading_window(slack, "Mara")
        for typed, field, sentence in IMPOSSIBLE:
            await slack.submit(window, typed)
            assert sentence in window.errors.get(field, ""), typed
        assert await history(coach, metric) == []


LINES = {
    "answered 120 %": "Questions answered within 24 h: A share lies between 0 and 100 %.",
    "answered twelve": "I read no single value in that, or not the day.",
    "answered 63 % tomorrow": "That day has not come yet.",
    "answered 63 % some day": "This is counted in %",
    "answered 63 % 3/4": "I read no single value in that, or not the day.",
    "answered 1 2 3": "I read no single value in that, or not the day.",
    "answered <!channel> *x*": "I read no single value in that, or not the day.",
    f"answered 63 {'x' * 500}": "I read no single value in that, or not the day.",
}


async def test_a_line_that_cannot_be_taken_is_answered_with_a_sentence(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        for line, sentence in LINES.items():
            assert sentence in (await told(slack, "Mara", f"/coach log {line}")).text, line
        assert await history(coach, metric) == []


async def test_a_name_that_no_metric_has_asks_which_one_it_is(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        await slack.submit(await define_window(slack), FORM)
        assert (await told(slack, "Mara", "/coach log xyzzy 63")).text == "Which one is 63 of?"
        assert await history(coach, metric) == []


async def test_somebody_from_outside_sees_and_does_nothing(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, database_url, clock) as coach:
        metric = await defined(slack, coach)
        for typed in ("metrics", "metric", "log answered 63 %"):
            refused = await told(slack, "Ines", f"/coach {typed}")
            assert refused.text.startswith("Only people of the team can see its metrics.")
        assert "There is no team here." in (await told(slack, "Ines", "/coach metrics", channel="random")).text
        assert slack.modal_of("Ines") is None
        assert (await history(coach, metric), await found(coach, metric)) == ([], metric)


ACTIONS = ("metric_log", "metric_trend", "metric_details", "metric_review", "metric_change", "metric_retire")


async def test_a_button_pressed_by_somebody_from_outside_does_nothing(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    """A message with buttons can be seen by others: a nudge stands in a channel."""
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        for action in ACTIONS:
            said = await press_in_channel(slack, coach, "Ines", action, metric)
            assert said.startswith("Only people of the team can see its metrics."), action
        assert slack.modal_of("Ines") is None
        assert await found(coach, metric) == metric


async def test_a_member_who_does_not_own_it_cannot_review_change_or_retire_it(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach, "Mara")
        for action in ("metric_review", "metric_change", "metric_retire"):
            said = await press_in_channel(slack, coach, "Jonas", action, metric)
            assert said.startswith("Only its owner and the team's leads can change or retire a metric."), action
        listed = await told(slack, "Jonas", "/coach metrics")
        assert "Retire" not in words_of(listed)
        assert await found(coach, metric) == metric


async def test_a_window_of_somebody_who_has_left_the_team_is_not_taken(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        window = await reading_window(slack, "Jonas")
        edited = await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))
        await slack.submit(edited, TEAM | {"members": ["U0MARA"]})
        await slack.submit(window, {"value": "63"})
        assert "Only people of the team can see its metrics." in words_of(slack.modal_of("Jonas") or window)
        assert await history(coach, metric) == []


async def test_an_old_button_of_a_retired_metric_says_so(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        open_one = await reading_window(slack, "Jonas")
        await retired(slack, metric)
        for action in ("metric_log", "metric_review", "metric_change", "metric_retire"):
            said = await press_in_channel(slack, coach, "Mara", action, metric)
            assert said.startswith("That metric was retired in the meantime. Its readings are kept."), action
        await slack.submit(open_one, {"value": "63"})
        assert "That metric was retired in the meantime." in words_of(slack.modal_of("Jonas") or open_one)
        assert await history(coach, metric) == []


async def test_of_a_retired_metric_the_trend_is_still_there(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        for line in ("41 yesterday", "63"):
            await told(slack, "Mara", f"/coach log answered {line}")
        await retired(slack, metric)
        assert "41 % on 22 Nov to 63 % on 23 Nov" in await press_in_channel(
            slack, coach, "Mara", "metric_trend", metric
        )


async def test_an_old_button_of_a_closed_team_says_so(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = await defined(slack, coach)
        await closed(slack)
        for action in ACTIONS:
            said = await press_in_channel(slack, coach, "Mara", action, metric)
            assert said.startswith("There is no team here."), action
        await idle(coach)


async def test_a_window_of_a_team_that_was_closed_meanwhile_makes_nothing(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        window = await define_window(slack)
        await closed(slack)
        await slack.submit(window, FORM)
        assert "There is no team here." in words_of(slack.modal_of("Mara") or window)
        await idle(coach)


async def test_a_button_of_nothing_that_is_known_says_so(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        metric = replace(await defined(slack, coach), id="gone")  # type: ignore[arg-type]
        for action in (*ACTIONS, "metric_define"):
            said = await press_in_channel(slack, coach, "Mara", action, metric)
            assert said.startswith(("I no longer have that metric.", "There is no team here.")), action


async def test_a_command_without_a_team_says_how_to_make_one(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        await closed(slack)
        for typed in ("metrics", "metric", "log answered 63"):
            assert "Type /coach team" in (await told(slack, "Mara", f"/coach {typed}")).text
        await idle(coach)


async def reading_window(slack: Slack, who: str) -> View:
    listed = await told(slack, who, "/coach metrics")
    return await window_after(slack, who, slack.press(who, listed, "metric_log"))


async def retired(slack: Slack, metric: Metric) -> None:
    listed = await told(slack, "Leo", "/coach metrics")
    menu = slack.press("Leo", listed, "metric_more", value=f"metric_retire {metric.id}")
    await slack.submit(await window_after(slack, "Leo", menu))


async def closed(slack: Slack) -> None:
    window = await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))
    await slack.press("Leo", window, "team_close")
    await slack.until(lambda _: "You have closed Harbor" in words_of(window))


async def press_in_channel(slack: Slack, coach: Coach, who: str, action: str, metric: Metric) -> str:
    """Press a button of a message that stands in the channel for everybody; what they alone are told."""
    shown = message("A button.", [actions("old", button("Press", action, metric.id))])
    await coach.workplace.speaker.say(Place("C0HARBOR"), shown, mark=f"old:{action}", since=MONDAY)
    before = len(slack.seen_only_by(who))
    await slack.press(who, slack.messages("harbor")[-1], action)
    return (await slack.until(lambda s: s.seen_only_by(who)[before:]))[-1].text
