"""Periods in words: "last week", "4 weeks", "november", "2026-W47", "q3". Whole days, where the team lives."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.kernel.weeks import A_DAY, A_WEEK, monday_of, week_of

MONTHS = "january february march april may june july august september october november december".split()
LONGEST = timedelta(days=366)
EXAMPLES = "`last week`, `4 weeks`, `november`, `2026-W47` or `q3`"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included, and how they are called."""

    first: date
    last: date
    name: str

    @property
    def when(self) -> str:
        """ "in November 2026", "last week"."""
        return self.name if self.name.startswith(("this ", "last ")) else f"in {self.name}"

    def title(self, today: date) -> str:
        """ "last week (16 to 22 November)"."""
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        begin = str(self.first.day) if same_month else f"{self.first.day} {self.first:%B}"
        year = "" if self.last.year == today.year else f" {self.last.year}"
        return f"{self.name} ({begin} to {self.last.day} {self.last:%B}{year})"

    @property
    def key(self) -> str:
        """What a step of a report is remembered by: the ISO week, or the two days."""
        is_week = self.first == monday_of(self.first) and self.last == self.first + 6 * A_DAY
        return week_of(self.first) if is_week else f"{self.first.isoformat()}/{self.last.isoformat()}"


def last_weeks(count: int, today: date) -> Period:
    """So many times seven days, up to today."""
    name = f"the last {count} weeks" if count > 1 else "the last seven days"
    return Period(today - count * A_WEEK + A_DAY, today, name)


def this_week(today: date) -> Period:
    return _week(monday_of(today), "this week")


def period_in(words: str, today: date) -> Period | None:
    """The period a few words name; None where they name none, or one that is wholly ahead, or over a year long."""
    said = " ".join(words.lower().replace("_", " ").split())
    for pattern, read in _PATTERNS.items():
        if found := re.fullmatch(pattern, said):
            period = read(found, today)
            is_usable = period and period.first <= today and period.last - period.first <= LONGEST
            return period if is_usable else None
    return None


def period_of_key(key: str, today: date) -> Period | None:
    """The period a step was remembered by."""
    if "/" not in key:
        return period_in(key, today)
    first, _, last = key.partition("/")
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last), "")
    except ValueError:
        return None
    return Period(period.first, period.last, f"{_day(period.first)} to {_day(period.last)}")


def _week(monday: date, name: str = "") -> Period:
    return Period(
        monday, monday + 6 * A_DAY, name or f"week {monday.isocalendar().week} of {monday.isocalendar().year}"
    )


def _month(year: int, month: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), following - A_DAY, f"{MONTHS[month - 1].capitalize()} {year}")


def _quarter(year: int, quarter: int) -> Period:
    first, last = _month(year, 3 * quarter - 2), _month(year, 3 * quarter)
    return Period(
        first.first, last.last, f"the {('first', 'second', 'third', 'fourth')[quarter - 1]} quarter of {year}"
    )


def _iso_week(found: re.Match[str], today: date) -> Period | None:
    week, year = int(found["week"]), found["year"]
    for candidate in (int(year),) if year else (today.isocalendar().year, today.isocalendar().year - 1):
        try:
            monday = date.fromisocalendar(candidate, week, 1)
        except ValueError:
            continue
        if year or monday <= today:
            return _week(monday)
    return None


def _named_month(found: re.Match[str], today: date) -> Period:
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(found["month"][:3]))
    year = found["year"] or (today.year if month <= today.month else today.year - 1)
    return _month(int(year), month)


def _numbered_month(found: re.Match[str], _today: date) -> Period | None:
    month = int(found["month"])
    return _month(int(found["year"]), month) if 1 <= month <= 12 else None


def _named_quarter(found: re.Match[str], today: date) -> Period:
    quarter = int(found["quarter"])
    year = found["year"] or (today.year if 3 * quarter - 2 <= today.month else today.year - 1)
    return _quarter(int(year), quarter)


def _several_weeks(found: re.Match[str], today: date) -> Period | None:
    count = _COUNTS.get(found["count"]) or int(found["count"])
    return last_weeks(count, today) if 1 <= count <= 52 else None


def _last_month(_found: re.Match[str], today: date) -> Period:
    end = today.replace(day=1) - A_DAY
    return _month(end.year, end.month)


def _last_quarter(_found: re.Match[str], today: date) -> Period:
    quarter = (today.month - 1) // 3
    return _quarter(today.year, quarter) if quarter else _quarter(today.year - 1, 4)


def _year(found: re.Match[str], _today: date) -> Period:
    year = int(found["year"])
    return Period(date(year, 1, 1), date(year, 12, 31), str(year))


_COUNTS = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "twelve": 12}
_YEAR = r"(?P<year>20\d\d)"
_NAMES = "|".join(f"{name}|{name[:3]}|{name[:4]}" for name in MONTHS)
_PATTERNS: Mapping[str, Callable[[re.Match[str], date], Period | None]] = {
    r"(?:this|the current) week|week": lambda _, today: this_week(today),
    r"(?:the )?(?:last|previous|past) week": lambda _, today: _week(monday_of(today) - A_WEEK, "last week"),
    rf"(?:the )?(?:last |past )?(?P<count>\d\d?|{'|'.join(_COUNTS)}) weeks?": _several_weeks,
    r"(?:this|the current) month|month": lambda _, today: _month(today.year, today.month),
    r"(?:the )?(?:last|previous|past) month": _last_month,
    r"(?:this|the current) quarter|quarter": lambda _, today: _quarter(today.year, (today.month + 2) // 3),
    r"(?:the )?(?:last|previous|past) quarter": _last_quarter,
    rf"(?:{_YEAR}[- ]?)?(?:w|week |kw ?)(?P<week>\d\d?)": _iso_week,
    rf"(?P<month>{_NAMES})\.?(?: {_YEAR})?": _named_month,
    rf"{_YEAR}-(?P<month>\d\d)": _numbered_month,
    rf"(?:q(?P<quarter>[1-4])(?:[ /-]{_YEAR})?)": _named_quarter,
    r"(?P<year>20\d\d)[- ]?q(?P<quarter>[1-4])": _named_quarter,
    _YEAR: _year,
}


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
