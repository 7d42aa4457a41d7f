"""A figure in the question, held against the figures of the base: "so 24% of boards" is close, and wrong."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.embedder import Embedder
from knowledge.evidence import Evidence, Figure
from knowledge.figures import figures_in
from knowledge.found import Candidate, Premise

MEANT = 0.42
"""Cosine of the asker's words and the description of a figure from which on that figure is taken to be meant."""
APART = 0.08
"""How much nearer the right figure must be described than the stated one, when the base has both."""
ALIKE = 0.1
"""Descriptions this near to the best are as good as it; of them the first in the order of the cards is told."""

_NUMBER = re.compile(
    r"(?<![\w.,#])(?P<effect>d\s*=\s*)?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)\s?(?P<percent>%|per ?cent\b)?"
)
_BREAK = re.compile(
    r"[,;:?!()]|\.\s|\s-\s|\b(?:and|but|so|because|since|which|while|when|as|then|right|correct|yes)\b", re.IGNORECASE
)
_OWN = re.compile(r"\b(we|our|ours|us|my|mine|i)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Claim(NamedTuple):
    """A figure that a question states, and the words it is said of."""

    number: str
    sort: str
    """percent, effect or count: only figures of the same sort are compared."""
    words: str


def contradicted(
    text: str, candidates: Sequence[Candidate], recent: Sequence[Evidence], embedder: Embedder
) -> Premise | None:
    """The first figure of the question that the base gives otherwise, or None.

    Which figure the asker means is read from the words around it. What people say of their own firm is never corrected.
    """
    listed = list({entry.id: entry for entry in (*(e for c in candidates for e in c.evidence), *recent)}.values())
    for claim in _claims(text):
        known = [(figure, entry) for entry in listed for figure in entry.figures if _sort(figure) == claim.sort]
        if premise := _judged(claim, known, embedder):
            return premise
        if candidates and candidates[0].evidence and not _knows(claim, listed):
            return Premise(claim.number, None, candidates[0].evidence[0])
    return None


def _knows(claim: Claim, entries: Sequence[Evidence]) -> bool:
    return any(claim.number in figures_in(entry.text) for entry in entries)


def _judged(claim: Claim, known: Sequence[tuple[Figure, Evidence]], embedder: Embedder) -> Premise | None:
    asked = embedder.encode(claim.words).vector
    near = [float(embedder.encode(f"{figure.of} {_counted(figure)}").vector @ asked) for figure, _ in known]
    same = [n for n, (figure, _) in enumerate(known) if claim.number in figures_in(str(figure.value))]
    others = [n for n in range(len(known)) if n not in same]
    best = max((near[n] for n in others), default=0.0)
    stated = max(same, key=near.__getitem__, default=None)
    if best < MEANT or (stated is not None and near[stated] > best - APART):
        return None
    meant = next(n for n in others if near[n] > best - ALIKE)
    return Premise(claim.number, *known[meant], known[stated] if stated is not None else None)


def _claims(text: str) -> Iterator[Claim]:
    for match in _NUMBER.finditer(text):
        sort = "percent" if match["percent"] else "effect" if match["effect"] else "count"
        if sort == "count" and (_YEAR.fullmatch(match["number"]) or len(match["number"]) < 2):
            continue
        before = _BREAK.split(_NUMBER.split(text[: match.start()])[-1])[-1].strip()
        after = _BREAK.split(_NUMBER.split(text[match.end() :])[0])[0].strip()
        words = after if len(after.split()) >= 2 else f"{before} {after}".strip()
        if len(words.split()) >= 2 and not _OWN.search(words):
            yield Claim(next(iter(figures_in(match["number"]))), sort, words.removeprefix("of "))


def _sort(figure: Figure) -> str:
    if figure.unit.startswith("%"):
        return "percent"
    if re.match(r"(cohen'?s )?[dgr]\b|effect", figure.unit, re.IGNORECASE):
        return "effect"
    return "count" if re.fullmatch(r"[\d.,–-]+", str(figure.value)) and figure.unit not in ("year", "date") else "text"


def _counted(figure: Figure) -> str:
    return "" if figure.unit.startswith("%") else figure.unit
