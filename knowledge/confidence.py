"""How sure the search is that its first candidate answers: two small logistic regressions over what it saw.

One asks whether the base answers such a question at all, the other whether the first candidate is the one that does.
Both are fitted (tests/bench/calibrate.py) on golden questions, each also with its cards hidden, and on lines of the
base itself that an index was built without. The fit that ships is confidence.json; other documents use it as it is.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.embedder import Vectors
from knowledge.rank import Searched
from knowledge.seen import FEATURES, features

SHIPPED = Path(__file__).with_name("confidence.json")

LEAST_ALIKE = 0.6
"""Late interaction below which nothing is near: no right answer to a golden question has less (the least is .62)."""
THE_SAME, SURE = 0.97, 0.8
"""Cosine from which on a question is one that the first candidate lists, but for a sign or a capital letter; and how
sure that is at the least, however near other candidates are."""
FARTHEST = 3.0
UNKNOWN = {"mean": 0.0, "spread": 1.0, "covered": [0.0, 0.0], "right": [0.0, 0.0]}
RIDGE = 1.0


class Fit(NamedTuple):
    """A logistic regression: a weight for each feature, then for each square of one; and the offset."""

    weights: tuple[float, ...]
    offset: float

    def of(self, scaled: Vectors) -> Vectors:
        """Probability, 0 to 1, for one row of scaled features and their squares, or for each of many."""
        sure: Vectors = 1 / (1 + np.exp(-(scaled @ np.array(self.weights) + self.offset)))
        return sure


@dataclass(frozen=True, slots=True)
class Confidence:
    """Both regressions, the means and spreads of what they see, and two thresholds."""

    covered: Fit
    """That the base answers the question at all, be it by a limit."""
    right: Fit
    """That, if it does, the first candidate is a card that answers."""
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    answered: float = 1.0
    """At or above this confidence the first candidate is taken for an answer."""
    closest: float = 0.0
    """At or above this, and below `answered`, it is named as the nearest the base has."""

    def of(self, searched: Searched) -> float:
        """Confidence, 0 to 1, in the first candidate; 0 without candidates, or where none is at all near."""
        if not searched.ranked or searched.ranked[0].signals.maxsim < LEAST_ALIKE:
            return 0.0
        sure = float(self.of_features(features(searched)))
        return max(sure, SURE) if searched.ranked[0].signals.question >= THE_SAME else sure

    def of_features(self, seen: Vectors) -> Vectors:
        """The same for features already taken: the geometric mean of both probabilities, of one row or of many."""
        scaled = _with_squares(_scaled(seen, np.array(self.means), np.array(self.spreads)))
        sure: Vectors = np.sqrt(self.covered.of(scaled) * self.right.of(scaled))
        return sure


class Judged(NamedTuple):
    """Searches of which the answer is known, one row each, and how much each counts in either regression."""

    seen: Vectors
    is_covered: Sequence[bool]
    is_right: Sequence[bool]
    counts_for_covered: Sequence[float]
    counts_for_right: Sequence[float]


def fitted(judged: Judged) -> Confidence:
    """Both regressions by Newton's method with a ridge; the thresholds are still open."""
    means, spreads = np.nanmean(judged.seen, axis=0), np.nanstd(judged.seen, axis=0) + 1e-6
    scaled = _with_squares(_scaled(judged.seen, means, spreads))
    covered = _fit(scaled, np.array(judged.is_covered), np.array(judged.counts_for_covered))
    right = _fit(scaled, np.array(judged.is_right), np.array(judged.counts_for_right))
    return Confidence(covered, right, tuple(means.tolist()), tuple(spreads.tolist()))


def _fit(x: Vectors, answers: Vectors, counts: Vectors) -> Fit:
    x = np.hstack([x.astype(np.float64), np.ones((len(x), 1))])
    penalty = np.diag([RIDGE] * (x.shape[1] - 1) + [0.0]) * counts.sum() / 100
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (counts * (answers - p)) - penalty @ beta
        curve = (x.T * (counts * p * (1 - p) + 1e-9)) @ x + penalty
        beta = beta + np.linalg.solve(curve, slope)
    return Fit(tuple(beta[:-1].tolist()), float(beta[-1]))


def _scaled(seen: Vectors, means: Vectors, spreads: Vectors) -> Vectors:
    """In spreads from the mean, three at the most: beyond what was seen in fitting a square would run away."""
    scaled: Vectors = np.clip((seen - means) / spreads, -FARTHEST, FARTHEST)
    return scaled


def _with_squares(scaled: Vectors) -> Vectors:
    known = np.nan_to_num(scaled)
    return np.concatenate([known, known**2], axis=-1)


def shipped(path: Path = SHIPPED) -> Confidence:
    """The fit that comes with the project. What it knows nothing of yet, for a new fit is to come, decides nothing."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    rows = [stored["features"].get(name, UNKNOWN) for name in FEATURES]
    covered, right = (
        Fit(tuple(row[fit][power] for power in (0, 1) for row in rows), stored[fit]) for fit in ("covered", "right")
    )
    means, spreads = (tuple(row[column] for row in rows) for column in ("mean", "spread"))
    return Confidence(covered, right, means, spreads, stored["answered"], stored["closest"])


def ship(found: Confidence, path: Path = SHIPPED) -> None:
    """Write a fit as the one that ships: readable, in a fixed order, a feature's weight beside its square's."""
    stored = {
        "answered": round(found.answered, 4),
        "closest": round(found.closest, 4),
        "covered": round(found.covered.offset, 5),
        "right": round(found.right.offset, 5),
        "features": {name: _row(found, place) for place, name in enumerate(FEATURES)},
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _row(found: Confidence, place: int) -> dict[str, float | list[float]]:
    def both(fit: Fit) -> list[float]:
        return [round(fit.weights[place], 5), round(fit.weights[place + len(FEATURES)], 5)]

    mean, spread = round(found.means[place], 5), round(found.spreads[place], 5)
    return {"mean": mean, "spread": spread, "covered": both(found.covered), "right": both(found.right)}
