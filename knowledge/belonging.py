"""Which document a question belongs to, judged by all that is asked of each: Fisher's linear discriminant.

The nearest single text may be near by chance. Here the mean of a document's texts stands for it, and the directions
along which the texts of one document differ among themselves count little. Fisher 1936, shrunk as by Ledoit and Wolf.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embedder import WIDTH, Vectors

STEADY = 5_000
"""Texts that would have to differ evenly in all directions: a small base tells too little of its own."""


def write_belonging(path: Path, vectors: Vectors, owners: Sequence[int], documents: int) -> None:
    """Write a direction and an offset for each document; `owners` says whose text each row of vectors is."""
    owned = np.array(owners)
    counts = np.bincount(owned, minlength=documents)
    means = np.zeros((documents, WIDTH))
    np.add.at(means, owned, vectors)
    means /= np.maximum(counts, 1)[:, None]
    apart = vectors - means[owned]
    evenly = float((apart**2).sum()) / (len(vectors) * WIDTH) or 1.0 / WIDTH
    spread = (apart.T @ apart + STEADY * evenly * np.eye(WIDTH)) / (len(vectors) + STEADY)
    directions = np.linalg.solve(spread, means.T).T
    offsets = -(directions * means).sum(axis=1) / 2
    np.save(path, np.hstack([directions, offsets[:, None]]).astype(np.float32))


def belonging_of(vector: Vectors, directions: Vectors) -> Vectors:
    """How far each document lies behind the likeliest one, 0 or below, in spreads over all documents."""
    likely = directions[:, :-1] @ vector + directions[:, -1]
    behind: Vectors = (likely - likely.max()) / max(float(likely.std()), 1e-6)
    return behind
