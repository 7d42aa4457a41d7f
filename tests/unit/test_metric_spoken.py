"""One line says which metric, which value, which day; where it leaves open which metric, that is asked."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates.been import read_been
from bot.metrics.model import Metric
from bot.metrics.spoken import Spoken, spoken
from tests.builders_metrics import PARIS, a_metric

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANSWERED = a_metric("Questions answered within 24 h", id="answered")
OPEN = a_metric("Unanswered questions", id="open")
MEDIAN = a_metric("Median time to first reply", id="median", unit="hours")
ALL = [ANSWERED, OPEN, MEDIAN]


def read(words: str, metrics: list[Metric] = ALL) -> Spoken | None:
    return spoken(words, metrics, lambda text: read_been(text, now=NOW, zone=PARIS))


@pytest.mark.parametrize(
    ("words", "metric", "value", "day"),
    [
        ("median 4 h", MEDIAN, "4 h", None),
        ("Median time to first reply 4,5", MEDIAN, "4,5", None),
        ("answered within 24 h 63 %", ANSWERED, "63 %", None),
        ("questions answered 63% yesterday", ANSWERED, "63%", date(2026, 11, 22)),
        ("unansw 12 2026-11-20", OPEN, "12", date(2026, 11, 20)),
        ("median 1 200 20 Nov", MEDIAN, "1 200", date(2026, 11, 20)),
        ("median 12 am 20. November", MEDIAN, "12", date(2026, 11, 20)),
        ("medain tme 3", MEDIAN, "3", None),
        ("median -3", MEDIAN, "-3", None),
        ("median 3 h 20", MEDIAN, "3 h 20", None),
        ("median 3h20 yesterday", MEDIAN, "3h20", date(2026, 11, 22)),
        ("median 3 h 20 min 20 Nov", MEDIAN, "3 h 20 min", date(2026, 11, 20)),
        ("median 2:30 yesterday", MEDIAN, "2:30", date(2026, 11, 22)),
        ("unanswered 1.2k", OPEN, "1.2k", None),
        ("unanswered 1,5 Mio 20 Nov", OPEN, "1,5 Mio", date(2026, 11, 20)),
    ],
)
def test_a_line_names_its_metric_its_value_and_its_day(
    words: str, metric: Metric, value: str, day: date | None
) -> None:
    assert read(words) == Spoken([metric], value, day)


@pytest.mark.parametrize("words", ["questions 63 %", "quest 63 %"])
def test_a_name_that_fits_several_metrics_leaves_it_open(words: str) -> None:
    found = read(words)
    assert found
    assert set(map(id, found.metrics)) == {id(ANSWERED), id(OPEN)}
    assert not found.is_clear


def test_without_a_name_it_is_the_only_metric_or_left_open() -> None:
    assert read("63 %", [ANSWERED]) == Spoken([ANSWERED], "63 %", None)
    found = read("63 % yesterday")
    assert found
    assert (len(found.metrics), found.value, found.day) == (3, "63 %", date(2026, 11, 22))


def test_a_name_nothing_resembles_leaves_all_of_them_open() -> None:
    found = read("xyzzy 63")
    assert found
    assert len(found.metrics) == 3


@pytest.mark.parametrize("words", ["", "questions answered", "median twelve", "median 3/4", "median 4 5 6 7", "%"])
def test_a_line_without_a_value_or_with_more_behind_it_says_nothing(words: str) -> None:
    assert read(words) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_not(words: str) -> None:
    found = read(words)
    assert found is None or (found.value in " ".join(words.split()) and found.metrics)
