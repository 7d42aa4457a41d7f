"""A figure in the question, held against the figures of the base: "so 24% of boards" is close, and wrong."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.embedder import Embedder, Vectors
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
    text: str, candidates: Sequence[Candidate], recent: Sequence[Evidence], embedder: Embedder, *, previous: str = ""
) -> Premise | None:
    """The first figure of the question that the base gives otherwise, or None.

    Which figure the asker means is read from the words around it, and where they are too few, as in "so 24% of boards",
    from the `previous` question as well. What people say of their own firm is never corrected.
    """
    listed = list({entry.id: entry for entry in (*(e for c in candidates for e in c.evidence), *recent)}.values())
    for claim in _claims(text):
        known = [(figure, entry) for entry in listed for figure in entry.figures if _sort(figure) == claim.sort]
        own, near = _nearness(claim.words, previous, [figure for figure, _ in known], embedder)
        if premise := _judged(claim, known, own, near):
            return premise
        if candidates and candidates[0].evidence and not _knows(claim, listed):
            return Premise(claim.number, None, candidates[0].evidence[0])
    return None


def _knows(claim: Claim, entries: Sequence[Evidence]) -> bool:
    return any(claim.number in figures_in(entry.text) for entry in entries)


def _nearness(
    words: str, previous: str, figures: Sequence[Figure], embedder: Embedder
) -> tuple[list[float], list[float]]:
    """How near each figure is described to the words of a claim: by themselves, and as they are to be read.

    That is the same, unless by themselves they describe no figure: then they are read with the question before them.
    """
    described = [embedder.vector(f"{figure.of} {_counted(figure)}") for figure in figures]
    own = _cosines(words, described, embedder)
    leans = previous and max(own, default=MEANT) < MEANT
    return own, _cosines(f"{words} {previous}", described, embedder) if leans else own


def _cosines(text: str, described: Sequence[Vectors], embedder: Embedder) -> list[float]:
    asked = embedder.encode(text).vector
    return [float(vector @ asked) for vector in described]


def _judged(
    claim: Claim, known: Sequence[tuple[Figure, Evidence]], own: Sequence[float], near: Sequence[float]
) -> Premise | None:
    same = [n for n, (figure, _) in enumerate(known) if _states(figure, claim.number)]
    alike = [n for n, (figure, _) in enumerate(known) if n in same or _rounds_to(figure, claim)]
    others = [n for n in range(len(known)) if n not in alike]
    best = max((near[n] for n in others), default=0.0)
    if best < MEANT or any(near[n] > best - APART or own[n] > max(own[o] for o in others) for n in alike):
        return None
    meant = next(n for n in others if near[n] > best - ALIKE)
    stated = max(same, key=near.__getitem__, default=None)
    return Premise(claim.number, *known[meant], known[stated] if stated is not None else None)


def _states(figure: Figure, number: str) -> bool:
    return number in figures_in(str(figure.value))


def _rounds_to(figure: Figure, claim: Claim) -> bool:
    """Whether one is the other percentage rounded: who says 7.7% where the base has 8% makes no mistake."""
    if claim.sort != "percent" or not re.fullmatch(r"\d+(\.\d+)?", str(figure.value)):
        return False
    stated, ours = float(claim.number), float(figure.value)
    return round(stated) == ours or stated == round(ours)


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
