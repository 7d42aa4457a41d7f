"""Values as people type them: with a unit, in the manner of their country, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics.values import LARGEST, NotAValue, value_of
from bot.metrics.wording import amount, number
from bot.slack_kit.mrkdwn import unmarked


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("63", "%", 63),
        ("12,5 %", "%", 12.5),
        ("12.5%", "%", 12.5),
        (" 12 percent ", "%", 12),
        ("1 200", "posts", 1200),
        ("1\u202f200,5", "posts", 1200.5),
        ("1'200.5", "posts", 1200.5),
        ("1.200,5", "posts", 1200.5),
        ("1,234,567", "posts", 1_234_567),
        ("1,200", "%", 1.2),
        (",5", "ratio", 0.5),
        ("0.314", "ratio", 0.314),
        ("4 h", "hours", 4),
        ("1 question", "questions", 1),
        ("-3", "points", -3),
        ("−3", "points", -3),
        ("0", "%", 0),
        ("-0", "%", 0),
        ("１２", "posts", 12),
    ],
)
def test_a_value_is_read_as_it_was_meant(typed: str, unit: str, value: float) -> None:
    assert value_of(typed, unit) == value


@pytest.mark.parametrize(
    ("typed", "unit", "sentence"),
    [
        ("", "%", "in digits"),
        ("twelve", "%", "in digits"),
        ("zwölf", "%", "in digits"),
        ("½", "ratio", "in digits"),
        ("NaN", "points", "in digits"),
        ("inf", "points", "in digits"),
        ("1.2.3", "posts", "in digits"),
        ("🎉", "%", "in digits"),
        ("3/4", "%", "one number"),
        ("10-12", "posts", "one number"),
        ("1e9", "posts", "one number"),
        ("4 min", "hours", "counted in hours"),
        ("12 % of all", "%", "counted in %"),
        ("*12* <!channel>", "%", "in digits"),
        ("1,200", "posts", "1200 or 1.2"),
        ("120", "%", "between 0 and 100"),
        ("-3", "%", "between 0 and 100"),
        ("-3", "posts", "not below zero"),
        ("99999999999999999", "posts", "larger than"),
    ],
)
def test_what_is_no_value_or_an_impossible_one_is_asked_again(typed: str, unit: str, sentence: str) -> None:
    with pytest.raises(NotAValue, match=sentence):
        value_of(typed, unit)


@given(st.text(), st.sampled_from(["%", "posts", "points", ""]))
def test_whatever_is_typed_gives_a_possible_value_or_a_sentence(typed: str, unit: str) -> None:
    try:
        value = value_of(typed, unit)
    except NotAValue as refused:
        value, sentence = 0.0, str(refused)
    else:
        sentence = "A value."
    assert sentence.endswith((".", "?"))
    assert unit == "points" or value >= 0
    assert abs(value) <= LARGEST


@given(st.integers(0, 99_999_999).map(lambda n: n / 100))
def test_a_value_that_was_shown_can_be_typed_again(value: float) -> None:
    shown = number(value)
    if shown.count(",") == 1 and "." not in shown:
        shown = shown.replace(",", "")  # 1,200 may be 1.2 where the comma is the point
    assert value_of(f"{shown} posts", "posts") == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (63.0, "63 %"),
        (12.5, "12.5 %"),
        (1200.0, "1,200 %"),
        (0.0, "0 %"),
        (-0.001, "-0.001 %"),
        (0.00314159, "0.00314 %"),
        (2 / 3, "0.67 %"),
    ],
)
def test_a_value_is_shown_with_its_unit_and_without_more_digits_than_help(value: float, shown: str) -> None:
    assert unmarked(amount(value, "%")) == shown
