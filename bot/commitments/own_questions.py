"""Questions about one's own: "what did I commit to?", "what is due this week?", "how is our response time doing?"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from bot.dates.finding import dates_in
from bot.dates.folding import folded
from bot.dates.found import Clock
from bot.dates.languages import also_possible

PHRASES = Path(__file__).with_name("own_questions.yaml")
LONGEST = 160
"""Characters beyond which a message asks more than this."""


class Own(StrEnum):
    """What of their own somebody asks for."""

    DELETE = "delete"
    STORED = "stored"
    METRICS = "metrics"
    METRIC = "metric"
    DUE = "due"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that the database answers, for the asker alone."""

    asks: Own
    metric: str | None = None
    """How they call the metric, in their words."""
    days: tuple[date, date] | None = None
    """From which day to which something is due, both counted; None for whatever is open."""


def own_question(text: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> OwnQuestion | None:
    """What of the asker's own is asked for; None for any other question, and for what is somebody else's.

    `now` is aware; days are those of `zone`. Rankings and "who was silent?" are none: they are declined where questions
    are answered.
    """
    if len(text) > LONGEST:
        return None
    plain = folded(text)
    for name in also_possible(plain, language):
        phrases = _phrases()[name]
        if phrases["not_mine"].search(plain):
            return None
        for asks in Own:
            if match := phrases[asks].search(plain):
                days = _days(plain, name, Clock(now.astimezone(zone))) if asks is Own.DUE else None
                return OwnQuestion(asks, _named(match, text), days)
    return None


def _named(match: re.Match[str], text: str) -> str | None:
    """The metric's words as they were written."""
    for name, found in match.groupdict().items():
        if found:
            return text[match.start(name) : match.end(name)].strip()
    return None


def _days(plain: str, language: str, clock: Clock) -> tuple[date, date] | None:
    """The days asked about: up to a deadline from today on, else those that are named, a week with its weekend."""
    found = [one for one in dates_in(plain, language, clock) if one.means.period]
    if not found or not (period := found[-1].means.period):
        return None
    is_until = found[-1].is_deadline and not plain.startswith("due", found[-1].start)  # "due on Friday" is that day
    first = clock.today if is_until else period.first
    last = period.first + timedelta(days=6) if period.unit == "week" and first == period.first else period.last
    return max(first, clock.today), last


@cache
def _phrases() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    stored: dict[str, dict[str, str]] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return {language: {name: re.compile(told) for name, told in each.items()} for language, each in stored.items()}
