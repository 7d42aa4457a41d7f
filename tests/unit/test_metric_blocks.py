"""What metrics look like in Slack: the messages and windows are files, and every button drawn has a listener."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics import blocks, windows
from bot.metrics.blocks import Measured
from bot.metrics.buttons import review_button
from bot.metrics.catalogue import catalogue_of
from bot.metrics.defining import decision_asked, metric_window, template_option
from bot.metrics.form import LONGEST, LONGEST_TEXT, MetricForm
from bot.metrics.listeners import PRESSED
from bot.metrics.model import Direction, Logged, Metric, Reading
from bot.metrics.opened import Opened, opened
from bot.metrics.prefilled import as_it_is, from_scratch, from_template
from bot.metrics.standing import standing
from bot.slack_kit.charts import CHART
from bot.slack_kit.limits import problems_in_message, problems_in_view
from bot.slack_kit.tone import gentle
from knowledge.loader import load
from tests.builders_metrics import LEO, MARA, MONDAY, NOW, PARIS, a_metric, a_reading, a_team
from tests.reviewed import assert_reviewed

DAY = timedelta(days=1)
CATALOGUE = catalogue_of(load().evidence)
ANSWERED, MEDIAN = CATALOGUE.get("m-answered-24h"), CATALOGUE.get("m-first-reply-median")
METRIC = a_metric(target=80.0, baseline=41.0)
TRIAL = a_metric(
    "Number of posts", id="metric-posts", unit="posts", decision=None, trial_until=MONDAY, review_on=MONDAY
)
READINGS = [a_reading(value, MONDAY - n * 7 * DAY) for n, value in ((3, 41.0), (2, 44.5), (1, 52.0), (0, 63.0))]
BAD = "<!channel> & *bold* <https://evil.example|x>"


def look(*metrics: tuple[Metric, list[Reading]]) -> Measured:
    stands = [standing(metric, told[-1] if told else None, NOW, PARIS) for metric, told in metrics]
    return Measured(a_team(), stands, {metric.id: told for metric, told in metrics})


def logged(before: Reading | None = None) -> Logged:
    return Logged(METRIC, MONDAY, 63.0, before, READINGS, MONDAY)


MESSAGES = {
    "measures_nothing_yet": blocks.measured([look()], MARA),
    "measures_two": blocks.measured([look((METRIC, READINGS), (TRIAL, []))], MARA),
    "measures_one_as_a_member_sees_it": blocks.measured([look((a_metric(owner=LEO), READINGS))], MARA),
    "trend": blocks.trend(METRIC, READINGS, MONDAY),
    "trend_of_one_reading": blocks.trend(METRIC, READINGS[:1], MONDAY),
    "noted": blocks.noted(logged(a_reading(36.0))),
    "which_metric": blocks.which([METRIC, TRIAL], "63 %", MONDAY),
    "which_team": blocks.which_team([a_team(), a_team("team-quay")]),
}
SCRATCH = from_scratch(MARA, MONDAY)
POSTS = replace(SCRATCH, name="number of posts", formula="posts", unit="posts", direction="higher", decision="dunno")
VIEWS = {
    "window_new": metric_window(Opened("team-harbor"), SCRATCH, None),
    "window_from_the_catalogue": metric_window(
        Opened("team-harbor", template_id="m-answered-24h"), from_template(ANSWERED, SCRATCH), ANSWERED
    ),
    "window_asks_for_the_decision": metric_window(
        Opened("team-harbor", asked=True), POSTS, None, question=decision_asked("number of posts", ANSWERED, MONDAY)
    ),
    "window_change": metric_window(Opened("team-harbor", METRIC.id, 3), as_it_is(METRIC), None),
    "window_reading": windows.reading_window(standing(METRIC, READINGS[-1], NOW, PARIS)),
    "window_noted": windows.reading_logged(logged()),
    "window_saved": windows.metric_saved(METRIC, is_new=True),
    "window_saved_trial": windows.metric_saved(TRIAL, is_new=True),
    "window_review": windows.review_window(standing(METRIC, READINGS[-1], NOW, PARIS), READINGS),
    "window_review_of_a_trial": windows.review_window(standing(TRIAL, None, NOW, PARIS), []),
    "window_kept": windows.metric_kept(METRIC),
    "window_retire": windows.retire_window(METRIC),
    "window_retired": windows.metric_retired(METRIC, 4),
    "window_details": windows.details(METRIC, [replace(READINGS[0], corrected_at=NOW), *READINGS], MONDAY),
    "window_trend": windows.trend_window(blocks.trend(METRIC, READINGS, MONDAY)),
    "window_metrics": windows.metrics_window(blocks.measured([look((METRIC, READINGS))], MARA)),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_message_is_the_one_that_was_reviewed_and_slack_takes_it(name: str) -> None:
    assert_reviewed(f"metrics/{name}", MESSAGES[name])
    assert problems_in_message(MESSAGES[name]) == []


@pytest.mark.parametrize("name", VIEWS)
def test_the_window_is_the_one_that_was_reviewed_and_slack_takes_it(name: str) -> None:
    assert_reviewed(f"metrics/{name}", VIEWS[name])
    assert problems_in_view(VIEWS[name]) == []


def test_every_button_that_is_drawn_has_a_listener() -> None:
    known = [one for one in PRESSED if isinstance(one, str)]
    patterns = [one for one in PRESSED if not isinstance(one, str)]
    inputs = {"name", "meaning", "formula", "unit", "direction", "cadence", "source", "gaming", "guard", "decision"}
    inputs |= {"owner", "baseline", "target", "review", "value", "day", "because"}
    drawn = {id for piece in (*MESSAGES.values(), *VIEWS.values(), review_button(METRIC)) for id in _ids(piece)}
    assert {id for id in drawn - inputs if id not in known and not any(one.fullmatch(id) for one in patterns)} == set()


def test_every_template_fills_the_window_and_is_offered() -> None:
    for one in CATALOGUE.search("", 100):
        form = from_template(one, SCRATCH)
        assert problems_in_view(metric_window(Opened("team-harbor", template_id=one.id), form, one)) == []
        assert template_option(one)["value"] == one.id
        cut = [name for name in ("formula", "meaning", "gaming", "guard") if len(getattr(form, name)) > LONGEST_TEXT]
        assert (cut, len(form.name) <= LONGEST["name"], len(form.unit) <= LONGEST["unit"]) == ([], True, True)


def test_a_metric_that_is_shown_and_sent_off_unchanged_is_the_same() -> None:
    assert as_it_is(a_metric(target=1234.5, baseline=0.25)).target == "1234.5"


def test_words_of_people_come_out_dead_everywhere() -> None:
    definition = replace(METRIC.definition, meaning=BAD, formula=BAD, gaming=BAD, guard=BAD, source=BAD)
    purpose = replace(METRIC.purpose, decision=BAD)
    metric = replace(METRIC, name=BAD, definition=definition, purpose=purpose)
    shown = [
        blocks.measured([look((metric, READINGS))], MARA),
        blocks.trend(metric, READINGS, MONDAY),
        blocks.noted(replace(logged(a_reading(3.0)), metric=metric)),
        windows.details(metric, READINGS, MONDAY),
        windows.review_window(standing(metric, None, NOW, PARIS), []),
        windows.metric_saved(metric, is_new=False),
        windows.metric_retired(metric, 0),
        windows.retire_window(metric),
        windows.reading_window(standing(metric, None, NOW, PARIS)),
        metric_window(Opened("t"), as_it_is(metric), None, question=decision_asked(BAD, MEDIAN, MONDAY)),
    ]
    for one in shown:
        words = " ".join(_mrkdwn(one))
        assert "<!" not in words
        assert "<https://evil" not in words


def test_what_a_team_calls_its_metrics_is_not_taken_for_the_coach_s_own_words() -> None:
    definition = replace(METRIC.definition, unit="failed builds", formula="the last warning", gaming="overdue!!")
    purpose = replace(METRIC.purpose, decision="Which team is ranked last.")
    metric = replace(METRIC, name="Failed deploys, overdue", definition=definition, purpose=purpose)
    note = replace(logged(a_reading(3.0)), metric=metric)
    shown = [
        blocks.measured([look((metric, READINGS))], MARA),
        blocks.trend(metric, READINGS, MONDAY),
        blocks.trend(metric, [], MONDAY),
        blocks.noted(note),
        blocks.which([metric], "63 failed", MONDAY),
        blocks.which_team([replace(a_team(), name="Failed deploys")]),
        windows.reading_logged(note),
        windows.details(metric, READINGS, MONDAY),
        windows.review_window(standing(metric, None, NOW, PARIS), []),
        windows.metric_saved(metric, is_new=False),
        windows.metric_kept(metric),
        windows.metric_retired(metric, 0),
        windows.retire_window(metric),
        windows.reading_window(standing(metric, None, NOW, PARIS)),
        metric_window(Opened("t"), as_it_is(metric), None, question=decision_asked(metric.name, MEDIAN, MONDAY)),
        metric_window(Opened("t"), as_it_is(metric), MEDIAN),
    ]
    assert [gentle(one) for one in shown] == shown


def test_a_person_in_many_teams_gets_a_message_slack_takes() -> None:
    theirs = [look(*((a_metric(id=f"metric-{n}-{m}"), READINGS) for m in range(3))) for n in range(6)]
    shown = blocks.measured([replace(one, team=a_team(f"team-{n}")) for n, one in enumerate(theirs)], MARA)
    assert problems_in_message(shown) == []
    assert "your other teams" in str(shown["text"])


@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=2, max_size=20), st.sampled_from(Direction))
def test_whatever_was_read_slack_draws_it_and_the_words_say_it_too(values: list[float], direction: Direction) -> None:
    told = [a_reading(value, MONDAY - n * 40 * DAY) for n, value in enumerate(values)][::-1]
    shown = blocks.trend(a_metric(direction=direction, target=5), told, MONDAY)
    assert problems_in_message(shown) == []
    assert len([one for one in shown["blocks"] if one["type"] == CHART]) == 1  # type: ignore[attr-defined, union-attr]
    assert "Nov" in str(shown["text"])


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=60))
def test_whatever_stands_in_the_fields_the_window_can_be_drawn_again(name: str, words: str, metadata: str) -> None:
    form = MetricForm(name, words, words, words, words, MARA, date(2027, 1, 18), decision=words, target=words)
    assert problems_in_view(metric_window(Opened("team-harbor"), form, None)) == []
    assert opened(metadata).team_id == "" or metadata


def test_what_a_window_remembers_comes_back() -> None:
    about = Opened("team-harbor", "metric-1", 3, "m-answered-24h", asked=True)
    assert opened(about.metadata) == about
    assert opened(json.dumps([1])) == opened("") == opened('{"else": 1}') == Opened("")


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("action_id"), str):
            yield value["action_id"]
        for one in value.values():
            yield from _ids(one)
    elif isinstance(value, list):
        for one in value:
            yield from _ids(one)


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for one in value.values():
            yield from _mrkdwn(one)
    elif isinstance(value, list):
        for one in value:
            yield from _mrkdwn(one)
