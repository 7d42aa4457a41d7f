"""A length of time as people write it: 3h 20 · 3 h 20 min · 90 min · 2:30 · 3 Std. 20 Min. · 1 heure et 5 minutes."""

import re
from itertools import zip_longest

from bot.dates.folding import folded
from bot.metrics.numerals import NotAValue, number_of

SECOND, MINUTE, HOUR = 1.0, 60.0, 3600.0
_WORDS = {
    HOUR: "h hr hrs hour hours heure heures std stunde stunden hora horas",
    MINUTE: "m min mins mn minute minutes minuten minuto minutos",
    SECOND: "s sec secs second seconds seconde secondes sek sekunde sekunden seg segundo segundos",
}
_SIZES = {word: size for size, words in _WORDS.items() for word in words.split()}
_JOINED = frozenset(("and", "et", "und", "y", "e", ",", "."))
_PER = re.compile(r"\s(?:per|pro|par|por|a|each)\s|/")
_CLOCK = re.compile(r"(\d{1,4}):(\d\d)(?::(\d\d))?\s*([^\W\d_]*)\.?")
_TOKENS = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+|\S")
_LARGEST = {HOUR: HOUR, SECOND: MINUTE}
"""What stands first on a clock, by what the metric counts."""
_SPELT = "Write it with its units, such as 2 h 30 min."


def unit_of_time(unit: str) -> float | None:
    """How many seconds the unit of a metric has; None where it is no unit of time, or one of days, which differ."""
    words = re.findall(r"[^\W\d_]+", _PER.split(folded(unit), maxsplit=1)[0])
    return next((_SIZES[word] for word in words[:2] if word in _SIZES and word != "m"), None)


def duration(typed: str, unit: float) -> float | None:
    """What was typed, in a unit of so many seconds; None where no unit of time stands in it. Raises: NotAValue."""
    words = folded(typed)
    clock = _CLOCK.fullmatch(words)
    seconds = _on_a_clock(clock, unit) if clock else _in_parts(words)
    return None if seconds is None else round(seconds / unit, 9)


def is_duration(typed: str) -> bool:
    """Whether this reads as a length of time in several parts: "3 h 20", "2:30"."""
    try:
        return duration(typed, HOUR) is not None
    except NotAValue:
        return False


def _on_a_clock(found: re.Match[str], unit: float) -> float:
    """2:30 are hours and minutes where hours are counted; where minutes are, it may be minutes and seconds as well."""
    first, second, third, named = found.groups()
    largest = HOUR if third else _SIZES.get(named, 0.0) if named else _LARGEST.get(unit, 0.0)
    if largest < MINUTE or max(int(second), int(third or 0)) > 59:
        raise NotAValue(f"Is that hours and minutes, or minutes and seconds? {_SPELT}")
    return int(first) * largest + int(second) * largest / 60 + int(third or 0)


def _in_parts(words: str) -> float | None:
    """Numbers, each with its unit, the larger first; after hours the last may stand alone and is minutes."""
    tokens = [token for token in _TOKENS.findall(words) if token not in _JOINED]
    if len(tokens) < 2 or not tokens[0][0].isdigit() or tokens[1] not in _SIZES:
        return None
    total, before = 0.0, float("inf")
    for digits, named in zip_longest(tokens[::2], tokens[1::2]):
        size = _SIZES.get(named, 0.0) if named else before / 60
        count = number_of(digits)
        if not SECOND <= size < before or (total and count >= 60):
            raise NotAValue(f"I read no length of time in that. {_SPELT}")
        total, before = total + count * size, size
    return total
