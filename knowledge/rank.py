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
from knowledge.index import QUESTION, SENTENCE, Index
from knowledge.looks import Looks, look_at
from knowledge.phrasing import mean_of_likest

POOL_OF_CHUNKS = 60
POOL_OF_WORDS = 30
NEIGHBOURS = 60
"""Texts nearest to a question that are looked at for whose they are."""
READ = 20
"""Pooled documents that are read piece by piece: in each of 636 searches the first by all signals was among fifteen."""


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
    """The likeliest documents, best first (ties by their order in the base), and the texts nearest to the question.

    A follow-up is asked in two ways, alone and together with the question before it; the signals are their mean.
    """
    pool = sorted({number for asking in askings for number in _pooled(asking, index)})
    looks = _first_look(askings, pool, index)
    rows = looks.likeliest(READ)
    pieces = _piece_by_piece(askings, looks, rows, index)
    phrased = _mean(askings, [index.phrasing.likeness(asking.text) for asking in askings])
    ranked = [
        _ranked(looks, row, {**told, "phrasing": mean_of_likest(phrased, *looks.asked(row))}, index)
        for row, told in zip(rows, pieces, strict=True)
    ]
    return sorted(ranked, key=lambda found: (-found.score, found.number)), _near(looks, index)


def _pooled(asking: Asking, index: Index) -> set[int]:
    """The documents whose texts or words are nearest."""
    nearest = index.nearest.of(asking.encoded.vector, min(POOL_OF_CHUNKS, len(index.chunks)))
    by_vector = index.chunks[index.numbers_of(nearest), 0].tolist()
    return {*by_vector, *index.lexical.best(asking.text, POOL_OF_WORDS)}


def _first_look(askings: Sequence[Asking], pool: Sequence[int], index: Index) -> Looks:
    """What the words and the whole texts say of every pooled document."""
    found = [index.lexical.scores(asking.text, pool) for asking in askings]
    words = _mean(askings, [np.array([scores.get(number, 0.0) for number in pool]) for scores in found])
    vector = _mean(askings, [asking.encoded.vector for asking in askings])
    return look_at(pool, vector, words, belonging_of(vector, index.belonging)[pool], index)


def _piece_by_piece(
    askings: Sequence[Asking], looks: Looks, rows: Sequence[int], index: Index
) -> list[dict[str, float]]:
    """What the word pieces say of each document, by the name of the signal."""
    texts = [*map(looks.told, rows), *map(looks.beyond, rows)]
    found = [index.maxsim.told(asking.encoded, texts) for asking in askings]
    late, mutual = (_mean(askings, [each[place] for each in found]).tolist() for place in (0, 1))
    told, beyond = late[: len(rows)], late[len(rows) :]
    return [
        {"maxsim": one, "mutual": both, "beyond_maxsim": against}
        for one, both, against in zip(told, mutual, beyond, strict=False)
    ]


def _mean(askings: Sequence[Asking], values: Sequence[Vectors]) -> Vectors:
    weights = np.array([asking.weight for asking in askings], dtype=np.float32)
    mean: Vectors = np.tensordot(weights, np.stack(values), axes=1)
    return mean


def _near(looks: Looks, index: Index) -> list[Neighbour]:
    numbers, cosines = looks.nearest(NEIGHBOURS)
    owners = index.chunks[numbers].tolist()
    return [Neighbour(owner, kind, cosine) for (owner, kind, _), cosine in zip(owners, cosines.tolist(), strict=True)]


def _ranked(looks: Looks, row: int, told: Mapping[str, float], index: Index) -> Ranked:
    number = int(looks.numbers[row])
    card, sentence, _, beyond = looks.best[row].tolist()
    signals = Signals(
        card=card,
        sentence=sentence,
        question=float(looks.question[row]),
        words=float(looks.words[row]),
        belonging=float(looks.belonging[row]),
        beyond=beyond,
        **told,
    )
    return Ranked(
        number, signals, looks.place(row, SENTENCE) or 0, looks.place(row, QUESTION), index.documents[number].is_limit
    )
