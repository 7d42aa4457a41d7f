"""What a search brings back. Plain values: whoever handles them needs neither the index nor numpy."""

from dataclasses import dataclass

from knowledge.card import Card
from knowledge.evidence import Evidence, Figure

WEIGHTS = {"words": 0.079, "maxsim": 0.54, "mutual": 0.236, "belonging": 0.014, "phrasing": 0.42}
"""What each signal counts in the score: fitted on lines of the base that an index was built without, and on plain
questions written apart from it; no golden question is among them. One set for every base; `make bench` measures it on
this one and on texts that are not ours."""

SAME, SAME_FROM = 1.0, 0.9
"""What a candidate gains by a question it lists that is all but the same as the one asked, and from which cosine on.

Who asks in a card's own words means that card, however much the rest of it speaks for another. No line that was left
out is the same as one that was not, so fitting cannot find this."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for one document. Cosines run from -1 to 1, the rest from 0 to about 1."""

    card: float
    """Cosine of the question and the whole card (its best window)."""
    sentence: float
    """Cosine of the question and the document's nearest sentence."""
    question: float
    """Cosine of the question and the nearest one the document answers; of its nearest sentence where it lists none."""
    words: float
    """BM25 scaled by its ceiling (lexical.py)."""
    maxsim: float
    """Late interaction of word pieces (maxsim.py)."""
    mutual: float
    """How well the question and single texts of the document cover each other (maxsim.py)."""
    belonging: float
    """How far it lies behind the likeliest document by all that is asked of each, 0 or below (belonging.py)."""
    phrasing: float = 0.0
    """How alike the questions are put that the document answers (phrasing.py); 0 where it lists none."""
    beyond: float = 0.0
    """Cosine of the question and the nearest one the document does not answer. Speaks against it; see confidence.py."""
    beyond_maxsim: float = 0.0
    """Late interaction with the questions the document does not answer."""

    @property
    def score(self) -> float:
        fitted = sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())
        return fitted + SAME * max(self.question - SAME_FROM, 0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may answer, with what speaks for it."""

    id: str
    title: str
    score: float
    signals: Signals
    sentence: str
    """Its sentence nearest to the question: the citation."""
    question: str | None = None
    """The question it answers that is nearest to the one asked."""
    card: Card | None = None
    evidence: tuple[Evidence, ...] = ()
    """The entries the card stands on, in its order."""


@dataclass(frozen=True, slots=True)
class Premise:
    """A figure the asker takes for granted, held against the base."""

    stated: str
    """The figure as typed, without its unit."""
    right: Figure
    """The figure of the base that the asker's words describe; of unit "year" where a source was given another one."""
    source: Evidence
    confused_with: tuple[Figure, Evidence] | None = None
    """What the stated figure really is a figure of, where the base knows."""
    likeness: float = 0.0
    """How near the right figure is described to what was said; about 0 to 1."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of one search."""

    text: str
    candidates: tuple[Candidate, ...]
    confidence: float
    """Probability, 0 to 1, that the first candidate answers the question."""
    answers: bool
    """Whether that is enough to answer from it."""
    is_near: bool
    """Whether the first candidate is worth naming as the nearest the base has."""
    premise: Premise | None = None
    """A figure in the question that contradicts the base."""
    aside: str | None = None
    """Which side of the last answer a follow-up asks for (asides.py); None where it asks for something else."""
