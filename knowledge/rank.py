"""Which documents may answer: pool candidates from vectors and words, score each by the same signals, sort.

One configuration for every base. Measured on this base by `make bench`; why these signals: README, Decisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from knowledge.belonging import belonging_of
from knowledge.embedder import Encoded, Vectors
from knowledge.found import Signals
from knowledge.index import Index

POOL_OF_CHUNKS = 60
POOL_OF_WORDS = 30


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate document, best first in a list: its number in the index, what speaks for it, what of it matched."""

    number: int
    signals: Signals
    best_sentence: int
    best_question: int | None
    is_limit: bool = False

    @property
    def score(self) -> float:
        return self.signals.score


@dataclass(frozen=True, slots=True)
class Asking:
    """One way to put what is asked: its words, its vectors, and how much it counts beside the others."""

    text: str
    encoded: Encoded
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Searched:
    """A search before it is judged."""

    ranked: list[Ranked]
    near: list["Neighbour"]
    unknown: float
    """Share of the question's terms, 0 to 1, that no document holds."""
    terms: int
    """How many words of the question carry meaning."""
    manner: float = float("nan")
    """Whether it is the sort of question that lies beyond the cards (manner.py)."""


class Neighbour(NamedTuple):
    """A text of the index that is near to the question: whose it is, of what kind, and how near."""

    number: int
    kind: int
    cosine: float


def rank(askings: Sequence[Asking], index: Index) -> tuple[list[Ranked], list[Neighbour]]:
    """All pooled documents, best first (ties by their order in the base), and the texts nearest to the question.

    A follow-up is asked in two ways, alone and together with the question before it; the signals are their mean.
    """
    near = [neighbour for asking in askings for neighbour in _near(asking.encoded, index)]
    by_words = {number for asking in askings for number in index.lexical.best(asking.text, POOL_OF_WORDS)}
    pool = sorted(by_words | {neighbour.number for neighbour in near})
    vector = _mean(askings, [asking.encoded.vector for asking in askings])
    columns = _signals(askings, pool, index) | {"belonging": belonging_of(vector, index.belonging)[pool]}
    ranked = [
        _ranked(number, vector, index, {name: float(column[place]) for name, column in columns.items()})
        for place, number in enumerate(pool)
    ]
    return sorted(ranked, key=lambda found: (-found.score, found.number)), near


def _signals(askings: Sequence[Asking], pool: Sequence[int], index: Index) -> dict[str, Vectors]:
    """What the words and the word pieces say of every pooled document, by the name of the signal."""
    words = [index.lexical.scores(asking.text, pool) for asking in askings]
    told = [index.maxsim.told(asking.encoded, pool) for asking in askings]
    return {
        "words": _mean(askings, [np.array([found.get(number, 0.0) for number in pool]) for found in words]),
        "maxsim": _mean(askings, [late for late, _ in told]),
        "mutual": _mean(askings, [mutual for _, mutual in told]),
        "beyond_maxsim": _mean(askings, [index.maxsim.beyond(asking.encoded, pool) for asking in askings]),
    }


def _mean(askings: Sequence[Asking], values: Sequence[Vectors]) -> Vectors:
    weights = np.array([asking.weight for asking in askings], dtype=np.float32)
    mean: Vectors = np.tensordot(weights, np.stack(values), axes=1)
    return mean


def _near(question: Encoded, index: Index) -> list[Neighbour]:
    wanted = min(POOL_OF_CHUNKS, len(index.chunks))
    found = index.nearest.of(question.vector, wanted)
    numbers = index.numbers_of([id for id, _ in found])
    return [
        Neighbour(int(index.chunks[number, 0]), int(index.chunks[number, 1]), 1 - far)
        for number, (_, far) in zip(numbers, found, strict=True)
    ]


def _ranked(number: int, vector: Vectors, index: Index, told: Mapping[str, float]) -> Ranked:
    spans = index.spans(number)
    first = spans[0][0]
    cosines = index.vectors.span(first, spans[-1][1]) @ vector
    (card, _), (sentence, best_sentence), (asked, best_question), (beyond, _) = [
        _best(cosines[start - first : end - first]) for start, end in spans
    ]
    question = asked if best_question is not None else max(card, sentence)
    signals = Signals(card, sentence, question, beyond=beyond, **told)
    return Ranked(number, signals, best_sentence or 0, best_question, index.documents[number].is_limit)


def _best(cosines: Vectors) -> tuple[float, int | None]:
    """The highest cosine and its place; 0 and None where there are none."""
    if not len(cosines):
        return 0.0, None
    place = int(cosines.argmax())
    return float(cosines[place]), place
