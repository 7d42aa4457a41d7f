"""Where the clock of the playground can be sent, as the person looking at it would say it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MORNING = 9
MONDAY, SATURDAY = 0, 5

Next = Callable[[datetime], datetime]


@dataclass(frozen=True)
class Stop:
    label: str
    after: Next


def stop_in_utc(name: str, now: datetime, zone: str | None) -> datetime:
    """When the stop is, for somebody of that zone. Raises: KeyError for a name that is none of STOPS."""
    local = now.astimezone(ZoneInfo(zone or "UTC"))
    return STOPS[name].after(local).astimezone(UTC)


def next_working_day(local: datetime) -> datetime:
    """Nine o'clock of the next day from Monday to Friday; today's, as long as it is to come."""
    return _morning(local, lambda day: day.weekday() < SATURDAY)


def next_monday(local: datetime) -> datetime:
    return _morning(local, lambda day: day.weekday() == MONDAY)


def three_weeks_later(local: datetime) -> datetime:
    return local + timedelta(weeks=3)  # wall time: the clocks may change in between


def one_hour_later(local: datetime) -> datetime:
    return (local.astimezone(UTC) + timedelta(hours=1)).astimezone(local.tzinfo)


def _morning(local: datetime, fits: Callable[[datetime], bool]) -> datetime:
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    while morning <= local or not fits(morning):
        morning += timedelta(days=1)
    return morning


STOPS: Mapping[str, Stop] = {
    "hour": Stop("One hour later", one_hour_later),
    "working_day": Stop("Next working day, 09:00", next_working_day),
    "monday": Stop("Next Monday, 09:00", next_monday),
    "three_weeks": Stop("Three weeks later", three_weeks_later),
}
