"""A card: one thing a leader asks about, answered in a few cited sentences, with what to do next."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.evidence import EvidenceId

CardId = str
Barrier = Literal["talk", "memory", "fear", "measurement", "competition"]

TOPICS = {
    "survey": "the 2012 survey of executives and directors",
    "theses": "why it is the system and not the tools",
    "barriers": "the five barriers between knowing and doing",
    "guidelines": "the eight guidelines for acting on what you know",
    "adoption": "how social tools take hold at work",
    "metrics": "the catalogue of metrics",
    "metric-design": "choosing metrics well",
    "follow-through": "keeping promises: plans, goals, reminders, habits",
    "governance": "rules, risk, privacy and law",
    "coach": "how this coach works",
}
"""The topics of the base, as a person would name them."""

_CITATION = re.compile(r"\s*\[([a-z0-9][a-z0-9-]*)\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“‘'(]?[A-Z0-9])")
_STEP = re.compile(r"^\d+\.\s+(.*(?:\n(?!\d+\.|#).+)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a person reads it, and the entries it stands on."""

    text: str
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What the coach can say about one question. A `limit` says what is not known, not covered or not ours to say."""

    id: CardId
    title: str
    topic: str
    kind: Literal["answer", "limit"]
    questions: tuple[str, ...]
    evidence: tuple[EvidenceId, ...]
    owner: str
    reviewed_on: date
    sentences: tuple[Sentence, ...] = ()
    what_to_do: tuple[str, ...] = ()
    related: tuple[CardId, ...] = ()
    barrier: Barrier | None = None
    next_step: str | None = None
    heard: tuple[str, ...] = ()
    """How managers really put it: situations, jargon, half sentences. For the search; from heard/<topic>.yaml."""
    beyond: tuple[str, ...] = ()
    """Questions in the card's own words that it does not answer. For the search; from beyond/<topic>.yaml."""

    @property
    def is_limit(self) -> bool:
        return self.kind == "limit"

    @property
    def text(self) -> str:
        """The answer without citations."""
        return " ".join(sentence.text for sentence in self.sentences)


def sentences_of(body: str) -> tuple[Sentence, ...]:
    """Split the answer of a card; citations leave the text and stay with their sentence."""
    answer = " ".join(body.split("\n## ")[0].split())
    return tuple(_sentence(piece) for piece in _SENTENCE_END.split(answer) if piece.strip())


def steps_of(body: str) -> tuple[str, ...]:
    """The numbered steps under "What to do", each as one line."""
    _, _, steps = body.partition("## What to do")
    return tuple(" ".join(step.split()) for step in _STEP.findall(steps))


def _sentence(piece: str) -> Sentence:
    return Sentence(text=_CITATION.sub("", piece).strip(), cites=tuple(dict.fromkeys(_CITATION.findall(piece))))
