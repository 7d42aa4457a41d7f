"""Days, weeks and hours where people live, across clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.weeks import (
    A_WEEK,
    day_of,
    end_of_day,
    is_working_time,
    moment_of,
    monday_of,
    next_local,
    next_workday,
    week_of,
)

PARIS = ZoneInfo("Europe/Paris")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Paris Europe/London America/New_York America/Sao_Paulo Asia/Kolkata Asia/Tokyo Australia/Lord_Howe "
        "Pacific/Apia Pacific/Chatham Africa/Casablanca Asia/Tehran America/St_Johns Etc/UTC"
    ).split()
]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        ("2026-03-29", "02:30", "2026-03-29T01:30"),  # skipped: moves forward
        ("2026-10-25", "02:30", "2026-10-25T00:30"),  # comes twice: the first time
        ("2026-03-23", "09:00", "2026-03-23T08:00"),
        ("2026-03-30", "09:00", "2026-03-30T07:00"),
        ("2026-10-19", "09:00", "2026-10-19T07:00"),
        ("2026-10-26", "09:00", "2026-10-26T08:00"),
    ],
)
def test_a_wall_time_is_one_moment_also_where_the_clocks_change(day: str, at: str, utc: str) -> None:
    moment = moment_of(date.fromisoformat(day), time.fromisoformat(at), PARIS)
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(
    MOMENTS, st.sampled_from(ZONES), st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0))
)
def test_each_week_has_one_occurrence(after: datetime, zone: ZoneInfo, weekday: int, at: time) -> None:
    first = next_local(after, zone, weekday, at)
    second = next_local(first, zone, weekday, at)
    assert after < first
    assert timedelta(days=6, hours=20) <= second - first <= timedelta(days=7, hours=4)
    assert monday_of(day_of(second, zone)) - monday_of(day_of(first, zone)) == A_WEEK
    assert day_of(first, zone).weekday() == weekday


def test_a_day_ends_where_the_next_begins() -> None:
    assert end_of_day(date(2026, 10, 25), PARIS) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_weeks_are_iso_weeks() -> None:
    assert [week_of(date(2026, 12, 31)), week_of(date(2027, 1, 4))] == ["2026-W53", "2027-W01"]


def test_working_time_is_monday_to_friday_in_the_person_s_own_zone() -> None:
    monday_nine = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert is_working_time(monday_nine, PARIS)
    assert not is_working_time(monday_nine, ZoneInfo("America/New_York"))
    assert not is_working_time(monday_nine - timedelta(days=1), PARIS)


def test_after_a_friday_comes_monday() -> None:
    assert next_workday(date(2026, 11, 27)) == date(2026, 11, 30)
