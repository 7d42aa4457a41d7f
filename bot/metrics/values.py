"""A value as people type it: "12,5 %", "1 200", "3 h". What is none, or an impossible one, is said in a sentence."""

import re

DIGITS = "Write it in digits, such as 12.5."
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_TYPED = re.compile(r"([-+−]?)\s*(\d[\d.,]*|[.,]\d+)\s*(.*)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")
_BOTH_WAYS = ("points", "change", "net", "difference", "index", "score", "°")
"""Units that may lie below zero."""
LARGEST = 1e12
LONGEST = 40
"""Characters of a value with its unit."""


class NotAValue(ValueError):
    """What was typed is no value of this metric; the message says why and what to type, to who typed it."""


def value_of(typed: str, unit: str) -> float:
    """The value that was typed, in the metric's unit. Raises: NotAValue."""
    words = _SPACES.sub("", typed.strip())
    found = _TYPED.fullmatch(words)
    if not found:
        raise NotAValue(DIGITS)
    sign, digits, rest = found.groups()
    _same_unit(rest.strip(), unit)
    value = _number(digits, unit)
    return _possible(-value if sign in ("-", "−") and value else value, unit)


def may_be_a_value(typed: str) -> bool:
    """Whether this reads as one number and perhaps a unit: "63 %", "1 200", "4 h"."""
    found = _TYPED.fullmatch(_SPACES.sub("", typed.strip()))
    return found is not None and len(typed) <= LONGEST and not any(sign.isdigit() for sign in found[3])


def is_share(unit: str) -> bool:
    """Whether the unit is one of parts of a whole: % and nothing else."""
    return unit.strip().casefold() in ("%", "percent", "per cent", "pct")


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


def _number(digits: str, unit: str) -> float:
    signs = {sign for sign in ".," if sign in digits}
    if len(signs) == 2:
        decimal = max(signs, key=digits.rfind)
        whole, _, part = digits.rpartition(decimal)
        grouped = whole.replace("." if decimal == "," else ",", "")
        return _float(f"{grouped}.{part}" if grouped.isdigit() else "")
    if _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        together, apart = _float(re.sub("[.,]", "", digits)), digits.replace(",", ".")
        if apart.count(".") > 1 or (is_share(unit) and float(apart) > 100):
            return together
        if is_share(unit) and together > 100:
            return _float(apart)
        raise NotAValue(f"Is that {together:.0f} or {float(apart):g}? Write it without a thousands sign.")
    return _float(digits.replace(",", "."))


def _float(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        raise NotAValue(DIGITS) from None


def _possible(value: float, unit: str) -> float:
    if is_share(unit) and not 0 <= value <= 100:
        raise NotAValue("A share lies between 0 and 100 %. What is the right value?")
    if value < 0 and not any(word in unit.casefold() for word in _BOTH_WAYS):
        raise NotAValue(f"A number of {unit} is not below zero. What is the right value?")
    if abs(value) > LARGEST:
        raise NotAValue("That is larger than anything a team counts. What is the right value?")
    return value
