"""Days, weeks, months, quarters and years as stretches of days: what "end of next week" and "mid December" mean."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]
Part = Literal["start", "mid", "end"]

FRIDAY, SUNDAY = 4, 6
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both counted. `last` is when something promised for the period is due."""

    unit: Unit
    first: date
    last: date

    def before(self) -> date:
        """The last day that is before it. For a day that is the day itself: "before the 14th" is due on the 14th."""
        return self.last if self.unit == "day" else self.first - timedelta(days=1)


def day(of: date) -> Period:
    return Period("day", of, of)


def week(of: date, later: int = 0) -> Period:
    """Monday to Friday, some weeks later; this week, once its Friday is over, to Sunday."""
    monday = of - timedelta(days=of.weekday()) + timedelta(weeks=later)
    friday = monday + timedelta(days=FRIDAY)
    return Period("week", monday, friday if friday >= of or later else monday + timedelta(days=SUNDAY))


def stretch(unit: str, of: date, later: int = 0) -> Period:
    """The week, month, quarter or year around a day, or one so many later."""
    if unit == "week":
        return week(of, later)
    months = MONTHS[unit]
    number = of.year * 12 + (of.month - 1) // months * months + later * months
    first, after = _first_of(number), _first_of(number + months)
    return Period(unit, first, after - timedelta(days=1))  # type: ignore[arg-type]  # a key of MONTHS


def part_of(period: Period, part: Part) -> Period:
    """Its start, middle or end, as a day."""
    if part == "end" or period.unit == "day":
        return day(period.last)
    return day(period.first + timedelta(days=_DAYS_IN[period.unit][part]))


_DAYS_IN: dict[str, dict[str, int]] = {
    "week": {"start": 1, "mid": 2},  # Tuesday, Wednesday
    "month": {"start": 4, "mid": 14},  # the 5th, the 15th
    "quarter": {"start": 14, "mid": 45},
    "year": {"start": 30, "mid": 180},
}


def months_later(of: date, months: int) -> date:
    """The same day some months later, or the last one of a month that is too short."""
    first = _first_of(of.year * 12 + of.month - 1 + months)
    return first.replace(day=min(of.day, monthrange(first.year, first.month)[1]))


def next_with_day(number: int, today: date) -> date | None:
    """The next day with this number in its month, today counted; None for one that no month has."""
    for later in range(4):
        first = _first_of(today.year * 12 + today.month - 1 + later)
        if number <= monthrange(first.year, first.month)[1] and first.replace(day=number) >= today:
            return first.replace(day=number)
    return None


def workdays_later(of: date, count: int) -> date:
    """So many days from Monday to Friday later."""
    found = of
    while count > 0:
        found += timedelta(days=1)
        count -= found.weekday() <= FRIDAY
    return found


def next_weekday(weekday: int, after: date) -> date:
    """The first such weekday (Monday is 0) after a day, not counting the day."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, after Meeus."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, number = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, number + 1)


def _first_of(month_number: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, 1)
