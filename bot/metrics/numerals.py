"""A number in digits, as it is written in English, French, German and Spanish: 1,200.5 · 1.200,5 · 1 200,5 · 1'200."""

import re

DIGITS = "Write it in digits, such as 12.5."
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")


class NotAValue(ValueError):
    """What was typed is no value of this metric; the message says why and what to type, to who typed it."""


def ungrouped(typed: str) -> str:
    """Without the spaces and apostrophes between groups of three digits."""
    return _SPACES.sub("", typed.strip())


def number_of(digits: str, *, is_share: bool = False) -> float:
    """The number; one sign before three digits says which it is in a share alone. Raises: NotAValue."""
    signs = {sign for sign in ".," if sign in digits}
    if len(signs) == 2:
        decimal = max(signs, key=digits.rfind)
        whole, _, part = digits.rpartition(decimal)
        grouped = whole.replace("." if decimal == "," else ",", "")
        return _float(f"{grouped}.{part}" if grouped.isdigit() else "")
    if _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        return _together_or_apart(digits, is_share=is_share)
    return _float(digits.replace(",", "."))


def _together_or_apart(digits: str, *, is_share: bool) -> float:
    together, apart = _float(re.sub("[.,]", "", digits)), digits.replace(",", ".")
    if apart.count(".") > 1 or (is_share and float(apart) > 100):
        return together
    if is_share and together > 100:
        return _float(apart)
    raise NotAValue(f"Is that {together:.0f} or {float(apart):g}? Write it without a thousands sign.")


def _float(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        raise NotAValue(DIGITS) from None
