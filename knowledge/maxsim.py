"""Late interaction: every word piece of the question looks for its nearest one in the document (ColBERT's MaxSim).

Khattab and Zaharia 2020, here over MiniLM's own token vectors: 64 principal dimensions, one byte each, 9 KB a card.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Encoded, Vectors
from knowledge.rows import rows_of_npy

DIMENSIONS = 64
VOCABULARY = 30522
NEAREST = 3
"""Texts of a document that the question is held against one by one: fewer are chance, more are no longer near."""


class MaxSim:
    """Token vectors of all documents, read from disk: first what each tells, then what each does not answer."""

    def __init__(self, folder: Path) -> None:
        self._axes: Vectors = np.load(folder / "axes.npy")
        self._tokens = rows_of_npy(folder / "tokens.npy", np.int8)
        self._starts: list[int] = np.load(folder / "starts.npy").tolist()
        self._borders: NDArray[np.int64] = np.load(folder / "borders.npy")
        self._rarity: Vectors = np.load(folder / "rarity.npy")
        self._documents = (len(self._starts) - 1) // 2

    def told(self, question: Encoded, numbers: Sequence[int]) -> tuple[Vectors, Vectors]:
        """For each document, the mean over the question's pieces of the best cosine found; rare pieces weigh more.

        Then how well the question and single texts of the document cover each other, both ways, in the best three.
        """
        late = np.zeros((len(numbers), 2), dtype=np.float32)
        pieces, weights = self._turned(question)
        for place, number in enumerate(numbers):  # one at a time: all at once they are megabytes
            start, end = self._starts[number : number + 2]
            if start < end and len(weights):
                borders = self._borders[np.searchsorted(self._borders, start) : np.searchsorted(self._borders, end)]
                late[place] = _told(
                    self._tokens.span(start, end).astype(np.float32) @ pieces.T, borders - start, weights
                )
        return late[:, 0], late[:, 1]

    def beyond(self, question: Encoded, numbers: Sequence[int]) -> Vectors:
        """Late interaction with the questions that each document does not answer; 0 where it lists none."""
        scores = np.zeros(len(numbers), dtype=np.float32)
        pieces, weights = self._turned(question)
        for place, number in enumerate(numbers):
            start, end = self._starts[self._documents + number : self._documents + number + 2]
            if start < end and len(weights):
                scores[place] = weights @ (pieces @ self._tokens.span(start, end).astype(np.float32).T).max(axis=1)
        return scores

    def _turned(self, question: Encoded) -> tuple[Vectors, Vectors]:
        """The question's pieces as the tokens are stored, and what each of them weighs; the weights sum to 1."""
        weights = self._rarity[list(question.pieces)]
        return _turned(question.tokens, self._axes) / np.float32(127), weights / weights.sum() if len(
            weights
        ) else weights


class Compact(NamedTuple):
    """An encoded text in short form."""

    vector: Vectors
    """Unit vector of the whole text, shape (384,)."""
    tokens: NDArray[np.int8]
    """Its word pieces along the principal axes, unit length times 127, shape (pieces, 64)."""
    pieces: tuple[int, ...]


def compacted(encoded: Encoded, axes: Vectors) -> Compact:
    """A text in short form: a twelfth of the size, three thousandths of the recall lost."""
    tokens = np.rint(_turned(encoded.tokens, axes) * 127).astype(np.int8)
    return Compact(encoded.vector, tokens, encoded.pieces)


def principal_axes(tokens: Vectors) -> Vectors:
    """The 64 directions along which these token vectors spread most, shape (384, 64)."""
    _, vectors = np.linalg.eigh(tokens.T @ tokens)
    axes: Vectors = np.ascontiguousarray(vectors[:, ::-1][:, :DIMENSIONS], dtype=np.float32)
    return axes


def write_maxsim(
    folder: Path, axes: Vectors, told: Sequence[Sequence[Compact]], beyond: Sequence[Sequence[Compact]]
) -> None:
    """Write the five files for documents given as lists of texts: what each tells, what it does not answer."""
    tokens = [_joined(texts) for texts in (*told, *beyond)]
    lengths = [len(text.tokens) for texts in told for text in texts]
    np.save(folder / "axes.npy", axes)
    np.save(folder / "tokens.npy", np.concatenate(tokens))
    np.save(folder / "starts.npy", np.concatenate(([0], np.cumsum([len(document) for document in tokens]))))
    np.save(folder / "borders.npy", np.unique(np.cumsum([0, *lengths[:-1]])))
    np.save(folder / "rarity.npy", _rarity(told))


def _told(alike: Vectors, borders: NDArray[np.int64], weights: Vectors) -> tuple[float, float]:
    """Late interaction, and the mean over the three best texts of how far the text and the question cover each other.

    `alike` has a row for each piece of the document, a column for each of the question; texts begin at `borders`.
    """
    by_text = np.maximum.reduceat(alike, borders, axis=0)
    nearest = np.ascontiguousarray(alike.T).max(axis=0)  # along rows it takes ten times as long
    covering = np.add.reduceat(nearest, borders) / np.diff(np.append(borders, len(alike)))
    both = (by_text @ weights + covering) / 2
    return float(by_text.max(axis=0) @ weights), float(np.sort(both)[-NEAREST:].mean())


def _joined(texts: Sequence[Compact]) -> NDArray[np.int8]:
    return np.concatenate([np.zeros((0, DIMENSIONS), dtype=np.int8), *(text.tokens for text in texts)])


def _turned(tokens: Vectors, axes: Vectors) -> Vectors:
    turned = tokens @ axes
    scaled: Vectors = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    return scaled


def _rarity(encoded: Sequence[Sequence[Compact]]) -> Vectors:
    holding = np.zeros(VOCABULARY)
    for texts in encoded:
        holding[list({piece for text in texts for piece in text.pieces})] += 1
    count = len(encoded)
    # The fourth root: the idf itself lets one rare piece decide alone (right first: .84, its root .90, this .92).
    rarity: Vectors = (np.log(1 + (count - holding + 0.5) / (holding + 0.5)) ** 0.25).astype(np.float32)
    return rarity
