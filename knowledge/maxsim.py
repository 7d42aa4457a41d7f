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


class MaxSim:
    """Token vectors of all documents, read from disk: first what each tells, then what each does not answer."""

    def __init__(self, folder: Path) -> None:
        self._axes: Vectors = np.load(folder / "axes.npy")
        self._tokens = rows_of_npy(folder / "tokens.npy", np.int8)
        self._starts: list[int] = np.load(folder / "starts.npy").tolist()
        self._rarity: Vectors = np.load(folder / "rarity.npy")
        self._documents = (len(self._starts) - 1) // 2

    def told(self, question: Encoded, numbers: Sequence[int]) -> Vectors:
        """For each document, the mean over the question's pieces of the best cosine found; rare pieces weigh more."""
        return self._scores(question, numbers)

    def beyond(self, question: Encoded, numbers: Sequence[int]) -> Vectors:
        """The same against the questions that each document does not answer; 0 where it lists none."""
        return self._scores(question, [self._documents + number for number in numbers])

    def _scores(self, question: Encoded, numbers: Sequence[int]) -> Vectors:
        best = np.zeros((len(numbers), len(question.pieces)), dtype=np.float32)
        pieces = _turned(question.tokens, self._axes) / np.float32(127)
        for place, number in enumerate(numbers):  # one at a time: all at once they are megabytes
            start, end = self._starts[number : number + 2]
            if start < end:
                best[place] = (pieces @ self._tokens.span(start, end).astype(np.float32).T).max(axis=1)
        weights = self._rarity[list(question.pieces)]
        scores: Vectors = best @ (weights / weights.sum()) if len(weights) else np.zeros(len(numbers), np.float32)
        return scores


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
    """Write the four files for documents given as lists of texts: what each tells, what it does not answer."""
    tokens = [_joined(texts) for texts in (*told, *beyond)]
    np.save(folder / "axes.npy", axes)
    np.save(folder / "tokens.npy", np.concatenate(tokens))
    np.save(folder / "starts.npy", np.concatenate(([0], np.cumsum([len(document) for document in tokens]))))
    np.save(folder / "rarity.npy", _rarity(told))


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
