"""A day that was: where a promise looks ahead, a reading looks back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates.been import read_been

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def been(text: str, language: str | None = None) -> date | None:
    return read_been(text, now=MONDAY, zone=PARIS, language=language)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, date(2026, 11, 23)) for text in ("today", "heute", "aujourd'hui", "hoy", "Monday", "2026-11-23")),
        *((text, date(2026, 11, 22)) for text in ("yesterday", "gestern", "hier", "ayer", "on Sunday", "22.11.")),
        *((text, date(2026, 11, 20)) for text in ("Friday", "last Friday", "Freitag", "vendredi", "20 Nov", "20/11")),
        ("am 20. November", date(2026, 11, 20)),
        ("30 Dec", date(2025, 12, 30)),
        ("01.10.2026", date(2026, 10, 1)),
        ("tomorrow", date(2026, 11, 24)),
        ("2027-02-01", date(2027, 2, 1)),
    ],
)
def test_the_last_such_day_up_to_today_is_meant(text: str, day: date) -> None:
    assert been(text) == day


@pytest.mark.parametrize(
    "text", ["", "200", "%", "every Friday", "a while ago", "% yesterday", "63 % yesterday", "30 February", "🎉"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert been(text) is None


def test_a_day_that_could_be_two_is_asked_again_unless_the_language_says_which() -> None:
    assert been("3/4") is None
    assert been("3/4", "de") == date(2026, 4, 3)


@given(st.dates(date(2020, 1, 1), date(2026, 11, 23)))
def test_a_day_in_full_is_itself(day: date) -> None:
    assert been(day.isoformat()) == day


def test_today_is_where_the_person_lives() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert read_been("today", now=late, zone=PARIS) == date(2026, 11, 23)
