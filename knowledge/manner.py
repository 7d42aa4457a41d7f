"""What sort of question it is: of those the base answers, or of those that lie beyond its cards.

"How do I …", "why does …" on one side; "list all …", "what does it cost", "which company …" on the other. One direction
among the vectors tells them apart (Fisher's linear discriminant), found from the questions that the base itself lists.
"""

from pathlib import Path

import numpy as np

from knowledge.embedder import WIDTH, Vectors

FEWEST = 200
"""Questions of each sort from which on a direction can be found."""
STEADY = 0.0005
"""Added to each spread, so that a direction in which nothing spreads decides nothing."""


def write_manner(path: Path, answered: Vectors, beyond: Vectors) -> None:
    """Write the direction and where its middle lies: one row of vectors a question. Zeros where there are too few."""
    direction = np.zeros(WIDTH + 1, dtype=np.float32)
    if min(len(answered), len(beyond)) >= FEWEST:
        middle, far = answered.mean(axis=0), beyond.mean(axis=0)
        apart = np.concatenate([answered - middle, beyond - far]).astype(np.float64)
        spread = apart.T @ apart / len(apart) + STEADY * np.eye(WIDTH)
        direction[:-1] = np.linalg.solve(spread, far - middle)
        direction[-1] = -(direction[:-1] @ (middle + far)) / 2
    np.save(path, direction)


def manner_of(vector: Vectors, direction: Vectors) -> float:
    """Above 0 for a question of the sort that lies beyond the cards, below for one they answer; NaN if not known."""
    return float(vector @ direction[:-1] + direction[-1]) if direction.any() else float("nan")
