"""How people promise, and how they speak of it vaguely, in one language: words/<language>.yaml as patterns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

WORDS = Path(__file__).with_name("words")
ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Speech:
    """Patterns for lowered text. What each is for stands in words/en.yaml."""

    lead: re.Pattern[str]
    promise: re.Pattern[str]
    dated: re.Pattern[str]
    blocked: re.Pattern[str]
    whether: re.Pattern[str]
    tag: re.Pattern[str]
    opening: re.Pattern[str]
    request: re.Pattern[str]
    orders: re.Pattern[str]
    begins_with_act: re.Pattern[str]
    act: re.Pattern[str]
    """An act that somebody can see, where it is said to be done and not only named."""
    vague: re.Pattern[str]
    more: re.Pattern[str]
    number: re.Pattern[str]
    not_number: re.Pattern[str]


@cache
def speech(language: str) -> Speech:
    """The patterns of one of bot.dates.lexicon.LANGUAGES."""
    stored: Mapping[str, str] = yaml.safe_load((WORDS / f"{language}.yaml").read_text(encoding="utf-8"))
    acts = "|".join(word.replace("_", " ") for word in sorted(stored["acts"].split(), key=len, reverse=True))
    after = stored["acts_after"]
    before = "" if after == ANYWHERE else rf"(?:^\W*|[,:;–—-]\s*|(?<!\w)(?:{after})['\s]\s*)"
    return Speech(
        lead=_any_line(stored["lead"]),
        promise=_any_line(stored["promise"]),
        dated=_any_line(stored["dated"]),
        blocked=_any_line(stored["blocked"]),
        whether=_whole_words(stored["whether"]),
        tag=re.compile(stored["tag"]),
        opening=re.compile(stored["opening"]),
        request=_whole_words(stored["request"]),
        orders=re.compile(rf"\W*(?:{stored['orders']})(?!\w)"),
        begins_with_act=re.compile(rf"\W*(?:{acts})(?!\w)") if acts else re.compile(r"(?!)"),
        act=re.compile(rf"{before}(?<!\w)(?:{acts or '(?!)'})(?!\w)|(?<!\w)(?:{stored['acts_in_other_forms']})(?!\w)"),
        vague=_vague(stored["vague"]),
        more=_whole_words(stored["more"]),
        number=re.compile(rf"\d|(?<!\w)(?:{stored['numbers']})(?!\w)"),
        not_number=_whole_words(stored["not_numbers"]),
    )


def _any_line(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_bounded(line.strip())})" for line in lines.splitlines()))


def _bounded(pattern: str) -> str:
    return pattern if pattern.startswith(("^", r"\b")) else rf"(?<![\w'])(?:{pattern})"


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


def _vague(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines.splitlines()))
