"""The first look at documents that may answer: how near their texts lie to the question, and what their words say.

All of them are looked at in a few operations on arrays; the likeliest are then read piece by piece (rank.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Vectors
from knowledge.index import BEYOND, CARD, QUESTION, SENTENCE, Index

Numbers = NDArray[np.int64]

ASKED = 16
"""Of what a document is asked, the nearest that are read piece by piece: more change nothing."""
NEAREST, WORDS, BELONGING = 0.5, 0.3, 0.03
"""How much its nearest text, its words and all that is asked of it count for a document to be read."""
LOWEST = np.float32(-2.0)
"""Below every cosine."""


@dataclass(frozen=True, eq=False)
class Looks:
    """What is seen of some documents, one row each."""

    numbers: Numbers
    """Of the documents, in the index."""
    words: Vectors
    """BM25 scaled by its ceiling (lexical.py)."""
    belonging: Vectors
    """How far each lies behind the likeliest (belonging.py)."""
    borders: Numbers
    """Between which texts of the index their cards, sentences, questions and those beyond them lie, (documents, 5)."""
    starts: Numbers
    """Where the texts of each begin among the cosines."""
    cosines: Vectors
    """Of all their texts and the question, one document after another."""
    best: Vectors
    """The highest cosine among the texts of each kind; 0 where there are none. Shape (documents, 4)."""

    @property
    def question(self) -> Vectors:
        """The highest cosine among the questions each answers; of its other texts where it lists none."""
        lists_none = self.borders[:, QUESTION] == self.borders[:, QUESTION + 1]
        asked: Vectors = np.where(lists_none, self._told, self.best[:, QUESTION])
        return asked

    def likeliest(self, count: int) -> list[int]:
        """The rows of the likeliest documents, likeliest first."""
        nearest = np.maximum(self.question, self._told)
        likely = NEAREST * nearest + WORDS * self.words + BELONGING * self.belonging
        rows: list[int] = np.argsort(-likely, kind="stable")[:count].tolist()
        return rows

    def told(self, row: int) -> Numbers:
        """The texts to hold the question against: what the document says, and the nearest of what it is asked."""
        whole = np.arange(*self.borders[row, CARD : CARD + 2])
        return np.concatenate([whole, self._nearest(row, QUESTION)])

    def beyond(self, row: int) -> Numbers:
        """The same of what the document does not answer."""
        return self._nearest(row, BEYOND)

    def asked(self, row: int) -> tuple[int, int]:
        """From which text to which the questions go that the document answers; nowhere if it lists none."""
        return int(self.borders[row, QUESTION]), int(self.borders[row, QUESTION + 1])

    def place(self, row: int, kind: int) -> int | None:
        """Where the nearest text of a kind stands among those of that kind; None where there are none."""
        cosines = self._cosines(row, kind)
        return int(cosines.argmax()) if len(cosines) else None

    def nearest(self, count: int) -> tuple[Numbers, Vectors]:
        """The nearest of all texts looked at, nearest first: their numbers in the index, and their cosines."""
        places = np.argsort(-self.cosines, kind="stable")[:count]
        rows = np.searchsorted(self.starts, places, side="right") - 1
        return self.borders[rows, 0] + places - self.starts[rows], self.cosines[places]

    @property
    def _told(self) -> Vectors:
        told: Vectors = self.best[:, [CARD, SENTENCE]].max(axis=1)
        return told

    def _nearest(self, row: int, kind: int) -> Numbers:
        cosines = self._cosines(row, kind)
        texts = np.arange(len(cosines))
        if len(texts) > ASKED:
            texts = np.sort(np.argpartition(cosines, -ASKED)[-ASKED:])
        numbers: Numbers = texts + self.borders[row, kind]
        return numbers

    def _cosines(self, row: int, kind: int) -> Vectors:
        start, end = self.borders[row, kind : kind + 2] - self.borders[row, 0] + self.starts[row]
        return self.cosines[start:end]


def look_at(numbers: Sequence[int], vector: Vectors, words: Vectors, belonging: Vectors, index: Index) -> Looks:
    """Look at these documents of an index; `words` and `belonging` hold a figure for each of them."""
    borders = index.borders[numbers]
    cosines = index.vectors.spans(borders[:, [0, -1]].tolist()) @ vector
    lengths = borders[:, -1] - borders[:, 0]
    starts = np.cumsum(lengths) - lengths
    begins = (borders[:, :-1] - borders[:, :1] + starts[:, None]).ravel()
    # reduceat gives the text at the border for a kind of which there is none: that one counts for nothing
    highest = np.maximum.reduceat(np.append(cosines, LOWEST), begins).reshape(len(numbers), -1)
    best = np.where(np.diff(borders, axis=1) > 0, highest, np.float32(0))
    return Looks(np.array(numbers), words, belonging, borders, starts, cosines, best)
