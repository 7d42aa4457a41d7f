"""Days away in words: "away until the 14th", "en congé jusqu'au 14", "bis 14. im Urlaub"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from bot.dates.finding import dates_in
from bot.dates.folding import folded
from bot.dates.found import Clock, Found
from bot.dates.languages import also_possible
from bot.dates.lexicon import lexicon
from bot.dates.meaning import later
from bot.dates.periods import Period, months_later
from bot.teams.model import Away

WORDS = Path(__file__).with_name("away.yaml")
A_DAY = timedelta(days=1)
LONGEST = 200
"""Characters beyond which a message speaks of more than a few days away."""
FEW_WORDS = 5
"""Up to so many words without a date mean today: "I'm off sick"."""


def read_away(text: str, now: datetime, zone: ZoneInfo, language: str | None = None) -> Away | None:
    """From which day until which the writer says they are away, both counted; None where they say nothing of the kind.

    Questions, what is said of others and what is over are None. A week away lasts until its Sunday; without a beginning
    it begins today, without any date it is today alone. At most a year ahead.
    """
    if len(text) > LONGEST or text.rstrip().endswith("?"):
        return None
    clock, plain = Clock(now.astimezone(zone)), folded(text)
    for name in also_possible(plain, language):
        words = _words()[name]
        if words["others"].search(plain) or not (words["away"].search(plain) or words["back"].search(plain)):
            continue
        return _within_a_year(_away(plain, name, clock), clock.today)
    return None


def _away(plain: str, language: str, clock: Clock) -> Away | None:
    words, today = _words()[language], clock.today
    found = [one for one in dates_in(plain, language, clock) if one.means.period and one.lead != "not"]
    if back := words["back"].search(plain):
        return _until_return(found, back.end(), today)
    stretches = [_whole(one.means.period, one) for one in found if one.means.period]
    if lasting := words["lasting"].search(plain):
        first = stretches[0].first if stretches else today
        return Away(first, _lasting(lasting, language, clock, first))
    if not stretches:
        return Away(today, today) if words["away"].search(plain) and len(plain.split()) <= FEW_WORDS else None
    if found[-1].is_deadline:
        return Away(stretches[0].first if len(stretches) > 1 else today, stretches[-1].last)
    return Away(stretches[-1].first, stretches[-1].last)


def _until_return(found: Sequence[Found], after: int, today: date) -> Away | None:
    """Until the day before the return, which is the date behind "back"."""
    returns = [one.means.period.first for one in found if one.means.period and one.end > after]
    return Away(today, returns[0] - A_DAY) if returns else None


def _lasting(lasting: re.Match[str], language: str, clock: Clock, first: date) -> date:
    values = lexicon(language).values
    count = values["n"].get(lasting["n"]) or int(lasting["n"])
    end = later(Clock(clock.now + (first - clock.today)), count, values["unit"][lasting["unit"]])
    return max(first, end - A_DAY)


def _whole(period: Period, found: Found) -> Period:
    """The period with the weekend of its week: nobody is back on a Saturday."""
    if period.unit == "week" and not found.is_deadline and period.first.weekday() == 0:
        return Period("week", period.first, period.first + timedelta(days=6))
    return period


def _within_a_year(away: Away | None, today: date) -> Away | None:
    if away is None or away.last < max(today, away.first) or away.last > months_later(today, 12):
        return None
    return Away(max(away.first, today), away.last)


@cache
def _words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    stored: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {
        language: {
            name: re.compile(_lasting_pattern(told, language) if name == "lasting" else told)
            for name, told in each.items()
        }
        for language, each in stored.items()
    }


def _lasting_pattern(words: str, language: str) -> str:
    values = lexicon(language).values
    n, unit = ("|".join(sorted(map(re.escape, values[name]), key=len, reverse=True)) for name in ("n", "unit"))
    return rf"\b(?:{words}) (?P<n>\d{{1,3}}|{n}) (?P<unit>{unit})\b".replace(r"\ ", " ")
