"""When something is due, from the words of a promise: the one date that is meant, and the words without it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.dates.elsewhere import found_by_dateparser
from bot.dates.finding import dates_in
from bot.dates.folding import folded
from bot.dates.found import Clock, Found
from bot.dates.joining import UNNAMED
from bot.dates.languages import also_possible
from bot.dates.periods import months_later
from bot.dates.recurrence import Recurrence

LONGEST = 1000
"""Characters beyond which a text is no promise and names no day: reading it would take seconds."""


class Problem(StrEnum):
    """Why a date is asked again."""

    PAST = "past"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Due:
    """What was read. `rest` is the text without the words of the date; the text itself where none was found."""

    rest: str
    day: date | None = None
    alternatives: tuple[date, ...] = ()
    recurring: Recurrence | None = None
    problem: Problem | None = None

    @property
    def is_read(self) -> bool:
        return bool(self.day or self.alternatives or self.problem)


def read_due(text: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> Due:
    """The day a text asks for, up to a year ahead, on the clocks of `zone`. `now` is aware.

    `language` is the one a person has chosen (en, fr, de, es, or another that dateparser knows); the text may be in any
    of ours. The first rare date loads dateparser, for half a second: call it in a thread.

    A day named with "before" counts itself, a longer time does not: "before the 14th" is the 14th, "before December" is
    30 November. A week, month, quarter or year is due on its last day, of a week its Friday.
    """
    if len(text) > LONGEST:
        return Due(text)
    clock, plain = Clock(now.astimezone(zone)), folded(text)
    for name in also_possible(plain, language):
        if meant := _meant(dates_in(plain, name, clock), plain):
            return _due(meant, text, clock)
    elsewhere = found_by_dateparser(plain, language, clock)
    return _due(elsewhere, text, clock) if elsewhere else Due(text)


def _meant(found: list[Found], text: str) -> Found | None:
    """A deadline before a plain date, a date before an hour, the last of equals."""
    usable = [one for one in found if one.lead not in ("ranging", "not", "subject") and not _looks_back(one, text)]
    return max(usable, key=lambda one: (_weight(one), one.start), default=None)


def _weight(found: Found) -> tuple[bool, bool, bool, bool]:
    return (
        not found.means.is_past,
        found.is_deadline or found.means.recurrence is not None,
        found.kind not in UNNAMED,
        found.lead == "at",
    )


def _looks_back(found: Found, text: str) -> bool:
    """ "What broke yesterday" is no date to do it by; "by last Friday" and a last word "yesterday" are."""
    is_last = not re.search(r"\w", text[found.end :])
    return found.means.is_past and not found.is_deadline and found.kind in ("day", "weekday", "period") and not is_last


def _due(found: Found, text: str, clock: Clock) -> Due:
    rest = text if found.means.keeps_words else without(text, found.start, found.end)
    if again := found.means.recurrence:
        first = again.first(clock.today)
        return Due(rest, first, recurring=again) if first else Due(text, problem=Problem.PAST)
    latest = months_later(clock.today, 12)
    fitting = tuple(day for day in found.means.alternatives if clock.today <= day <= latest)
    if len(fitting) > 1:
        return Due(rest, alternatives=fitting)
    day = fitting[0] if fitting else found.due or max(found.means.alternatives)
    if clock.today <= day <= latest:
        return Due(rest, day)
    return Due(rest, problem=Problem.PAST if day < clock.today else Problem.TOO_FAR)


def without(text: str, start: int, end: int) -> str:
    """The text without one stretch of it, and without the marks and spaces that held it."""
    left = f"{text[:start].rstrip(' ,;:–—-(')} {text[end:].lstrip(' ,;:–—-)')}"
    return re.sub(r"\s+([.,;:!?…])", r"\1", " ".join(left.split())).strip(" ,;:")
