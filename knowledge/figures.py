"""Which figures a sentence states, and whether its sources state them too."""

import re
from collections.abc import Iterable

from knowledge.evidence import Evidence

_NUMBER = re.compile(r"(?<![\d\w])\.\d+|\d+(?:[.,]\d+)*")
_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_ANY_WORD = "|".join(_WORDS)
_RATIO = re.compile(rf"\b({_ANY_WORD})\s+(?:\w+\s+)?(?:in|out of|of)\s+(?:every\s+)?({_ANY_WORD})\b", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(half|halved|thirds|(?<!\bthe )(?<!\band )third|third(?= of\b)|quarters?|twice|doubled?|tripled?)\b",
    re.IGNORECASE,
)
"""A third, and not the third: "the second and third month" states no figure."""
_PERCENT_WORD = re.compile(rf"\b({_ANY_WORD}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\s+per\s?cent", re.I)


def figures_in(text: str) -> frozenset[str]:
    """The figures a text states: numbers in digits, "one in seven", "half", "ten per cent".

    Thousands separators and trailing zeros are folded, so 1,216 and 1216, .50 and .5 are the same figure.
    """
    found = {_folded(match) for match in _NUMBER.findall(text)}
    found |= {f"{_WORDS[a.lower()]} in {_WORDS[b.lower()]}" for a, b in _RATIO.findall(text)}
    found |= {word.lower().rstrip("s") for word in _FRACTION.findall(text)}
    found |= {f"{word.lower()} per cent" for word in _PERCENT_WORD.findall(text)}
    return frozenset(found)


def untraceable(sentence: str, sources: Iterable[Evidence]) -> frozenset[str]:
    """The figures of a sentence that none of its cited entries states."""
    stated: set[str] = set()
    for entry in sources:
        stated |= figures_in(entry.text) | _digits_of_words(entry.text)
    return figures_in(sentence) - stated


def _folded(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number):
        number = number.replace(",", "")
    number = number.replace(",", ".")
    if number.count(".") == 1:
        number = number.rstrip("0").rstrip(".")
    return number.lstrip("0") or "0"


def _digits_of_words(text: str) -> set[str]:
    return {_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS}
