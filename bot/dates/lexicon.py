"""How dates are written in one language: its words and its phrases, from words/<language>.yaml, as patterns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).with_name("words")
LANGUAGES = ("en", "fr", "de", "es")
"""Those with words of their own here; others are read by dateparser alone (elsewhere.py)."""
LEADS = ("by", "before", "at", "ranging", "not", "subject")

Values = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern and what it means: a kind (meaning.py) with its fixed part, as in ("weekday", "next")."""

    kind: str
    told: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language. Every pattern is for folded text."""

    common: frozenset[str]
    """Words by which the language is told from others."""
    values: Values
    """What the words in a named group stand for: values["weekday"]["fri"] is 4."""
    phrases: tuple[Phrase, ...]
    leads: Mapping[str, re.Pattern[str]]
    """What stands before a date and says how it is meant, by its name in LEADS."""
    at_the_latest: re.Pattern[str]
    joined_by_or: re.Pattern[str]
    joined_by_to: re.Pattern[str]
    between: re.Pattern[str]
    """What may stand between two parts of one date: "Friday, the 4th"."""
    weak: frozenset[str]
    """Short names of days that are words as well: a date only where a deadline is spoken of."""
    adjective: re.Pattern[str] | None
    """Before "Friday report"; after it stands a noun, which is a word not in `following`."""
    following: frozenset[str]
    each: re.Pattern[str]
    """In "every question within a day" the day is a standard and no date."""
    arranging: re.Pattern[str] | None
    """Verbs after which "a weekly meeting" is a thing and not a promise that comes again."""


@cache
def lexicon(language: str) -> Lexicon:
    """The words of one of LANGUAGES; a few milliseconds the first time."""
    stored: dict[str, Any] = yaml.safe_load((WORDS / f"{language}.yaml").read_text(encoding="utf-8"))
    values = _values(stored)
    slots = _slots(stored, values)
    joint = rf"[\s,]*(?:\b(?:{_either(stored['at'])}))?\s*"
    return Lexicon(
        common=frozenset(stored["common"].split()),
        values=values,
        phrases=tuple(_phrases(stored["phrases"], slots)),
        leads={
            name: re.compile(rf"(?<![\w'])(?:{_either(stored[name])})(?:(?<=')|\s+)\Z")
            for name in LEADS
            if stored[name]
        },
        at_the_latest=re.compile(rf"[\s,]*(?:{_either(stored['after'])})(?!\w)"),
        joined_by_or=re.compile(rf"\s*(?:{_either(stored['or'])})\s*"),
        joined_by_to=re.compile(rf"\s*(?:{_either(stored['to'])})\s*"),
        between=re.compile(joint),
        weak=frozenset(stored["weak"]),
        adjective=re.compile(rf"(?<!\w)(?:{_either(stored['adjective'])})\s+\Z") if stored["adjective"] else None,
        following=frozenset(stored["following"]),
        each=re.compile(rf"(?<!\w)(?:{_either(stored['each'])})(?!\w)"),
        arranging=re.compile(rf"\b(?:{stored['arranging']})\b") if "arranging" in stored else None,
    )


def _values(stored: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    named = {
        "weekday": enumerate(stored["weekdays"]),
        "month": enumerate(stored["months"], start=1),
        "n": stored["numbers"].items(),
        "ordinal": stored["ordinals"].items(),
        "unit": stored["units"].items(),
        "period": stored["periods"].items(),
        "which": stored["which"].items(),
        "part": stored["parts"].items(),
    }
    return {
        name: {word.replace("_", " "): value for value, words in pairs for word in words.split()}
        for name, pairs in named.items()
    }


def _slots(stored: Mapping[str, Any], values: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What {weekday} and the like stand for in a phrase."""
    slots = {name: f"(?P<{name}>{_either(words)})" for name, words in values.items()}
    slots["n"] = rf"(?P<n>\d{{1,3}}|{_either(values['n'])})"
    slots["month"] = f"(?P<month>{_either(values['month'])})\\.?"
    slots["day"] = stored["day"]
    slots["year"] = r"(?P<year>20\d\d|'\d\d)"
    weekday = rf"(?:{_either(values['weekday'])})s?"
    slots["weekdays"] = (
        rf"(?P<weekdays>{weekday}"
        rf"(?:(?:, ?| ?& ?|,? (?:and|et|und|y)(?: le| el| on| every| jeden| les| los)? ){weekday})*)"
    )
    return slots


def _phrases(stored: Mapping[str, str], slots: Mapping[str, str]) -> Iterable[Phrase]:
    for name, lines in stored.items():
        kind, *told = name.split("/")
        for line in lines.splitlines():
            filled = re.sub(r"\{([a-z]+)\}", lambda slot: slots[slot[1]], line.strip())
            yield Phrase(kind, tuple(told), re.compile(rf"(?<![\w@#/'.-])(?:{filled})(?!\w)"))


def _either(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))
