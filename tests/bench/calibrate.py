"""Fit the confidence by leave-card-out on the golden set."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from knowledge.confidence import Confidence, features, fitted
from knowledge.embedder import Vectors
from knowledge.library import Library
from tests.bench.golden import FollowUp, Golden

ANSWERED = 0.47
"""Probability from which a candidate is taken for an answer. From .40 to .55, by cross-validation, it answers .83 to
.75 of the covered questions, .96 to .98 of them right, and leaves .84 to .92 of the near misses unanswered."""
CLOSEST = 0.10
"""Probability from which a candidate is worth naming as the nearest."""


class Example(NamedTuple):
    """One search: what the regression sees of it, and whether its first candidate answers."""

    kind: str
    """covered, limit, near, far; or hidden: a covered question whose cards are passed over."""
    seen: Vectors
    is_right: bool


def examples_of(library: Library, question: Golden) -> list[Example]:
    """A covered question gives two: as it is, and with its cards hidden. One that nothing answers gives one."""
    if question.kind in ("near", "far"):
        return _example(library, question.question, question.kind, question.limits, frozenset())
    shown = _example(library, question.question, question.kind, question.cards, frozenset())
    return shown + _example(library, question.question, "hidden", frozenset(), question.cards)


def fit(examples: Sequence[Example]) -> Confidence:
    """Weights by logistic regression; hidden questions count half, since one card stands in for all that is missing."""
    seen = np.stack([example.seen for example in examples])
    weights = [0.5 if example.kind == "hidden" else 1.0 for example in examples]
    found = fitted(seen, [example.is_right for example in examples], weights)
    return replace(found, answered=ANSWERED, closest=CLOSEST)


def _example(library: Library, text: str, kind: str, right: frozenset[str], hidden: frozenset[str]) -> list[Example]:
    searched, first = library.search(text, hidden=hidden)
    if not searched.ranked:
        return []
    return [Example(kind, features(searched), first in right)]


def folds(items: Sequence[Golden | FollowUp], count: int = 5) -> list[list[int]]:
    """Which items are tested together. A fixed shuffle, so that two runs compare."""
    order = np.random.default_rng(7).permutation(len(items))
    return [sorted(order[part::count].tolist()) for part in range(count)]
