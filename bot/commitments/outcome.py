"""How a promise went, read from a sentence that says so: "did it", "didn't do it, people felt exposed"."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PHRASES = Path(__file__).with_name("outcomes.yaml")
_FIRST = "sorry|hi|hello|ok|yes|no|well|honestly|désolée?|leider|lo siento"
_SO = "because|since|as|but|parce que|car|mais|weil|denn|aber|porque|pero"
_APART = re.compile(rf"^[\s,.;:–—-]*(?:{_SO})?[\s,:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` is what else was said: why not, in their words. Never stored."""

    kept: bool
    reason: str = ""


def outcome_in(words: str) -> Outcome | None:
    """What a sentence says of a promise; None where it says nothing of the kind. It has to begin with it."""
    text = " ".join(words.split())
    for kept in (False, True):
        if found := _begins(kept).match(text):
            return Outcome(kept, "" if kept else _APART.sub("", text[found.end() :], count=1))
    return None


@cache
def _begins(kept: bool) -> re.Pattern[str]:
    phrases = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))["kept" if kept else "missed"]
    ways = "|".join(phrases)
    return re.compile(rf"(?:{_FIRST})?[\s,!.–—-]*(?:{ways})(?!\w)", re.IGNORECASE)
