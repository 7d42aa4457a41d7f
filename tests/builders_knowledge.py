"""Findings and cards for tests: a sensible one with every field, and the fields that matter by keyword."""

from datetime import date

from knowledge.card import Card, Sentence
from knowledge.evidence import Evidence, Figure, Kind, Seen, Source, Strength
from knowledge.found import Candidate, Found, Premise, Signals


def an_entry(
    id: str = "measure",
    statement: str = "14% of companies use social metrics.",
    *,
    figures: tuple[Figure, ...] = (),
    sample: str | None = None,
    caveat: str | None = None,
    year: int = 2012,
    kind: Kind = Kind.SURVEY,
    strength: Strength = Strength.FAIR,
    seen: Seen = Seen.ABSTRACT,
) -> Evidence:
    source = Source("Doe, J.", year, "A survey", "A press")
    return Evidence(id, "survey", statement, figures, source, kind, strength, seen, ("what is it",), sample, caveat)


def a_card(
    id: str = "who-measures",
    *sentences: tuple[str, tuple[str, ...]],
    kind: str = "answer",
    title: str = "How many companies measure",
    related: tuple[str, ...] = (),
    next_step: str | None = "Count one thing by hand.",
) -> Card:
    said = tuple(Sentence(text, cites) for text, cites in sentences or (("14% do.", ("measure",)),))
    cited = tuple(dict.fromkeys(cite for sentence in said for cite in sentence.cites))
    return Card(
        id=id,
        title=title,
        topic="survey",
        kind=kind,  # type: ignore[arg-type]
        questions=("how many measure",),
        evidence=cited,
        owner="curators",
        reviewed_on=date(2026, 11, 1),
        sentences=said,
        what_to_do=("Count it.",),
        related=related,
        next_step=next_step,
    )


def a_candidate(card: Card, *entries: Evidence, score: float = 0.8, sentence: str = "") -> Candidate:
    signals = Signals(score, score, score, score, score, score, 0.0)
    return Candidate(card.id, card.title, score, signals, sentence or card.sentences[0].text, None, card, entries)


def found(*candidates: Candidate, confidence: float = 0.9, premise: Premise | None = None, text: str = "?") -> Found:
    """A search that is sure enough from .5, and near from .2."""
    return Found(text, candidates, confidence, confidence >= 0.5, confidence >= 0.2, premise)
