"""How figures are shown: shares with what they are of, counts of what went wrong never exact when they are small."""

import re
from datetime import date

from bot.measures.model import Measure, Unit, in_words
from bot.reports.model import Figure

TOO_FEW = "too few to show"


def share(measure: Measure) -> str:
    """ "89% of 9", or that it is too little to be shown."""
    value = measure.value
    if value is None:
        return TOO_FEW
    return f"{percent(value)} of {measure.n}" if measure.unit is Unit.SHARE else f"{value:.1f} days"


def percent(value: float) -> str:
    return f"{round(100 * value)}%"


def figure(measure: Measure) -> Figure:
    """A measure as a line of the file: empty where it is not shown."""
    value = measure.value
    name = re.sub(r"\W", "_", measure.name) + ("_share" if measure.unit is Unit.SHARE else "")
    if value is None:
        return Figure(name, "", None, measure.unit.value)
    shown = percent(value) if measure.unit is Unit.SHARE else f"{value:.1f}"
    return Figure(name, shown, measure.n, measure.unit.value)


def count(name: str, number: int, *, exact: bool = False) -> Figure:
    return Figure(name, str(number) if exact else in_words(number), unit="count")


def day(value: date, today: date) -> str:
    """ "Friday 27 November", with its year where that is another one."""
    return f"{value:%A} {value.day} {value:%B}{f' {value.year}' if value.year != today.year else ''}"
