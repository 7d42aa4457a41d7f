"""A sentence as a promise."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.dates.due import Problem, read_due
from bot.dates.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class ReadCommitment:
    is_commitment: bool
    what: str
    due: date | None
    alternatives: tuple[date, ...]
    recurring: Recurrence | None
    vague: bool
    rewrite: str | None
    problem: Problem | None


def read_commitment(text: str, *, now: datetime, zone: ZoneInfo, language: str | None = None) -> ReadCommitment:
    due = read_due(text, now=now, zone=zone, language=language)
    vague = "improve" in text
    what = re.sub(r"^(I'll|I will) ", "", due.rest)
    return ReadCommitment(
        text.startswith("I'll"),
        what,
        due.day,
        due.alternatives,
        due.recurring,
        vague,
        f"{what}: once" if vague else None,
        due.problem,
    )
