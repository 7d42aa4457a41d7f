"""Sorting a text by its likeness to sorted examples: ridge regression over likeness, and how sure that is.

Likeness is that of the embedding, near ones counting more than their share, and that of the letters (parts of words,
the rare ones weighing more). Every example speaks for its own kind, and how loudly is found by the regression, so that
many like ones do not shout a few down. How sure that is, is read off the examples, each judged by those unlike it.
"""

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Vectors

BINS = 8192
AT_ONCE = 1024
"""Bins that are worked with at a time: of all of them a copy would be tens of megabytes."""
RIDGE = 0.2
MEANT = 0.6
"""The share of the embedding in likeness; the rest is that of the letters. Both chosen by cross-validation."""
WARMTH = 0.5
"""How fast likeness falls with the cosine: by a factor e for every .5."""
LIKE = 0.75
"""Cosine from which two examples are one said twice, as in two languages: they are judged without each other."""
_GRAMS = (3, 4, 5)
_WORD = re.compile(r"[^\W_]+")

Matrix = NDArray[np.float64]


class Grams:
    """Makes rows of texts: their parts of words, three to five letters long, hashed into bins; unit length."""

    def __init__(self, texts: Sequence[tuple[str, ...]]) -> None:
        """Each text may be told in several ways; the parts of all of them count."""
        holding = np.zeros(BINS)
        for text in texts:
            holding[list(set(_bins_of(text)))] += 1
        self._rarity = np.log((len(texts) + 1) / (holding + 0.5)).astype(np.float32)

    def of(self, text: tuple[str, ...]) -> Vectors:
        """The row of a text, 32 KB."""
        row, bins = np.zeros(BINS, dtype=np.float32), list(set(_bins_of(text)))
        row[bins] = self._rarity[bins]
        length = float(np.linalg.norm(row))
        return row / length if length else row

    def rows(self, texts: Sequence[tuple[str, ...]]) -> Vectors:
        """The rows of many texts: megabytes, not to be kept."""
        rows = np.empty((len(texts), BINS), dtype=np.float32)
        for number, text in enumerate(texts):
            rows[number] = self.of(text)
        return rows


class Likeness:
    """Kinds of things, learned from examples."""

    def __init__(self, vectors: Vectors, grams: Vectors, kinds: Sequence[int]) -> None:
        """One row for each example, and the number of its kind."""
        answers = np.eye(max(kinds) + 1)[list(kinds)]
        likeness = _near(vectors @ vectors.T) + (1 - MEANT) * (grams @ grams.T)
        weights, judged = _fitted(likeness.astype(np.float64), answers, said_twice(vectors))
        self._vectors = vectors
        self._weights = weights
        parts = (grams[:, at : at + AT_ONCE].T.astype(np.float64) for at in range(0, BINS, AT_ONCE))
        self._by_letters: Matrix = (1 - MEANT) * np.concatenate([part @ weights for part in parts])
        self._curve = _calibrated(_margins(judged), judged.argmax(1) == answers.argmax(1))

    def kind_of(self, vector: Vectors, grams: Vectors) -> tuple[int, float]:
        """The likeliest kind, and the probability, 0 to 1, that it is right."""
        scores: Matrix = (_near(self._vectors @ vector) @ self._weights + grams @ self._by_letters)[None, :]
        sure = 1 / (1 + np.exp(-self._curve @ [_margins(scores)[0], 1.0]))
        return int(scores.argmax()), float(sure)


def said_twice(vectors: Vectors) -> list[list[int]]:
    """The examples in groups that are alike, one way or the other."""
    alike = vectors @ vectors.T >= LIKE
    left, groups = set(range(len(vectors))), []
    while left:
        group, fresh = set[int](), {left.pop()}
        while fresh:
            group |= fresh
            fresh = {int(n) for one in fresh for n in np.flatnonzero(alike[one])} & left
            left -= fresh
        groups.append(sorted(group))
    return groups


def _near(cosines: Vectors) -> Vectors:
    near: Vectors = MEANT * np.exp((cosines - 1) / WARMTH)
    return near


def _bins_of(text: tuple[str, ...]) -> Iterator[int]:
    for told in set(text):
        padded = " " + " ".join(_WORD.findall(told.lower())) + " "
        for size in _GRAMS:
            for start in range(len(padded) - size + 1):
                yield zlib.crc32(padded[start : start + size].encode()) % BINS


def _fitted(likeness: Matrix, answers: Matrix, groups: Sequence[Sequence[int]]) -> tuple[Matrix, Matrix]:
    """The weight of each example for each kind, and each example as those outside its group judge it (closed form)."""
    inverse = np.linalg.inv(likeness + RIDGE * np.eye(len(likeness)))
    weights = inverse @ answers
    judged = np.empty_like(answers)
    for group in groups:
        judged[group] = answers[group] - np.linalg.solve(inverse[np.ix_(group, group)], weights[group])
    return weights, judged


def _margins(scores: Matrix) -> Matrix:
    """By how much the best beats the second, as a logarithm."""
    first_two = np.sort(scores, axis=1)[:, -2:]
    margins: Matrix = np.log(np.maximum(first_two[:, 1] - first_two[:, 0], 1e-4))
    return margins


def _calibrated(margins: Matrix, right: NDArray[np.bool_]) -> Matrix:
    """Slope and offset of the logistic curve from margin to the share that is right, by Newton's method."""
    x = np.column_stack([margins, np.ones_like(margins)])
    curve = np.zeros(2)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ curve))
        curve = curve + np.linalg.solve((x.T * (p * (1 - p))) @ x + 1e-3 * np.eye(2), x.T @ (right - p) - 1e-3 * curve)
    return curve
