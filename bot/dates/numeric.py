"""Dates in figures: 2026-12-04, 4.12.2026, 4/12. Which figure is the month depends on the language, or is asked."""

import re
from collections.abc import Iterator
from datetime import date

from bot.dates.found import Clock, Found, Meaning
from bot.dates.meaning import dated
from bot.dates.periods import day

DAY_FIRST = frozenset({"fr", "de", "es"})
"""Languages whose writers put the day first; in English it depends on who writes."""

_YEAR_FIRST = re.compile(r"(?<![\w/.-])(20\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?:t\d\d:\d\d(?::\d\d)?z?)?(?![\w/]|\.\d)")
_WITH_STROKES = re.compile(
    r"(?<![\w/.,$€£-])(?!24/7)(\d{1,2})([/-])(\d{1,2})(?:\2(20\d\d|\d\d))?"
    r"(?![\w/%]|[.,-]\d| ?(?:of|des?|der|von|del|days?|hours?|pages?|points?|stars?)\b)"
)
_WITH_DOTS = re.compile(r"(?<![\w/.,-])(\d{1,2})\. ?(\d{1,2})\.(?: ?(20\d\d|\d\d)(?!\d))?(?!\w)")


def in_figures(text: str, language: str, clock: Clock) -> Iterator[Found]:
    """The dates in figures of a folded text. A stroke with neither a year nor a word before it may be a fraction."""
    for match in _YEAR_FIRST.finditer(text):
        year, _, month, number = match.groups()
        if means := dated(int(month), int(number), int(year), clock.today):
            yield Found(*match.span(), "date", means)
    for match in _WITH_DOTS.finditer(text):
        if means := dated(int(match[2]), int(match[1]), _year(match[3]), clock.today):
            yield Found(*match.span(), "date", means)
    for match in _WITH_STROKES.finditer(text):
        first, stroke, second, year = match.groups()
        if (stroke == "/" or year) and (means := _either_way(int(first), int(second), _year(year), language, clock)):
            yield Found(*match.span(), "date", means)


def _either_way(first: int, second: int, year: int | None, language: str, clock: Clock) -> Meaning | None:
    """Day and month in the order of the language; in English both, where both are days to come."""
    day_first = dated(second, first, year, clock.today)
    month_first = dated(first, second, year, clock.today)
    if language in DAY_FIRST:
        return day_first or month_first
    to_come = {one.period.last for one in (day_first, month_first) if one and one.period and not one.is_past}
    if len(to_come) == 2:
        return Meaning(alternatives=_two(to_come))
    return Meaning(day(to_come.pop())) if to_come else day_first or month_first


def _two(days: set[date]) -> tuple[date, ...]:
    return tuple(sorted(days))


def _year(figures: str | None) -> int | None:
    return (int(figures) if len(figures) == 4 else 2000 + int(figures)) if figures else None
