"""How sure the search is that its first candidate answers: a small logistic regression over what the search saw.

Fitted by leave-card-out (evaluation.py): every golden question is one covered example, and one uncovered with its cards
hidden. The fit that ships is confidence.json; a folder of other documents uses it as it is.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import numpy as np

from knowledge.embedder import Vectors
from knowledge.found import Signals
from knowledge.index import BEYOND
from knowledge.rank import Searched

SHIPPED = Path(__file__).with_name("confidence.json")

FEATURES = (
    "score",
    "margin",
    "card",
    "sentence",
    "question",
    "question_margin",
    "words",
    "words_margin",
    "maxsim",
    "maxsim_margin",
    "agreement",
    "over_beyond",
    "over_beyond_question",
    "over_limits",
    "own_share",
    "beyond_share",
    "limit_share",
    "unknown",
    "length",
)
COLUMNS = ("mean", "spread", "weight", "square")
LEAST_ALIKE = 0.6
"""Late interaction below which nothing is near: no right answer to a golden question has less (the least is .62)."""
FARTHEST = 3.0
WARMTH = 0.08
"""How fast a neighbour's say falls with its distance: by a factor e for every .08 of cosine."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """A fit: a weight for each feature and for each square of one, offset, means and spreads, two thresholds."""

    weights: tuple[float, ...]
    offset: float
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    answered: float = 1.0
    """At or above this probability the first candidate is taken for an answer."""
    closest: float = 0.0
    """At or above this, and below `answered`, it is named as the nearest the base has."""

    def of(self, searched: Searched) -> float:
        """Probability, 0 to 1, that the first candidate answers; 0 without candidates, or where none is at all near."""
        if not searched.ranked or searched.ranked[0].signals.maxsim < LEAST_ALIKE:
            return 0.0
        return float(self.of_features(features(searched)))

    def of_features(self, seen: Vectors) -> Vectors:
        """The same for features already taken: one search, or one row for each of many."""
        scaled = _with_squares(_scaled(seen, np.array(self.means), np.array(self.spreads)))
        sure: Vectors = 1 / (1 + np.exp(-(scaled @ np.array(self.weights) + self.offset)))
        return sure


def features(searched: Searched) -> Vectors:
    """What the regression sees of a search, in the order of FEATURES.

    What the base does not have (limits, questions beyond a card) is not a number: then it speaks neither way.
    """
    ranked = searched.ranked
    first, rest = ranked[0].signals, [found.signals for found in ranked[1:]]

    def over(name: str, others: Iterable[Signals], of: str = "") -> float:
        best = max((getattr(signals, of or name) for signals in others), default=0.0)
        return float(getattr(first, name) - best)

    every = [found.signals for found in ranked]
    limits = [found.signals for found in ranked if found.is_limit]
    has_beyond = any(signals.beyond for signals in every)
    leaders = [max(every, key=attrgetter(name)) for name in ("question", "words", "maxsim", "card")]
    return np.array(
        [
            first.score,
            over("score", rest),
            first.card,
            first.sentence,
            first.question,
            over("question", rest),
            first.words,
            over("words", rest),
            first.maxsim,
            over("maxsim", rest),
            sum(leader is first for leader in leaders) / len(leaders),
            over("maxsim", every, "beyond_maxsim") if has_beyond else np.nan,
            over("question", every, "beyond") if has_beyond else np.nan,
            over("maxsim", limits) if limits else np.nan,
            *_shares(searched),
            searched.unknown,
            min(searched.terms, 20) / 20,
        ],
        dtype=np.float32,
    )


def _shares(searched: Searched) -> tuple[float, float, float]:
    """Of the texts nearest to the question, the nearer counting more: the first card's, those beyond cards, limits'."""
    if not searched.near:
        return 0.0, 0.0, 0.0
    weights = np.exp(np.array([near.cosine for near in searched.near]) / WARMTH - 1 / WARMTH)
    weights /= weights.sum()
    limits = {found.number for found in searched.ranked if found.is_limit}
    own = [near.number == searched.ranked[0].number and near.kind != BEYOND for near in searched.near]
    beyond = [near.kind == BEYOND for near in searched.near]
    limit = [near.number in limits for near in searched.near]
    return float(weights[own].sum()), float(weights[beyond].sum()), float(weights[limit].sum())


def _scaled(seen: Vectors, means: Vectors, spreads: Vectors) -> Vectors:
    """In spreads from the mean, three at the most: beyond what was seen in fitting a square would run away."""
    scaled: Vectors = np.clip((seen - means) / spreads, -FARTHEST, FARTHEST)
    return scaled


def _with_squares(scaled: Vectors) -> Vectors:
    known = np.nan_to_num(scaled)
    return np.concatenate([known, known**2], axis=-1)


def fitted(examples: Vectors, answers: Sequence[bool], weights: Sequence[float], ridge: float = 3.0) -> Confidence:
    """Fit by Newton's method with a ridge; thresholds are still open.

    `examples` has one row a search, `answers` says whether its first candidate was right, `weights` how much it counts.
    """
    means, spreads = np.nanmean(examples, axis=0), np.nanstd(examples, axis=0) + 1e-6
    x = _with_squares(_scaled(examples, means, spreads)).astype(np.float64)
    x = np.hstack([x, np.ones((len(x), 1))])
    y, counts = np.array(answers, dtype=np.float64), np.array(weights)
    penalty = np.diag([ridge] * (x.shape[1] - 1) + [0.0]) * len(x) / 100
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (counts * (y - p)) - penalty @ beta
        curve = (x.T * (counts * p * (1 - p) + 1e-9)) @ x + penalty
        beta = beta + np.linalg.solve(curve, slope)
    return Confidence(tuple(beta[:-1].tolist()), float(beta[-1]), tuple(means.tolist()), tuple(spreads.tolist()))


def shipped(path: Path = SHIPPED) -> Confidence:
    """The fit that comes with the project."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    rows = [stored["features"][name] for name in FEATURES]
    means, spreads, weights, squares = (tuple(float(row[column]) for row in rows) for column in COLUMNS)
    return Confidence(weights + squares, stored["offset"], means, spreads, stored["answered"], stored["closest"])


def ship(fit: Confidence, path: Path = SHIPPED) -> None:
    """Write a fit as the one that ships, readable and in a fixed order."""
    count = len(FEATURES)
    rows = zip(fit.means, fit.spreads, fit.weights[:count], fit.weights[count:], strict=True)
    stored = {
        "answered": round(fit.answered, 4),
        "closest": round(fit.closest, 4),
        "offset": round(fit.offset, 5),
        "features": {
            name: dict(zip(COLUMNS, (round(value, 5) for value in row), strict=True))
            for name, row in zip(FEATURES, rows, strict=True)
        },
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
