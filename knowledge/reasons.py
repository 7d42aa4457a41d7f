"""Why something was not done: the barrier that a sentence speaks of, by its likeness to the examples of reasons.yaml.

An example added is an example learned: nothing is fitted beforehand, and how sure it may be comes from them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.alike import Grams, Likeness
from knowledge.barriers import Read
from knowledge.embedder import Embedder, Vectors
from knowledge.glossary import in_english, known_share
from knowledge.own_texts import OwnTexts

EXAMPLES = Path(__file__).with_name("reasons.yaml")
NONE = "none"
PROPOSED = 0.5
"""A barrier is named where it is more likely right than not; `python -m tests.bench reasons` says how often it is."""
UNDERSTOOD = 0.5
"""In other languages than English, the share of telling words that must be known; below it, trust falls too."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, the barrier it speaks of, the language it is in."""

    text: str
    barrier: str
    language: str


class Reasons:
    """Reads reasons. Safe to share between threads."""

    def __init__(self, examples: Sequence[Example], vectors: Vectors, embedder: Embedder) -> None:
        """`vectors` are those of the examples in English, one row each (`vectors_of`)."""
        self._embedder = embedder
        self._barriers = [*sorted({example.barrier for example in examples} - {NONE}), NONE]
        told = [_both_ways(example.text) for example in examples]
        self._grams = Grams(told)
        kinds = [self._barriers.index(example.barrier) for example in examples]
        self._likeness = Likeness(vectors, self._grams.rows(told), kinds)

    @classmethod
    def open(cls, embedder: Embedder, path: Path = EXAMPLES, cache: Path | None = None) -> "Reasons":
        """The examples of a file. Encoding a thousand takes seconds; with a folder as `cache` only once."""
        examples = examples_in(path)
        return cls(examples, vectors_of(examples, OwnTexts(embedder, cache)), embedder)

    def read(self, text: str) -> Read:
        """The barrier that the text speaks of, or None where it is none, or not sure enough. Milliseconds."""
        text = text.strip()
        vector = self._embedder.encode(in_english(text)).vector
        kind, sure = self._likeness.kind_of(vector, self._grams.of(_both_ways(text)))
        if self._barriers[kind] == NONE:
            return Read(None, round(min(1 - sure, PROPOSED), 4))
        sure *= min(known_share(text) / UNDERSTOOD, 1.0)
        return Read(self._barriers[kind] if sure >= PROPOSED else None, round(sure, 4))


def examples_in(path: Path = EXAMPLES) -> list[Example]:
    """The examples of a file: barrier → language → sentences."""
    stored: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Example(text, barrier, language)
        for barrier, by_language in stored.items()
        for language, texts in by_language.items()
        for text in texts
    ]


def vectors_of(examples: Sequence[Example], own: OwnTexts) -> Vectors:
    """The examples in English as the model sees them, one row each."""
    return own.vectors([in_english(example.text) for example in examples])


def _both_ways(text: str) -> tuple[str, str]:
    """As written and in English, so that languages meet."""
    return text, in_english(text)
