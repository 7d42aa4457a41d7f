"""What the confidence sees of a search: one row of numbers, the same for every base."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

import numpy as np

from knowledge.embedder import Vectors
from knowledge.found import Signals
from knowledge.index import BEYOND
from knowledge.rank import Searched

FEATURES = (
    "margin",
    "lead",
    "card",
    "sentence",
    "question",
    "question_margin",
    "words",
    "words_margin",
    "maxsim",
    "maxsim_margin",
    "mutual",
    "mutual_margin",
    "phrasing",
    "phrasing_margin",
    "belonging_margin",
    "agreement",
    "beyond",
    "over_beyond",
    "over_beyond_question",
    "over_limits",
    "own_share",
    "beyond_share",
    "limit_share",
    "unknown",
    "length",
    "manner",
)
WARMTH = 0.08
"""How fast a neighbour's say falls with its distance: by a factor e for every .08 of cosine."""
CLOSE = 0.02
"""How fast a candidate's claim falls with its score: by a factor e for every .02."""
FAR_BEHIND = -3.0
"""Where a document lies, in spreads, that is none of those in question."""
LEADERS = ("question", "words", "maxsim", "mutual", "belonging", "phrasing", "card")
LONG = 20
"""Words that carry meaning, from which on a question is simply long."""


def features(searched: Searched) -> Vectors:
    """What the regressions see of a search, in the order of FEATURES.

    What the base does not have (limits, questions beyond a card) is not a number: then it speaks neither way.
    """
    every = [found.signals for found in searched.ranked]
    first, rest = every[0], every[1:]
    limits = [found.signals for found in searched.ranked if found.is_limit]
    has_beyond = any(signals.beyond for signals in every)
    return np.array(
        [
            _over(first, "score", rest),
            _lead(every),
            first.card,
            first.sentence,
            first.question,
            _over(first, "question", rest),
            first.words,
            _over(first, "words", rest),
            first.maxsim,
            _over(first, "maxsim", rest),
            first.mutual,
            _over(first, "mutual", rest),
            first.phrasing,
            _over(first, "phrasing", rest),
            _over(first, "belonging", rest, least=FAR_BEHIND),
            _agreement(every),
            first.beyond_maxsim if has_beyond else np.nan,
            _over(first, "maxsim", every, "beyond_maxsim") if has_beyond else np.nan,
            _over(first, "question", every, "beyond") if has_beyond else np.nan,
            _over(first, "maxsim", limits) if limits else np.nan,
            *_shares(searched),
            searched.unknown,
            min(searched.terms, LONG) / LONG,
            searched.manner,
        ],
        dtype=np.float32,
    )


def _over(first: Signals, name: str, others: Iterable[Signals], of: str = "", least: float = 0.0) -> float:
    """By how much a signal of the first candidate exceeds the best one among others; `least` where there are none."""
    best = max((getattr(signals, of or name) for signals in others), default=least)
    return float(getattr(first, name) - best)


def _lead(every: Sequence[Signals]) -> float:
    """Share of the first candidate among all that might be meant, those of nearly its score counting nearly as much."""
    claims = np.exp((np.array([signals.score for signals in every]) - every[0].score) / CLOSE)
    return float(claims[0] / claims.sum())


def _agreement(every: Sequence[Signals]) -> float:
    """Share of the signals that have the first candidate first."""
    leaders = [max(every, key=attrgetter(name)) for name in LEADERS]
    return sum(leader is every[0] for leader in leaders) / len(leaders)


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
