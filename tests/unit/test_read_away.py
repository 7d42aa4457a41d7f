"""Days away in words: the table of tests/reading, and what holds for every text."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dates.periods import months_later
from bot.teams.away_reader import read_away
from bot.teams.model import Away
from tests.reading import lines_of, moment

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=PARIS)


def cases():
    for place, cells in lines_of("away.txt"):
        if cells[0].startswith("@"):
            _, now, zone, language = cells[0].split()
            continue
        days = None if cells[1] == "-" else Away(*map(date.fromisoformat, cells[1].split()))
        yield pytest.param(cells[0], now, ZoneInfo(zone), language, days, id=f"{place} {cells[0]}")


@pytest.mark.parametrize(("text", "now", "zone", "language", "days"), list(cases()))
def test_days_away_are_read_as_they_are_meant(text, now, zone, language, days) -> None:
    assert read_away(text, moment(now, zone), zone, language) == days


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.from_regex(r"away (until|from|for|next) [a-z0-9 ]{0,12}", fullmatch=True)))
def test_whatever_is_written_days_away_begin_today_at_the_earliest_and_end_within_a_year(text: str) -> None:
    away = read_away(text, MONDAY, PARIS)
    assert away is None or MONDAY.date() <= away.first <= away.last <= months_later(MONDAY.date(), 12)


@pytest.mark.parametrize(
    "text", ["", "away until 2026-11-20", "away until 2028-01-01", "away " * 60, "Who is away until Friday?"]
)
def test_what_is_over_too_far_too_long_or_a_question_is_no_day_away(text: str) -> None:
    assert read_away(text, MONDAY, PARIS) is None


def test_the_day_is_that_of_the_zone() -> None:
    late = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    assert read_away("off sick today", late, ZoneInfo("Asia/Tokyo")) == Away(date(2026, 11, 24), date(2026, 11, 24))
