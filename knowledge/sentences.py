"""The sentences of a question: who tells a story asks in one short sentence of it, which the story would drown."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Encoded, Vectors

ENDS = (999, 1012, 1025, 1029)
"""The word pieces that end a sentence: ! . ; ?"""
SHORTEST = 4
"""Pieces that a sentence has at the least."""
EVENLY = 0.5
"""How much the mean of the sentences counts in the vector of a question, beside the mean of its word pieces."""


def weighed(rarity: Vectors, pieces: Sequence[int]) -> Vectors:
    """What each piece of a question weighs: rare ones more, those of a long sentence less; the weights sum to 1."""
    sentences = _sentences(pieces)
    weights = rarity / np.sqrt(np.bincount(sentences, weights=rarity).astype(np.float32))[sentences]
    scaled: Vectors = weights / weights.sum()
    return scaled


def evened(question: Encoded) -> Encoded:
    """The question with a vector in which a short sentence counts more than its share."""
    numbers = _sentences(question.pieces) if question.pieces else np.zeros(1, dtype=np.int64)
    if not numbers[-1]:
        return question
    means = np.stack([_unit(question.tokens[numbers == number].mean(axis=0)) for number in range(numbers[-1] + 1)])
    return question._replace(vector=_unit((1 - EVENLY) * question.vector + EVENLY * means.mean(axis=0)))


def _sentences(pieces: Sequence[int]) -> NDArray[np.int64]:
    """The number of its sentence for each piece; what is too short for one goes with the sentence before."""
    ends = np.isin(pieces, ENDS)
    numbers: NDArray[np.int64] = np.cumsum(ends) - ends
    joined: NDArray[np.int64] = np.maximum(np.cumsum(np.bincount(numbers) >= SHORTEST) - 1, 0)
    return joined[numbers]


def _unit(vector: Vectors) -> Vectors:
    scaled: Vectors = (vector / np.linalg.norm(vector)).astype(np.float32)
    return scaled
