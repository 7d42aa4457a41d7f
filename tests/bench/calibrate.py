"""Fit the confidence: on golden questions, each also with its cards hidden, and on lines that were left out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from knowledge.confidence import Confidence, Judged, fitted
from knowledge.embedder import Vectors
from knowledge.library import Library
from knowledge.seen import features
from tests.bench.golden import FollowUp, Golden

ANSWERED = 0.61
"""Confidence from which a candidate is taken for an answer; `make bench` shows what other values would give."""
CLOSEST = 0.3
"""Confidence from which a candidate is worth naming as the nearest."""

COVERED = {"hidden": 0.3, "heard": 0.03, "beyond": 0.03, "heard hidden": 0.006}
"""How much an example of a kind counts, for whether the base answers at all; a golden question as it is counts 1.

Lines left out are many and alike: at ten times the weight they outvote the golden questions (cross-validated).
"""
RIGHT = {"covered": 1.0, "limit": 1.0, "heard": 0.1}
"""The same for whether the first candidate is the right one: only what is covered can tell."""


class Example(NamedTuple):
    """One search: what the regressions see of it, and whether its first candidate answers."""

    kind: str
    """covered, limit, near, far; heard or beyond (lines left out); hidden: the cards that answer are passed over."""
    seen: Vectors
    is_right: bool


def examples_of(library: Library, question: Golden) -> list[Example]:
    """A covered question gives two: as it is, and with its cards hidden. One that nothing answers gives one."""
    if question.kind in ("near", "far"):
        return example(library, question.question, question.kind, question.limits)
    shown = example(library, question.question, question.kind, question.cards)
    return shown + example(library, question.question, "hidden", frozenset(), question.cards)


def example(
    library: Library, text: str, kind: str, right: frozenset[str], hidden: frozenset[str] = frozenset()
) -> list[Example]:
    """What a search for this text shows; nothing where it finds no candidate."""
    searched, first = library.search(text, hidden=hidden)
    return [Example(kind, features(searched), first in right)] if searched.ranked else []


def fit(examples: Sequence[Example]) -> Confidence:
    """Both regressions of the confidence, with the thresholds of this file."""
    judged = Judged(
        np.stack([example.seen for example in examples]),
        [example.kind in RIGHT for example in examples],
        [example.is_right for example in examples],
        [COVERED.get(example.kind, 1.0) for example in examples],
        [RIGHT.get(example.kind, 0.0) for example in examples],
    )
    return replace(fitted(judged), answered=ANSWERED, closest=CLOSEST)


def folds(items: Sequence[Golden | FollowUp], count: int = 5) -> list[list[int]]:
    """Which items are tested together. A fixed shuffle, so that two runs compare."""
    order = np.random.default_rng(7).permutation(len(items))
    return [sorted(order[part::count].tolist()) for part in range(count)]
