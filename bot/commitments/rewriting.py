"""A vague promise once more in the same words, with a first act that can be counted and has a date."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.dates.folding import lowered
from bot.dates.periods import FRIDAY

REWRITES = Path(__file__).with_name("rewrites.yaml")
AT_LEAST = timedelta(days=2)
"""How much time a first act gets where no date was said: the next Friday that leaves so much."""


def rewritten(what: str, due: date | None, today: date, language: str) -> str:
    """The offer: "improve engagement: ask one question in our channel by Friday 27 November, …"."""
    told = _rewrites()[language]
    act = next((act for pattern, act in told["acts"] if re.search(pattern, lowered(what))), told["otherwise"])
    offer: str = told["form"].format(what=what, act=act.format(by=_by(due or first_friday(today), today, told)))
    return offer


def first_friday(today: date) -> date:
    """The next Friday that leaves time for a first act."""
    earliest = today + AT_LEAST
    return earliest + timedelta(days=(FRIDAY - earliest.weekday()) % 7)


def _by(due: date, today: date, told: Mapping[str, Any]) -> str:
    by: str = told["by"].format(
        weekday=told["weekdays"][due.weekday()], day=due.day, month=told["months"][due.month - 1]
    )
    return by if due.year == today.year else f"{by}{told['year'].format(year=due.year)}"


@cache
def _rewrites() -> dict[str, dict[str, Any]]:
    stored: dict[str, dict[str, Any]] = yaml.safe_load(REWRITES.read_text(encoding="utf-8"))
    for told in stored.values():
        told["weekdays"], told["months"] = told["weekdays"].split(), told["months"].split()
        told["acts"] = [(rf"(?<!\w)(?:{about})", act) for about, act in told["acts"].items()]
    return stored
