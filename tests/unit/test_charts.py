"""Slack's own charts keep Slack's limits, and a message can do without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack_kit.bounded import LimitError
from bot.slack_kit.charts import chart, without_charts
from bot.slack_kit.limits import problems_in_message
from bot.slack_kit.pieces import Piece, message, section

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


def problems(drawn: Piece) -> list[str]:
    return problems_in_message(message("41, then 52.", [drawn]))


@given(st.text(min_size=1), st.lists(numbers, min_size=1, max_size=20), st.sampled_from(["line", "bar", "area"]))
def test_whatever_is_drawn_slack_takes_it(title: str, values: list[float], kind: str) -> None:
    days = [f"day {n}" for n in range(len(values))]
    drawn = chart(f"A{title}", days, {"Answered": values, "Target": values}, kind=kind, y_label=title)  # type: ignore[arg-type]
    assert problems(drawn) == []


def test_a_long_title_or_name_loses_its_end() -> None:
    drawn = chart("x" * 80, ["23 Nov"], {"y" * 40: [1.0]}, y_label="z" * 80)
    assert problems(drawn) == []


@pytest.mark.parametrize(
    ("categories", "series"),
    [([], {"A": []}), (["d"] * 21, {"A": [1.0] * 21}), (["d" * 21], {"A": [1.0]}), (["d"], {})],
)
def test_more_or_less_than_slack_draws_is_refused(categories: list[str], series: dict[str, list[float]]) -> None:
    with pytest.raises(LimitError):
        chart("Trend", categories, series)


def test_a_value_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        chart("Trend", ["23 Nov", "30 Nov"], {"A": [1.0]})


def test_labels_that_are_not_the_categories_are_found_before_they_are_sent() -> None:
    drawn = chart("Trend", ["23 Nov"], {"A": [1.0]})
    drawn["chart"]["axis_config"]["categories"] = ["30 Nov"]  # type: ignore[index]
    assert problems(drawn) == ["/blocks/0/chart/series/0/data: its labels must be the categories, in their order."]


def test_without_its_charts_a_message_keeps_the_rest() -> None:
    words, drawn = section("41, then 52."), chart("Trend", ["23 Nov"], {"A": [1.0]})
    assert without_charts(message("41, then 52.", [words, drawn])) == message("41, then 52.", [words])
    assert without_charts(message("41, then 52.", [words])) is None
    assert without_charts({"text": "41"}) is None
