"""Which documents may answer: pool candidates from vectors and words, score each by the same signals, sort.

One configuration for every base. Measured on this base by `make bench`; why these signals: README, Decisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.belonging import belonging_of
from knowledge.embedder import Encoded, Vectors
from knowledge.found import Signals
from knowledge.index import BEYOND, CARD, QUESTION, SENTENCE, Index

POOL_OF_CHUNKS = 60
POOL_OF_WORDS = 30
ASKED = 16
"""Of what a document is asked, the nearest that are read piece by piece: more change nothing."""
READ = 20
"""Pooled documents that are read piece by piece: in each of 636 searches the first by all signals was among fifteen."""
NEAREST, WORDS, BELONGING = 0.5, 0.3, 0.03
"""How much its nearest text, its words and all that is asked of it count for a document to be read."""


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


class Look(NamedTuple):
    """What is seen of a document without reading its word pieces: signals by name, and its texts by what they are."""

    number: int
    signals: Mapping[str, float]
    cosines: Vectors
    """Of each of its texts and the question."""
    spans: Sequence[tuple[int, int]]
    """From where to where among them the cards, sentences, questions and those beyond it go."""
    first: int
    """The number of its first text in the index."""

    @property
    def likely(self) -> float:
        nearest = max(self.signals[name] for name in ("question", "card", "sentence"))
        return NEAREST * nearest + WORDS * self.signals["words"] + BELONGING * self.signals["belonging"]

    @property
    def told(self) -> NDArray[np.int64]:
        """The texts to hold the question against: what the document says, and the nearest of what it is asked."""
        return np.concatenate([self.first + np.arange(*self.spans[CARD]), self._nearest(QUESTION)])

    @property
    def beyond(self) -> NDArray[np.int64]:
        return self._nearest(BEYOND)

    def best(self, kind: int) -> int | None:
        """The place of the nearest text of a kind among those of that kind; None where there are none."""
        start, end = self.spans[kind]
        return int(self.cosines[start:end].argmax()) if end > start else None

    def _nearest(self, kind: int) -> NDArray[np.int64]:
        start, end = self.spans[kind]
        texts = np.arange(start, end)
        if len(texts) > ASKED:
            texts = np.sort(start + np.argpartition(self.cosines[start:end], -ASKED)[-ASKED:])
        return self.first + texts


def rank(askings: Sequence[Asking], index: Index) -> tuple[list[Ranked], list[Neighbour]]:
    """The likeliest documents, best first (ties by their order in the base), and the texts nearest to the question.

    A follow-up is asked in two ways, alone and together with the question before it; the signals are their mean.
    """
    near = [neighbour for asking in askings for neighbour in _near(asking.encoded, index)]
    by_words = {number for asking in askings for number in index.lexical.best(asking.text, POOL_OF_WORDS)}
    pool = sorted(by_words | {neighbour.number for neighbour in near})
    looks = _likeliest(_first_look(askings, pool, index))
    pieces = _piece_by_piece(askings, looks, index)
    ranked = [
        _ranked(look, Signals(**look.signals, **told), index.documents[look.number].is_limit)
        for look, told in zip(looks, pieces, strict=True)
    ]
    return sorted(ranked, key=lambda found: (-found.score, found.number)), near


def _first_look(askings: Sequence[Asking], pool: Sequence[int], index: Index) -> list[Look]:
    """What the words and the whole texts say of every pooled document."""
    found = [index.lexical.scores(asking.text, pool) for asking in askings]
    words = _mean(askings, [np.array([scores.get(number, 0.0) for number in pool]) for scores in found])
    vector = _mean(askings, [asking.encoded.vector for asking in askings])
    belonging = belonging_of(vector, index.belonging)
    return [
        _look(number, vector, index, {"words": float(word), "belonging": float(belonging[number])})
        for number, word in zip(pool, words, strict=True)
    ]


def _likeliest(looks: Sequence[Look]) -> list[Look]:
    return sorted(looks, key=lambda look: -look.likely)[:READ]


def _piece_by_piece(askings: Sequence[Asking], looks: Sequence[Look], index: Index) -> list[dict[str, float]]:
    """What the word pieces say of each document, by the name of the signal."""
    texts = [*(look.told for look in looks), *(look.beyond for look in looks)]
    found = [index.maxsim.told(asking.encoded, texts) for asking in askings]
    late, mutual = (_mean(askings, [each[place] for each in found]).tolist() for place in (0, 1))
    told, beyond = late[: len(looks)], late[len(looks) :]
    return [
        {"maxsim": one, "mutual": both, "beyond_maxsim": against}
        for one, both, against in zip(told, mutual, beyond, strict=False)
    ]


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


def _look(number: int, vector: Vectors, index: Index, told: Mapping[str, float]) -> Look:
    spans = index.spans(number)
    first = spans[0][0]
    cosines = index.vectors.span(first, spans[-1][1]) @ vector
    spans = [(start - first, end - first) for start, end in spans]
    card, sentence, asked, beyond = (float(cosines[start:end].max()) if end > start else 0.0 for start, end in spans)
    question = asked if spans[QUESTION][1] > spans[QUESTION][0] else max(card, sentence)
    signals = {"card": card, "sentence": sentence, "question": question, "beyond": beyond, **told}
    return Look(number, signals, cosines, spans, first)


def _ranked(look: Look, signals: Signals, is_limit: bool) -> Ranked:
    return Ranked(look.number, signals, look.best(SENTENCE) or 0, look.best(QUESTION), is_limit)
