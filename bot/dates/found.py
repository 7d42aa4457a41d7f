"""A date found in a text: where it stands, which days it names, how it is spoken of."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from bot.dates.periods import Period
from bot.dates.recurrence import Recurrence

Lead = Literal["by", "before", "at", "ranging", "not", "subject", ""]
"""A deadline; before it; on it; "from" or "between"; something else ("the report of Friday"); what it is about
("plans for May"); not said."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment somebody writes, on the clocks where they live."""

    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a stretch of days, or what comes again."""

    period: Period | None = None
    alternatives: tuple[date, ...] = ()
    """Two days where it may be either, the earlier first."""
    recurrence: Recurrence | None = None
    is_past: bool = False
    """Whether the phrase itself looks back, as "last Friday" does."""
    needs_lead: bool = False
    """Whether it is a date only with a word like "in" or "by" before it: "may", "sat"."""
    keeps_words: bool = False
    """Whether the words belong to what is promised as well: "twice a week"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A meaning and its place in the text, from the first character to behind the last."""

    start: int
    end: int
    kind: str
    means: Meaning
    lead: Lead = ""
    led_by: int = 0
    """How many characters at its start are the lead."""

    @property
    def is_deadline(self) -> bool:
        return self.lead in ("by", "before")

    @property
    def due(self) -> date | None:
        """The day it asks for; None where it leaves open which."""
        if self.means.alternatives or self.means.period is None:
            return None
        return self.means.period.before() if self.lead == "before" else self.means.period.last

    def with_lead(self, lead: Lead, start: int) -> "Found":
        return replace(self, lead=lead, start=start, led_by=self.start - start)
