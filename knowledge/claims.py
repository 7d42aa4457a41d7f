"""The figures a message takes for granted, in digits or in words, and what each is said of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.figures import figures_in

_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBERS = {word: value for value, word in enumerate(_COUNTED)}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ANY = rf"(?:{'|'.join(_COUNTED)}|\d+)"
_RATIO = re.compile(rf"\b({_ANY})\s(?:\w+\s)?(?:in|out of)\s(?:every\s)?({_ANY})\b", re.IGNORECASE)
_FRACTION = re.compile(
    rf"\b(?:(an?|{'|'.join(_COUNTED[1:5])})\s(third|quarter|fifth|tenth)s?|(half)(?=\s(?:of|the|all)\b))\b",
    re.IGNORECASE,
)
_WORD = re.compile(rf"\b({'|'.join(_COUNTED[2:])})\b", re.IGNORECASE)

_NUMBER = re.compile(
    r"(?<![\w.,#-])(?:(?P<effect>[drg])\s*=\s*)?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)(?![\d-])\s?"
    r"(?P<points>(?:%|per ?cent(?:age)?)?\s?(?:points|pp)\b)?(?P<percent>%|per ?cent\b)?(?P<rough>~)?",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[,;:?!()]|\.\s|\s-\s|\b(?:and|but|so|because|since|which|while|when|as|then|right|correct|yes)\b", re.IGNORECASE
)
_SAYS_WHAT = re.compile(r"(?!(?:think|guess|believe|suppose|maybe|only|just|about)\b)\b[^\W\d]{4,}", re.IGNORECASE)
"""A word that may say what a number is a number of; "86% i think" has none, so the clause before it tells."""
_OWN = re.compile(
    r"\b(?:we|our|ours|my|mine|i(?!\s(?:think|guess|believe|suppose|heard|read))"
    r"|(?:for|of|to|at|with|than|shows?) us)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:target|goal|aim|quota)s?\b|\b(?:ok|okay|fine|normal|bad|good) (?:if|when|for)\b"
    r"|^\W*(?:is|are|would|will|can|could|should|shall|do|does)\b.*\b(?:enough|realistic|too \w+)\b",
    re.IGNORECASE,
)
"""A number aimed at or weighed, which nobody takes for a fact: "is 30% a good target"."""
_ASKED_FOR = re.compile(
    r"(?:^|\b(?:please|you|i|we) )(?:give|tell|name|list|show|send|need|want)$"
    r"|\b(?:give|tell|name|list|show|send) (?:me|us)$|^top$",
    re.IGNORECASE,
)
"""What stands before a number of things that are asked for: "give me 3 reasons"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORK = r"(?:survey|study|book|ruling|report|paper|article|decision|trial|experiment|research|analysis)"
_DATED = re.compile(rf"(?<!\ba )(?<!\ban )(?<!\bany )(?<!other )\b{_WORK}\b[^,;?!]{{0,40}}$", re.IGNORECASE)
_DATES = re.compile(rf"^\W*{_WORK}\b", re.IGNORECASE)


class Claim(NamedTuple):
    """A figure that a message states, and the words it is said of."""

    number: str
    """In digits, as `figures_in` folds them; of a ratio in words its percentage."""
    sort: str
    """percent, points, d, r, g, count or year: only figures of the same sort are compared."""
    noun: str
    """The two words after a count: what is counted."""
    words: str
    is_rough: bool
    """Told in words such as "a third": a few points off are no mistake."""


def claims_in(text: str, *, of_one_s_own: bool = False) -> Iterator[Claim]:
    """The figures of a message, in its order. What people say of their own firm is left out, unless `of_one_s_own`."""
    told = in_digits(text)
    noun = ""
    for match in _NUMBER.finditer(told):
        *clauses, before = map(str.strip, _BREAK.split(_NUMBER.split(told[: match.start()])[-1]))
        after = _BREAK.split(_NUMBER.split(told[match.end() :])[0])[0].strip()
        if clauses and not _SAYS_WHAT.search(f"{before} {after}"):
            before = f"{clauses[-1]} {before}".strip()
        noun = " ".join(after.split()[:2]) or noun
        sort = _sort(match, told)
        is_own = _OWN.search(f"{_BREAK.split(told[: match.start()])[-1]} {before} {after}")
        clause = f"{_BREAK.split(told[: match.start()])[-1]} {_BREAK.split(told[match.end() :])[0]}"
        if _WISHED.search(clause) or _ASKED_FOR.search(before):
            continue
        if sort and (of_one_s_own or sort in "drg" or not is_own):
            number = next(iter(figures_in(match["number"])))
            yield Claim(number, sort, noun, f"{before} {after}".strip(), bool(match["rough"]))


def in_digits(text: str) -> str:
    """The same text with "two out of ten", "a third", "six barriers" as "20%~", "33%~", "6 barriers"."""
    text = _RATIO.sub(lambda ratio: _share(_value(ratio[1]), _value(ratio[2])) or ratio[0], text)
    text = _FRACTION.sub(lambda part: _share(_value(part[1] or "a"), _PARTS[(part[2] or part[3]).lower()]), text)
    return _WORD.sub(lambda word: str(_NUMBERS[word[1].lower()]), text)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%~" if 0 < part < whole else ""


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 1)


def _sort(match: re.Match[str], told: str) -> str | None:
    if match["effect"]:
        return match["effect"].lower()
    if match["points"] or match["percent"]:
        return "points" if match["points"] else "percent"
    if not _YEAR.fullmatch(match["number"]):
        return "count"
    dated = _DATED.search(told[: match.start()]) or _DATES.search(told[match.end() :])
    return "year" if dated else None
