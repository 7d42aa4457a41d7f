"""The playground's clock: where it can be sent, and where it stops on the way."""

from datetime import UTC, datetime

import pytest

from bot.playground.clock import MovableClock, travel
from bot.playground.stops import STOPS, stop_in_utc


@pytest.mark.parametrize(
    ("name", "now", "zone", "then"),
    [
        ("working_day", "2026-11-24T14:00+00:00", "Europe/Paris", "2026-11-25T08:00+00:00"),
        ("working_day", "2026-11-24T07:30+00:00", "Europe/Paris", "2026-11-24T08:00+00:00"),
        ("working_day", "2026-11-27T12:00+00:00", "Europe/London", "2026-11-30T09:00+00:00"),
        ("monday", "2026-11-24T14:00+00:00", "America/Sao_Paulo", "2026-11-30T12:00+00:00"),
        ("monday", "2026-11-30T08:00+00:00", "Europe/Paris", "2026-12-07T08:00+00:00"),
        ("monday", "2026-10-22T12:00+00:00", "Europe/Paris", "2026-10-26T08:00+00:00"),
        ("three_weeks", "2026-10-12T12:00+00:00", "Europe/Paris", "2026-11-02T13:00+00:00"),
        ("hour", "2026-11-24T14:10+00:00", None, "2026-11-24T15:10+00:00"),
    ],
)
def test_the_clock_is_sent_to_mornings_as_the_person_looking_at_it_counts_them(
    name: str, now: str, zone: str | None, then: str
) -> None:
    assert stop_in_utc(name, datetime.fromisoformat(now), zone) == datetime.fromisoformat(then)


def test_every_stop_lies_ahead() -> None:
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert all(stop_in_utc(name, now, "UTC") > now for name in STOPS)


async def test_the_clock_stops_where_something_is_due_and_once_a_day() -> None:
    clock = MovableClock(lambda: datetime(2026, 11, 24, 14, 20, tzinfo=UTC).timestamp())
    moments = [datetime.fromisoformat(one) for one in ("2026-11-24T16:00+00:00", "2026-11-26T09:00+00:00")]
    stops: list[str] = []

    async def due() -> datetime | None:
        return next((one for one in moments if one > clock.utc()), None)

    async def pause() -> None:
        stops.append(f"{clock.utc():%a %H:%M}")

    await travel(clock, datetime(2026, 11, 27, 11, 30, tzinfo=UTC), due=due, pause=pause)
    assert stops == ["Tue 16:00", "Wed 16:00", "Thu 09:00", "Fri 09:00", "Fri 11:30"]


async def test_the_clock_goes_on_where_something_stays_due() -> None:
    clock = MovableClock(lambda: datetime(2026, 11, 24, 14, 20, tzinfo=UTC).timestamp())
    stops: list[str] = []

    async def due() -> datetime:
        return datetime(2026, 11, 24, 14, tzinfo=UTC)

    async def pause() -> None:
        stops.append(f"{clock.utc():%a %H:%M}")

    await travel(clock, datetime(2026, 11, 26, 11, 30, tzinfo=UTC), due=due, pause=pause)
    assert stops == ["Wed 14:20", "Thu 11:30"]


def test_the_clock_is_not_moved_back() -> None:
    clock = MovableClock(lambda: 1000.0)
    clock.move_to(datetime.fromtimestamp(10, UTC))
    assert clock.now() == 1000
