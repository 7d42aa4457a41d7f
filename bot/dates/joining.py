"""Dates that stand side by side: parts of one ("Friday, 4 December"), a choice of two, from one to the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dates.found import Found, Meaning
from bot.dates.lexicon import Lexicon
from bot.dates.periods import Period, day

UNNAMED = frozenset({"time", "part of day"})
"""Kinds that name an hour and not a day: beside a day they only add to it."""
VAGUER = ("weekday", "day", "day of month", "date")
"""Of two parts of one date the one further to the right here says which day."""


def joined(found: Sequence[Found], text: str, words: Lexicon) -> list[Found]:
    """The dates of a folded text in order, with neighbours that belong together as one."""
    together: list[Found] = []
    for one in found:
        pair = _pair(together[-1], one, text, words) if together else None
        if pair:
            together[-1] = replace(pair, start=together[-1].start, end=one.end, led_by=together[-1].led_by)
        else:
            together.append(one)
    return together


def _pair(first: Found, second: Found, text: str, words: Lexicon) -> Found | None:
    """What two neighbours of a text say together; None for two dates."""
    begin, end = first.means.period, second.means.period
    gap = text[first.end : second.start + second.led_by]
    is_one = first.lead != "not" and not first.means.is_past
    if begin and end and is_one and {first.kind, second.kind}.isdisjoint(UNNAMED):
        if words.joined_by_or.fullmatch(gap) and begin.last != end.last:
            return replace(first, means=Meaning(alternatives=tuple(sorted((begin.last, end.last)))))
        if words.joined_by_to.fullmatch(gap) and (until := _not_before(end, begin, second.kind)):
            means = replace(second.means, period=Period(end.unit, begin.first, until))
            return replace(second, means=means, lead="at" if first.lead == "ranging" else first.lead)
    if words.between.fullmatch(text[first.end : second.start]):
        return _parts_of_one(first, second)
    return None


def _not_before(end: Period, begin: Period, kind: str) -> date | None:
    """The last day of a range; of "from Monday to Friday" the Friday after that Monday."""
    if end.last >= begin.first:
        return end.last
    return end.last + timedelta(weeks=1) if kind == "weekday" else None


def _parts_of_one(first: Found, second: Found) -> Found | None:
    lead = first.lead or second.lead
    if second.kind in UNNAMED:
        return replace(first, lead=lead)
    if first.kind in UNNAMED:
        return replace(second, lead=lead)
    if first.means.recurrence or second.means.recurrence:
        return _until(first, second)
    if second.lead not in ("", "at"):
        return None
    if of_week := _weekday_of_week(first, second) or _weekday_of_week(second, first):
        return replace(first, means=Meaning(day(of_week)), lead=lead)
    if first.kind in VAGUER and second.kind in VAGUER:
        return replace(max(first, second, key=lambda one: VAGUER.index(one.kind)), lead=lead)
    return None


def _until(first: Found, second: Found) -> Found | None:
    """What comes again, up to a day: "every Friday until 18 December"."""
    again, end = (first, second) if first.means.recurrence else (second, first)
    if not again.means.recurrence or not end.due or not end.is_deadline:
        return None
    return replace(again, means=replace(again.means, recurrence=again.means.recurrence.ending(end.due)))


def _weekday_of_week(weekday: Found, week: Found) -> date | None:
    """The day of "Friday in two weeks": that weekday, in that week."""
    named, around = weekday.means.period, week.means.period
    if weekday.kind != "weekday" or week.kind not in ("in", "period") or not named or not around:
        return None
    return around.last - timedelta(days=around.last.weekday() - named.first.weekday())
