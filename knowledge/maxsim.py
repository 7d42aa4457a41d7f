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
from knowledge.sentences import weighed

Numbers = NDArray[np.int64]

DIMENSIONS = 64
VOCABULARY = 30522
NEAREST = 3
"""Texts of a document that the question is held against one by one: fewer are chance, more are no longer near."""


class MaxSim:
    """The token vectors of all texts, read from disk."""

    def __init__(self, folder: Path) -> None:
        self._axes: Vectors = np.load(folder / "axes.npy")
        self._tokens = rows_of_npy(folder / "tokens.npy", np.int8)
        self._starts: Numbers = np.load(folder / "starts.npy")
        self._rarity: Vectors = np.load(folder / "rarity.npy")

    def told(self, question: Encoded, documents: Sequence[Numbers]) -> tuple[Vectors, Vectors]:
        """For each document, the mean over the question's pieces of the best cosine found; rare pieces weigh more.

        Then how well the question and single texts of the document cover each other, both ways, in the best three.
        A document is given as the numbers of its texts, rising; 0 for one that has none.
        """
        late, mutual = np.zeros((2, len(documents)), dtype=np.float32)
        filled = [place for place, texts in enumerate(documents) if len(texts)]
        if filled and question.pieces:
            late[filled], mutual[filled] = self._held_against(question, [documents[place] for place in filled])
        return late, mutual

    def _held_against(self, question: Encoded, documents: Sequence[Numbers]) -> tuple[Vectors, Vectors]:
        turned = _turned(question.tokens, self._axes) / np.float32(127)
        weights = weighed(self._rarity[list(question.pieces)], question.pieces)
        tokens, borders = self._read(documents)
        alike = (
            turned @ tokens.T
        )  # a row for each piece of the question: along rows a maximum takes a tenth of the time
        by_text = np.maximum.reduceat(alike, borders, axis=1)
        covering = np.add.reduceat(alike.max(axis=0), borders) / np.diff(borders, append=len(tokens))
        both = (weights @ by_text + covering) / 2
        firsts = np.cumsum([0, *map(len, documents[:-1])])
        mutual = [np.sort(texts)[-NEAREST:].mean() for texts in np.split(both, firsts[1:])]
        return weights @ np.maximum.reduceat(by_text, firsts, axis=1), np.array(mutual)

    def _read(self, documents: Sequence[Numbers]) -> tuple[Vectors, Numbers]:
        """The tokens of these texts, one row each, and where each text begins. One reading a document."""
        spans = [(self._starts[texts[0]], self._starts[texts[-1] + 1]) for texts in documents]
        tokens = self._tokens.spans(spans)
        before = np.cumsum([0, *(end - start for start, end in spans[:-1])]) - [start for start, _ in spans]
        texts = np.concatenate(documents)
        lengths = self._starts[texts + 1] - self._starts[texts]
        borders = np.cumsum(lengths) - lengths
        begin = self._starts[texts] + np.repeat(before, [len(each) for each in documents])
        rows = np.arange(lengths.sum()) + np.repeat(begin - borders, lengths)
        return tokens[rows].astype(np.float32), borders


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


def principal_axes(vectors: Vectors, count: int = DIMENSIONS) -> Vectors:
    """The directions along which these vectors spread most, shape (384, count)."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    axes: Vectors = np.ascontiguousarray(directions[:, ::-1][:, :count], dtype=np.float32)
    return axes


def write_maxsim(folder: Path, axes: Vectors, texts: Sequence[Compact], told: Sequence[Sequence[Compact]]) -> None:
    """Write the four files: the tokens of all texts by their number; how rare a piece is in what documents tell."""
    tokens = [text.tokens if len(text.tokens) else np.zeros((1, DIMENSIONS), dtype=np.int8) for text in texts]
    np.save(folder / "axes.npy", axes)
    np.save(folder / "tokens.npy", np.concatenate(tokens))
    np.save(folder / "starts.npy", np.cumsum([0, *map(len, tokens)]))
    np.save(folder / "rarity.npy", _rarity(told))


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
