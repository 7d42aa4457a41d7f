"""A value as people type it: "12,5 %", "1 200", "12k", "3 h 20". What is none, or an impossible one, is said."""

import re

from bot.metrics.durations import duration, is_duration, unit_of_time
from bot.metrics.magnitudes import times
from bot.metrics.numerals import DIGITS, NotAValue, number_of, ungrouped

_SIGNED = re.compile(r"([-+−]?)\s*(.*)", re.DOTALL)
_TYPED = re.compile(r"(\d[\d.,]*|[.,]\d+)\s*(.*)", re.DOTALL)
_BOTH_WAYS = ("points", "change", "net", "difference", "index", "score", "°")
"""Units that may lie below zero."""
LARGEST = 1e12
LONGEST = 40
"""Characters of a value with its unit."""


def value_of(typed: str, unit: str) -> float:
    """The value that was typed, in the metric's unit. Raises: NotAValue."""
    sign, words = _parted(typed)
    seconds = unit_of_time(unit)
    lasted = duration(words, seconds) if seconds else None
    value = _counted(words, unit) if lasted is None else lasted
    return _possible(-value if sign in ("-", "−") and value else value, unit)


def may_be_a_value(typed: str) -> bool:
    """Whether this reads as one value and perhaps a unit: "63 %", "1 200", "4 h", "3 h 20"."""
    _, words = _parted(typed)
    found = _TYPED.fullmatch(words)
    if found is None or len(typed) > LONGEST:
        return False
    return not any(sign.isdigit() for sign in found[2]) or is_duration(words)


def is_share(unit: str) -> bool:
    """Whether the unit is one of parts of a whole: % and nothing else."""
    return unit.strip().casefold() in ("%", "percent", "per cent", "pct")


def _parted(typed: str) -> tuple[str, str]:
    """The sign and what follows it."""
    found = _SIGNED.fullmatch(ungrouped(typed))
    return (found[1], found[2]) if found else ("", typed)


def _counted(words: str, unit: str) -> float:
    found = _TYPED.fullmatch(words)
    if not found:
        raise NotAValue(DIGITS)
    factor, rest, left = times(found[2].strip(), unit)
    _same_unit(rest.strip(), left)
    number = number_of(found[1], is_share=is_share(unit))
    return number if factor == 1 else round(number * factor, 6)


def _same_unit(rest: str, unit: str) -> None:
    """ "%", "h" for hours, "question" for questions; another unit, or words, would make it another value."""
    if not rest:
        return
    given, wanted = rest.casefold().rstrip("."), unit.casefold()
    if is_share(given) and is_share(wanted):
        return
    if given and given.isalpha() and (wanted.startswith(given) or given.startswith(wanted.rstrip("s"))):
        return
    if given == wanted:
        return
    if any(sign.isdigit() for sign in given):
        raise NotAValue("Write one number, such as 12.5.")
    raise NotAValue(f"This is counted in {unit}: write the number in {unit}, or without a unit.")


def _possible(value: float, unit: str) -> float:
    if is_share(unit) and not 0 <= value <= 100:
        raise NotAValue("A share lies between 0 and 100 %. What is the right value?")
    if value < 0 and not any(word in unit.casefold() for word in _BOTH_WAYS):
        raise NotAValue(f"A number of {unit} is not below zero. What is the right value?")
    if abs(value) > LARGEST:
        raise NotAValue("That is larger than anything a team counts. What is the right value?")
    return value
