"""Periods as people call them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.periods import LONGEST, Period, last_weeks, period_in, period_of_key, this_week

TODAY = date(2026, 11, 25)  # a Wednesday, in W48

NAMED = [
    ("last week", "2026-11-16", "2026-11-22"),
    ("this week", "2026-11-23", "2026-11-29"),
    ("week", "2026-11-23", "2026-11-29"),
    ("4 weeks", "2026-10-29", "2026-11-25"),
    ("the last four weeks", "2026-10-29", "2026-11-25"),
    ("Past 2 weeks", "2026-11-12", "2026-11-25"),
    ("1 week", "2026-11-19", "2026-11-25"),
    ("november", "2026-11-01", "2026-11-30"),
    ("Nov", "2026-11-01", "2026-11-30"),
    ("sept.", "2026-09-01", "2026-09-30"),
    ("December", "2025-12-01", "2025-12-31"),
    ("february 2024", "2024-02-01", "2024-02-29"),
    ("2026-10", "2026-10-01", "2026-10-31"),
    ("this month", "2026-11-01", "2026-11-30"),
    ("last month", "2026-10-01", "2026-10-31"),
    ("2026-W47", "2026-11-16", "2026-11-22"),
    ("2026w01", "2025-12-29", "2026-01-04"),
    ("w47", "2026-11-16", "2026-11-22"),
    ("week 50", "2025-12-08", "2025-12-14"),
    ("KW 47", "2026-11-16", "2026-11-22"),
    ("q3", "2026-07-01", "2026-09-30"),
    ("Q4", "2026-10-01", "2026-12-31"),
    ("q1 2025", "2025-01-01", "2025-03-31"),
    ("2026-Q2", "2026-04-01", "2026-06-30"),
    ("this quarter", "2026-10-01", "2026-12-31"),
    ("last quarter", "2026-07-01", "2026-09-30"),
    ("2025", "2025-01-01", "2025-12-31"),
]


@pytest.mark.parametrize(("words", "first", "last"), NAMED)
def test_a_period_is_understood(words: str, first: str, last: str) -> None:
    found = period_in(words, TODAY)
    assert found
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "words", ["", "harbor", "next week", "0 weeks", "99 weeks", "2026-13", "2026-W60", "w99", "2027", "q5"]
)
def test_what_is_no_period_or_lies_ahead_is_none(words: str) -> None:
    assert period_in(words, TODAY) is None


@pytest.mark.parametrize("words", ["last month", "this month"])
def test_a_month_at_the_turn_of_the_year(words: str) -> None:
    found = period_in(words, date(2027, 1, 1))
    assert found
    assert found.name == ("December 2026" if words.startswith("last") else "January 2027")


def test_the_last_quarter_at_the_turn_of_the_year() -> None:
    found = period_in("last quarter", date(2027, 2, 1))
    assert found
    assert found.name == "the fourth quarter of 2026"


@given(st.sampled_from([words for words, _, _ in NAMED]), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_whatever_the_day_a_period_is_none_or_begun_and_at_most_a_year_long(words: str, today: date) -> None:
    found = period_in(words, today)
    assert found is None or (found.first <= today and found.first <= found.last <= found.first + LONGEST)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 52))
def test_so_many_weeks_are_so_many_times_seven_days_up_to_today(today: date, count: int) -> None:
    period = last_weeks(count, today)
    assert period.last == today
    assert (period.last - period.first).days == 7 * count - 1


@given(st.sampled_from([words for words, _, _ in NAMED]))
def test_a_step_finds_its_period_again(words: str) -> None:
    found = period_in(words, TODAY)
    assert found
    again = period_of_key(found.key, TODAY)
    assert again
    assert (again.first, again.last) == (found.first, found.last)


def test_a_period_is_called_by_its_name_and_its_days() -> None:
    assert this_week(TODAY).title(TODAY) == "this week (23 to 29 November)"
    assert last_weeks(4, TODAY).title(TODAY) == "the last 4 weeks (29 October to 25 November)"
    assert Period(date(2025, 12, 29), date(2026, 1, 4), "week 1").title(TODAY) == "week 1 (29 December to 4 January)"
    assert (this_week(TODAY).when, last_weeks(4, TODAY).when) == ("this week", "in the last 4 weeks")
