"""Values as people type them: with a unit, in the manner of their country, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics.numerals import NotAValue
from bot.metrics.values import LARGEST, value_of
from bot.metrics.wording import amount, digits
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
        ("12k", "posts", 12_000),
        ("1.2k", "posts", 1200),
        ("1,2 k posts", "posts", 1200),
        ("4.35k", "EUR", 4350),
        ("3 Tsd.", "Aufrufe", 3000),
        ("1,5 Mio", "views", 1_500_000),
        ("1,5 Mio. views", "views", 1_500_000),
        ("2M", "posts", 2_000_000),
        ("2 millones", "vistas", 2_000_000),
        ("1 milliard", "vues", 1_000_000_000),
        ("1.5 million", "million USD", 1.5),
        ("1,5 Mio. USD", "million USD", 1.5),
        ("3h 20", "minutes", 200),
        ("3h20", "minutes", 200),
        ("3 h 20 min", "hours", 3 + 1 / 3),
        ("3 hours and 30 minutes", "hours", 3.5),
        ("3 Std. 30 Min.", "hours", 3.5),
        ("1 heure et 30 minutes", "minutes", 90),
        ("2 horas y 15 minutos", "minutes", 135),
        ("90 min", "hours", 1.5),
        ("1,5 h", "minutes", 90),
        ("1 min 30", "seconds", 90),
        ("2:30", "hours", 2.5),
        ("2:30 h", "minutes", 150),
        ("2:30 min", "minutes", 2.5),
        ("1:02:30", "minutes", 62.5),
        ("2:30", "seconds", 150),
        ("1 200 min", "hours", 20),
        ("12 m", "minutes", 12),
        ("4 hours", "hours per week", 4),
    ],
)
def test_a_value_is_read_as_it_was_meant(typed: str, unit: str, value: float) -> None:
    assert value_of(typed, unit) == pytest.approx(value)


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
        ("4 days", "hours", "counted in hours"),
        ("4 h", "days", "counted in days"),
        ("2:30", "minutes", "hours and minutes, or minutes and seconds"),
        ("2:75", "hours", "hours and minutes"),
        ("2:30", "posts", "one number"),
        ("3 h 90", "hours", "such as 2 h 30 min"),
        ("20 min 3 h", "hours", "such as 2 h 30 min"),
        ("3 h and more", "hours", "in digits"),
        ("3h 20", "posts", "one number"),
        ("12k", "%", "between 0 and 100"),
        ("1,200k", "posts", "1200 or 1.2"),
        ("12 mil", "posts", "thousand or a million"),
        ("2m", "posts", "may be a million"),
        ("2M", "mentions", "counted in mentions"),
        ("12k", "million USD", "counted in million USD"),
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


UNITS = ["%", "posts", "points", "hours", "minutes", "million USD", ""]
PIECES = ["3", "20", "1.2", "1,200", "h", "min", "k", "Mio", "m", ":", " ", "-", "and", "%", "s", "M", "mil", "²"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), st.sampled_from(UNITS))
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


@given(st.integers(0, 99_999_999).map(lambda n: n / 100), st.sampled_from([unit for unit in UNITS if unit != "%"]))
def test_what_is_printed_is_read_back(value: float, unit: str) -> None:
    assert value_of(unmarked(amount(value, unit)), unit) == value
    assert value_of(digits(value), unit) == value


@given(st.integers(0, 10_000).map(lambda n: n / 100))
def test_a_share_that_is_printed_is_read_back(value: float) -> None:
    assert value_of(unmarked(amount(value, "%")), "%") == value


WRITTEN = {"en": (",", "."), "fr": ("\u202f", ","), "de": (".", ","), "es": (".", ","), "ch": ("’", ".")}


@given(st.integers(1_000_000, 99_999_999), st.sampled_from(sorted(WRITTEN)))
def test_a_number_is_read_in_the_manner_of_each_language(hundredths: int, language: str) -> None:
    thousands, point = WRITTEN[language]
    written = f"{hundredths / 100:,.2f}".translate(str.maketrans({",": thousands, ".": point}))
    assert value_of(f"{written} posts", "posts") == hundredths / 100


@given(
    st.integers(0, 999), st.integers(0, 59), st.sampled_from(["{} h {}", "{}h{:02d}", "{}:{:02d} h", "{} Std. {} Min."])
)
def test_hours_and_minutes_are_read_however_they_are_written(hours: int, minutes: int, form: str) -> None:
    assert value_of(form.format(hours, minutes), "minutes") == hours * 60 + minutes


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (63.0, "63 %"),
        (12.5, "12.5 %"),
        (1200.0, "1\u202f200 %"),
        (0.0, "0 %"),
        (-0.001, "-0.001 %"),
        (0.00314159, "0.00314 %"),
        (2 / 3, "0.67 %"),
    ],
)
def test_a_value_is_shown_with_its_unit_and_without_more_digits_than_help(value: float, shown: str) -> None:
    assert unmarked(amount(value, "%")) == shown
