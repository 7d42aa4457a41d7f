"""The day something was on: "yesterday", "Friday", "20 Nov" look back here, where a promise looks ahead."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dates.finding import dates_in
from bot.dates.folding import folded
from bot.dates.found import Clock, Found
from bot.dates.languages import likely

_LEADS = frozenset({"on", "for", "of", "am", "vom", "den", "le", "du", "el", "del"})


def read_been(text: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> date | None:
    """The day that the whole of a text names, on the clocks of `zone`: of several such days the last one up to today.

    A day that only lies ahead ("tomorrow") is given as it is. None where the text is no day, or could be two.
    """
    clock, plain = Clock(now.astimezone(zone)), folded(text)
    for name in likely(plain, language):
        for found in dates_in(plain, name, clock):
            if _is_all_of(plain, found):
                has_year = re.search(r"\d{4}", plain) is not None
                return _been(found, clock.today, looks_back=not has_year)
    return None


def _is_all_of(text: str, found: Found) -> bool:
    around = re.findall(r"[^\s.,;:()]+", f"{text[: found.start]} {text[found.end :]}")
    return found.means.recurrence is None and set(around) <= _LEADS


def _been(found: Found, today: date, *, looks_back: bool) -> date | None:
    named = found.means.alternatives or ((found.due,) if found.due else ())
    days = {_looked_back(day, found.kind, today) if looks_back else day for day in named}
    return days.pop() if len(days) == 1 else None


def _looked_back(day: date, kind: str, today: date) -> date:
    """A weekday of the week before, a day of the year before, where the next one is meant otherwise."""
    if day <= today:
        return day
    if kind == "weekday":
        return day - timedelta(days=7 * -(-(day - today).days // 7))
    return _a_year_before(day) if kind == "date" and day > today + timedelta(days=31) else day


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
