"""Dates in the languages that have no words of their own here, and rare ways of writing one: by dateparser.

It reads "next Wed" and "end of month" in none of our languages, so it comes last. Its import takes a quarter of a
second and a new language a tenth: both are late.
"""

import re
from datetime import timedelta
from functools import cache

from bot.dates.found import Clock, Found, Meaning
from bot.dates.lexicon import LANGUAGES, lexicon
from bot.dates.periods import day


def found_by_dateparser(text: str, language: str | None, clock: Clock) -> Found | None:
    """The last date that dateparser sees in a folded text; in ours only one with a figure and a month in it."""
    foreign = language if language and language not in LANGUAGES else None
    if not foreign and not _figure_and_month().search(text):
        return None
    from dateparser.search import search_dates

    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": clock.now.replace(tzinfo=None)}
    try:
        seen = search_dates(text, languages=[foreign] if foreign else list(LANGUAGES), settings=settings) or []
    except ValueError:  # a language that dateparser does not know
        return None
    for words, moment in reversed(seen):
        if foreign or _figure_and_month().search(words):
            start, is_past = text.rindex(words), moment.date() < clock.today - timedelta(days=1)
            return Found(start, start + len(words), "date", Meaning(day(moment.date()), is_past=is_past), "at")
    return None


@cache
def _figure_and_month() -> re.Pattern[str]:
    months = {word for name in LANGUAGES for word in lexicon(name).values["month"] if len(word) > 2}
    either = "|".join(sorted(months, key=len, reverse=True))
    return re.compile(rf"(?=.*\d).*(?<![^\W\d_])(?:{either})(?![^\W\d_])")
