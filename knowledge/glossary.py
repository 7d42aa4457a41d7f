"""French, German and Spanish reasons word for word in English, for an embedding model that knows no other language."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).with_name("glossary.yaml")
_ENGLISH = frozenset(
    "the a an and to of we i it is was that in on my not with for they our have had no this be he she you at by us as "
    "but so".split()
)
_SHORTEST = 3
"""Shorter beginnings are whole words only."""


def in_english(text: str) -> str:
    """The known words in English, in their order; the text itself where it is English or no word is known."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    language = _language_of(words)
    if language is None:
        return text
    found = [english for word in words if (english := _looked_up(word, language))]
    return " ".join(found) or text


def known_share(text: str) -> float:
    """Which share of the words that carry meaning is known, from 0 to 1; 1 for English, which needs no looking up."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    language = _language_of(words)
    if language is None:
        return 1.0
    telling = [word for word in words if word not in _glossary()[language]["common"]]
    return sum(bool(_looked_up(word, language)) for word in telling) / len(telling) if telling else 1.0


def _language_of(words: list[str]) -> str | None:
    """fr, de or es by small and known words; None for English."""
    scores = {
        language: sum(
            word in told["common"] or (len(word) > _SHORTEST and bool(_looked_up(word, language))) for word in words
        )
        for language, told in _glossary().items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > sum(word in _ENGLISH for word in words) else None


def _looked_up(word: str, language: str) -> str | None:
    stems: Mapping[str, str] = _glossary()[language]["words"]
    for length in range(len(word), _SHORTEST - 1, -1):
        if english := stems.get(word[:length]):
            return english
    return stems.get(word)


@cache
def _glossary() -> dict[str, dict[str, Any]]:
    stored = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {
        language: {
            "common": frozenset(told["common"].split()),
            "words": {
                stem: english.replace("-", " ") for stem, english in (pair.split("=") for pair in told["words"].split())
            },
        }
        for language, told in stored.items()
    }
