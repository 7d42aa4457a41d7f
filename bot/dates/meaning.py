"""What each kind of phrase means on a given day. One short function a kind; KINDS lists them for words/."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from typing import Any

from bot.dates import periods
from bot.dates.found import Clock, Meaning
from bot.dates.periods import FRIDAY, SUNDAY, Period, day
from bot.dates.recurrence import WORKDAYS, Recurrence

JUST_PAST = timedelta(days=31)
"""A day of the year that was so lately is meant as the past one, and asked again; an earlier one comes next year."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a phrase, and what those in its slots stand for: {"weekday": 4}."""

    words: str
    told: tuple[str, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first_told(self) -> int:
        return int(self.told[0]) if self.told else 0


def meaning_of(kind: str, said: Said, clock: Clock) -> Meaning | None:
    """What the phrase says at this moment; None where there is no such day, as with 30 February."""
    return KINDS[kind](said, clock)


def dated(month: int, number: int, year: int | None, today: date) -> Meaning | None:
    """A day of a month; without a year the one to come, or the one just past."""
    try:
        found = date(year or today.year, month, number)
        if year is None and found < today - JUST_PAST:
            found = found.replace(year=today.year + 1)
    except ValueError:  # 29 February, most years
        return None
    return Meaning(day(found), is_past=found < today)


def _time(said: Said, clock: Clock) -> Meaning:
    """Today, or tomorrow where the hour is over."""
    hour = re.search(r"(\d{1,2})(?:[:.h ]\d\d)? ?([ap]\.?m)?", said.words)
    after_noon = 12 if hour and (hour[2] or "").startswith("p") and int(hour[1]) < 12 else 0
    is_over = bool(hour) and int(hour[1]) + after_noon <= clock.now.hour if hour else False
    return Meaning(day(clock.today + timedelta(days=is_over)))


def _part_of_day(_said: Said, clock: Clock) -> Meaning:
    return Meaning(day(clock.today), needs_lead=True)


def _days_off(said: Said, clock: Clock) -> Meaning:
    return Meaning(day(clock.today + timedelta(days=said.first_told)), is_past=said.first_told < 0)


def _weekday(said: Said, clock: Clock) -> Meaning:
    """ "Friday": the next one, on a Friday in a week. "Next Friday": of next week. "Friday week": a week after that."""
    weekday, today = said.slots["weekday"], clock.today
    monday = today - timedelta(days=today.weekday())
    match said.told:
        case ("next",):
            return Meaning(day(monday + timedelta(weeks=1, days=weekday)))
        case ("week",):
            return Meaning(day(monday + timedelta(days=weekday)), is_past=weekday < today.weekday())
        case ("this",):
            return Meaning(day(periods.next_weekday(weekday, today - timedelta(days=1))))
        case ("last",):
            return Meaning(day(periods.next_weekday(weekday, today - timedelta(days=8))), is_past=True)
        case ("later", weeks):
            return Meaning(day(periods.next_weekday(weekday, today) + timedelta(weeks=int(weeks))))
    return Meaning(day(periods.next_weekday(weekday, today)))


def _in(said: Said, clock: Clock) -> Meaning:
    return Meaning(day(later(clock, said.slots["n"], said.slots["unit"])))


def later(clock: Clock, count: int, unit: str) -> date:
    """The day so many minutes, hours, days, workdays, weeks, months, quarters or years from now."""
    if unit in ("minute", "hour"):
        moment = clock.now.astimezone(UTC) + timedelta(**{f"{unit}s": count})
        return moment.astimezone(clock.now.tzinfo).date()
    if unit == "workday":
        return periods.workdays_later(clock.today, count)
    if unit in periods.MONTHS:
        return periods.months_later(clock.today, count * periods.MONTHS[unit])
    return clock.today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _period(said: Said, clock: Clock) -> Meaning:
    which = said.slots.get("which", said.first_told)
    return _part(periods.stretch(said.slots["period"], clock.today, which), said.slots.get("part"), clock)


def _stretch(said: Said, clock: Clock) -> Meaning:
    unit, which, *part = said.told
    return _part(periods.stretch(unit, clock.today, int(which)), part[0] if part else None, clock)


def _part(period: Period, part: Any, clock: Clock) -> Meaning:
    found = periods.part_of(period, part) if part else period
    return Meaning(found, is_past=found.last < clock.today)


def _weekend(said: Said, clock: Clock) -> Meaning:
    sunday = clock.today + timedelta(days=SUNDAY - clock.today.weekday(), weeks=said.first_told)
    return Meaning(Period("week", sunday - timedelta(days=1), sunday))


def _month(said: Said, clock: Clock) -> Meaning:
    return _yearly("month", said.slots["month"] - 1, said, clock)


def _month_only(said: Said, clock: Clock) -> Meaning:
    found = _month(said, clock)
    return Meaning(found.period, needs_lead=True)


def _quarter(said: Said, clock: Clock) -> Meaning | None:
    number = int(said.slots.get("quarter") or said.slots.get("ordinal") or 0)
    return _yearly("quarter", number - 1, said, clock) if 1 <= number <= 4 else None


def _yearly(unit: str, number: int, said: Said, clock: Clock) -> Meaning:
    """That month or quarter of the year told, or the one to come."""
    year = said.slots.get("year")
    first = date(year or clock.today.year, number * periods.MONTHS[unit] + 1, 1)
    found = periods.stretch(unit, first)
    if year is None and found.last < clock.today:
        found = periods.stretch(unit, first.replace(year=first.year + 1))
    return _part(found, said.slots.get("part"), clock)


def _date(said: Said, clock: Clock) -> Meaning | None:
    return dated(said.slots["month"], _number(said), said.slots.get("year"), clock.today)


def _day_of_month(said: Said, clock: Clock) -> Meaning | None:
    number = _number(said)
    begin = periods.stretch("month", clock.today, 1).first if said.told else clock.today
    found = periods.next_with_day(number, begin) if number > 0 else None
    return Meaning(day(found)) if found else None


def _number(said: Said) -> int:
    return int(said.slots.get("day") or said.slots.get("ordinal") or 1)


def _feast(said: Said, clock: Clock) -> Meaning | None:
    if said.told == ("christmas",):
        return dated(12, 24, None, clock.today)
    found = periods.easter(clock.today.year)
    return Meaning(day(found if found >= clock.today else periods.easter(clock.today.year + 1)))


def _every(said: Said, clock: Clock) -> Meaning | None:
    return _again(said.slots.get("unit", "week"), said.slots.get("n") or said.first_told or 1)


def _every_stretch(said: Said, clock: Clock) -> Meaning | None:
    return _again(said.told[0], 1)


def _counted(said: Said, clock: Clock) -> Meaning:
    return Meaning(recurrence=Recurrence("week", 1, (FRIDAY,)), keeps_words=True)


def _again(unit: str, every: int) -> Meaning | None:
    match unit:
        case "day":
            return Meaning(recurrence=Recurrence("day", every))
        case "workday":
            return Meaning(recurrence=Recurrence("week", 1, WORKDAYS))
        case "week" | "fortnight":
            return Meaning(recurrence=Recurrence("week", every * (2 if unit == "fortnight" else 1), (FRIDAY,)))
        case "month" | "quarter":
            return Meaning(recurrence=Recurrence("month", every * periods.MONTHS[unit]))
    return None


def _every_weekday(said: Said, clock: Clock) -> Meaning | None:
    weekdays = tuple(sorted(set(said.slots["weekdays"])))
    return Meaning(recurrence=Recurrence("week", said.first_told or 1, weekdays)) if weekdays else None


def _every_month_on(said: Said, clock: Clock) -> Meaning:
    return Meaning(recurrence=Recurrence("month", 1, (), _number(said)))


def _every_month_on_weekday(said: Said, clock: Clock) -> Meaning:
    return Meaning(recurrence=Recurrence("month", 1, (said.slots["weekday"],), min(_number(said), 5)))


KINDS: dict[str, Callable[[Said, Clock], Meaning | None]] = {
    "time": _time,
    "part of day": _part_of_day,
    "day": _days_off,
    "weekday": _weekday,
    "in": _in,
    "period": _period,
    "stretch": _stretch,
    "weekend": _weekend,
    "month": _month,
    "month only": _month_only,
    "quarter": _quarter,
    "date": _date,
    "day of month": _day_of_month,
    "feast": _feast,
    "every day": lambda said, clock: _again("day", 1),
    "every workday": lambda said, clock: _again("workday", 1),
    "every": _every,
    "every stretch": _every_stretch,
    "every weekday": _every_weekday,
    "counted": _counted,
    "every month on": _every_month_on,
    "every month on weekday": _every_month_on_weekday,
}
