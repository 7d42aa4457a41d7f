"""All date arithmetic: ISO weeks, days and hours in a zone. Moments are aware; a day is a day where its person lives.

A wall time that a clock change skips moves forward, one that comes twice happens the first time (PEP 495, fold=0).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
SATURDAY = 5
WORK_BEGINS, WORK_ENDS = time(9), time(17, 30)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when the clocks of a zone show this day and time."""
    return datetime.combine(day, at, zone).replace(fold=0).astimezone(UTC)


def next_local(after: datetime, zone: ZoneInfo, weekday: int, at: time) -> datetime:
    """The first moment, in UTC, strictly after `after` that is this weekday (Monday is 0) and time in the zone."""
    begin = day_of(after, zone) - A_DAY
    begin += timedelta(days=(weekday - begin.weekday()) % 7)
    moments = (moment_of(begin + n * A_WEEK, at, zone) for n in range(3))
    return next(moment for moment in moments if moment > after)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the next day begins in the zone."""
    return moment_of(day + A_DAY, time(0), zone)


def week_of(day: date) -> str:
    """The ISO week of a day, as in "2026-W48"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def quarter_of(day: date) -> str:
    """ "2026-Q4"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_workday(day: date) -> bool:
    """Monday to Friday. Public holidays are not known: whoever is off says so with "away"."""
    return day.weekday() < SATURDAY


def next_workday(day: date) -> date:
    """The first workday after a day."""
    return next(later for later in days_from(day + A_DAY) if is_workday(later))


def is_working_time(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody in this zone may be written to without being asked."""
    local = moment.astimezone(zone)
    return is_workday(local.date()) and WORK_BEGINS <= local.time() < WORK_ENDS


def days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += A_DAY
