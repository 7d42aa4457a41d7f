"""What narrows a question: a country, a year, an industry, a product, a company, a person.

A card that does not hold the asked one is no answer to that question, however near its words are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge.found import Candidate

_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
_PERSON = re.compile(r"(?<![.!?]\s)(?<!^)\b([A-Z][a-zà-ÿ]+\s(?:(?:van|von|de|der|la)\s)?[A-Z][a-zà-ÿ]{2,})\b")
_OWN = re.compile(r"\b(?:we|we're|were|our|ours|us|my|mine|me|i|i'm|im|i'd)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SINGULAR = {"countries": "country", "industries": "industry", "products": "product", "companies": "company"}
_EUROPEAN = ("eu", "gdpr")
"""A card that holds one of these speaks for the countries that list it; alone they name no country."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A narrowing word: what kind it is, how to name it, the words that mean it."""

    kind: str
    name: str
    words: tuple[str, ...]


def missing(text: str, candidate: Candidate) -> Qualifier | None:
    """The first qualifier of a question that the candidate's card, its questions and its evidence do not hold.

    What people say of their own firm is where they stand, not what they ask for: "our Zoom stand-up", "we tried that in
    2014". Only a country narrows even so, where the card is about rules and law.
    """
    told = _told(candidate)
    is_law = candidate.card is not None and candidate.card.topic == "governance"
    for asked in qualifiers_in(text):
        if _is_own(asked, text) and not (asked.kind == "country" and is_law):
            continue
        if not any(_holds(told, word) for word in asked.words):
            return asked
    return None


def qualifiers_in(text: str) -> Iterator[Qualifier]:
    """Every qualifier a text names: years first, then listed names, then persons (two capitalised words in a row)."""
    for year in _YEAR.findall(text):
        yield Qualifier("year", year, (year,))
    lowered = _lowered(text)
    for known in _names():
        if any(_holds(lowered, word) for word in known.words if word not in _EUROPEAN):
            yield known
    for person in _PERSON.findall(text):
        if not any(person.lower() in known.words for known in _names()):
            yield Qualifier("person", person, (person.lower(), person.split()[-1].lower()))


def _is_own(asked: Qualifier, text: str) -> bool:
    sentences = [
        sentence for sentence in _SENTENCE.split(text) if any(_holds(_lowered(sentence), word) for word in asked.words)
    ]
    return all(_OWN.search(sentence.replace("US", "")) for sentence in sentences)


def _told(candidate: Candidate) -> str:
    card = candidate.card
    texts = [candidate.title, candidate.sentence]
    if card:
        texts += [card.text, *card.questions, *card.heard, *card.what_to_do]
    for entry in candidate.evidence:
        source = entry.source
        texts += [entry.text, *entry.questions, source.authors, source.title, source.publisher]
    return _lowered("\n".join(texts))


def _lowered(text: str) -> str:
    """Lower case, with the one country that would then be a pronoun."""
    return re.sub(r"\bU\.?S\.?(?=\W|$)", "usa", text).lower()


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


@cache
def _names() -> tuple[Qualifier, ...]:
    stored = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
    return tuple(
        Qualifier(
            _SINGULAR[kind], names[0], tuple(dict.fromkeys(str(name).lower().removeprefix("the ") for name in names))
        )
        for kind, group in stored.items()
        for names in group
    )
