"""A figure in the question, held against the figures of the base: "so 24% of boards" is close, and wrong."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.claims import Claim, claims_in, in_digits
from knowledge.evidence import Evidence, Figure
from knowledge.figures import figures_in
from knowledge.found import Candidate, Premise
from knowledge.own_texts import OwnTexts

MEANT = 0.4
"""Likeness of the asker's words and a figure from which on they describe it at all."""
MEANT_SURELY = 0.46
"""The same, with all that speaks for and against it, from which on a share is taken to be meant."""
NAMED = 0.35
"""The same for a count, which must be a count of the same thing, and for an effect size, of the same letter."""
APART = 0.08
"""How much nearer the right figure must be than the stated one, when the base has both."""
SAME_THING = 0.5
"""Likeness of what is counted, at the least, where it has the same name."""
TOGETHER = 0.1
"""What a figure gains whose entry holds the stated one too: figures of one finding are easily confused."""
BEHIND = 0.15
"""What a figure loses on which the best card does not stand."""
SWAPPED = 0.15
"""How much nearer than the stated figure another one of the same message must be, for the two to be swapped."""
OTHER_YEAR = 0.1
"""What a figure loses that was found in another year than the one named beside the number."""
OF_THE_NAMED = 0.1
"""What a figure gains whose authors the asker names."""
IN_ITS_WORDS = 0.2
"""What a figure gains whose entry holds every word the number is said of; less where it holds only some of them."""
SLIP = 0.1
"""What a figure gains that is the stated one with its digits swapped or its point or zeros moved: 63 for 36."""
MUCH_NEARER = 0.2
"""How much nearer a finding must be for its year alone to count."""
TELLING = 5
"""Letters of a word that may say alone what a number is a number of: "a third measure"."""
ROUGH = 3.5
"""Percentage points by which "a third" or "about 30%" may be off and still say the same."""

_PEOPLE = frozenset(
    "person people executive director manager respondent participant volunteer student employee staff user member "
    "worker individual leader ceo".split()
)
_GROUPS = {
    "firms": "compan(?:y|ies)|firms?|business(?:es)?|organi[sz]ations?",
    "asked": "respondents?|executives?|managers?|leaders?|directors?",
    "users": "users?",
}
"""Sorts of what shares are told of, which are easily taken for one another."""
_GROUP = re.compile(rf"\b(?:{'|'.join(_GROUPS.values())})\b", re.IGNORECASE)
_OF_A_CAUSE = re.compile(r"(?:for|of|from|with) ", re.IGNORECASE)
"""An effect is told of its cause, "d = 0.40 for monitoring", and the base tells it of what it is an effect on."""
_OF = re.compile(rf"^of (?:the |all |these |those |all the )?({'|'.join(_GROUPS.values())})\b", re.IGNORECASE)
_FILLERS = frozenset("a of per more than about at least most over in the to on".split())
_ROUGHLY = re.compile(r"about|approximate|almost|nearly|roughly|at least|more than|third", re.IGNORECASE)
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Known(NamedTuple):
    """A figure of the base beside a claim: where it stands, and how near it is to what the claim is said of."""

    figure: Figure
    entry: Evidence
    own: float
    """By the words of the message alone."""
    near: float
    """As they are to be read: with the question before them, where alone they describe no figure."""

    def moved(self, by: float) -> "Known":
        return self._replace(near=self.near + by)


def contradicted(
    text: str, candidates: Sequence[Candidate], recent: Sequence[Evidence], own: OwnTexts, *, previous: str = ""
) -> Premise | None:
    """The figure of the question that the base most clearly gives otherwise, or None.

    Which figure the asker means is read from the words around it and from the whole question, and where they are too
    few, as in "so 24% of boards", from the `previous` question as well. What people say of their own firm is never
    corrected.
    """
    listed = list({entry.id: entry for entry in (*(e for c in candidates for e in c.evidence), *recent)}.values())
    front = (*(candidates[0].evidence if candidates else ()), *(recent if previous else ()))
    about_us = bool(candidates and candidates[0].card and candidates[0].card.topic == "coach")
    found: list[Premise] = []
    for claim in claims_in(text, of_one_s_own=about_us):
        if claim.sort == "year":
            found += _misdated(claim, text, candidates[:1], own)
        elif previous or len(claim.words.split()) > 1 or len(claim.words) >= TELLING:
            known = _known(claim, text, previous, listed, own)
            found += _judged(claim, known, figures_in(in_digits(text)), front) or _said_of_others(claim, known, front)
    return max(found, key=lambda premise: premise.likeness, default=None)


def _misdated(claim: Claim, text: str, best: Sequence[Candidate], own: OwnTexts) -> list[Premise]:
    entries = [entry for candidate in best for entry in candidate.evidence]
    dated = [(_alike(text, e.statement, own), e) for e in entries if _ANY_YEAR.fullmatch(str(e.source.year))]
    nearest, entry = max(dated, key=lambda each: each[0], default=(0.0, None))
    meant = [entry for likeness, entry in dated if likeness > nearest - MUCH_NEARER]
    if entry is None or any(claim.number in f"{each.text} {each.source.title}" for each in meant):
        return []
    return [Premise(claim.number, Figure(entry.source.year, "year", entry.source.title), entry, None, nearest)]


def _known(claim: Claim, text: str, previous: str, entries: Sequence[Evidence], texts: OwnTexts) -> list[Known]:
    comparable = [(f, e) for e in entries for f in e.figures if _sort(f) == claim.sort and _is_of(f, claim)]
    own = [_nearness(claim, claim.words, text, *each, texts) for each in comparable]
    near = own
    if previous and max(own, default=MEANT) < MEANT:
        longer = f"{claim.words} {previous}", f"{text} {previous}"
        near = [_nearness(claim, *longer, *each, texts) for each in comparable]
    return [Known(*each, alone, read) for each, alone, read in zip(comparable, own, near, strict=True)]


def _nearness(claim: Claim, words: str, text: str, figure: Figure, entry: Evidence, own: OwnTexts) -> float:
    """Half by what the figure is a figure of, half by what its entry says."""
    of = _alike(words, told_of(figure), own)
    if claim.sort in ("count", "d", "r", "g"):
        of = max(of, SAME_THING + of / 100)
    years = set(_ANY_YEAR.findall(figure.of) or _ANY_YEAR.findall(f"{entry.statement} {entry.source.year}"))
    asked = set(_ANY_YEAR.findall(text))
    near = (of + _alike(text, entry.statement, own)) / 2 - (OTHER_YEAR if years and asked - years else 0.0)
    near += OF_THE_NAMED if _stems(text, 4) & _stems(entry.source.authors, 4) else 0.0
    return near + IN_ITS_WORDS * _held(_stems(words, 4), figure, entry)


def _held(words: set[str], figure: Figure, entry: Evidence) -> float:
    """Share of the words, 0 to 1, that a finding holds as well."""
    return len(words & _stems(f"{figure.of} {entry.statement}", 4)) / len(words) if words else 0.0


def _is_slip(figure: Figure, claim: Claim) -> bool:
    digits = [re.sub(r"[^1-9]", "", number) for number in (str(figure.value), claim.number)]
    return len(digits[0]) > 1 and sorted(digits[0]) == sorted(digits[1])


def _alike(asked: str, ours: str, own: OwnTexts) -> float:
    return float(own.vector(ours) @ own.embedder.encode(asked).vector)


def _judged(claim: Claim, known: Sequence[Known], stated: frozenset[str], front: Sequence[Evidence]) -> list[Premise]:
    known = [each if each.entry in front else each.moved(-BEHIND) for each in known]
    same = [each for each in known if _says(each.figure, claim)]
    if claim.sort in ("d", "g") and _OF_A_CAUSE.match(claim.words) and any(each.entry in front for each in same):
        return []
    confused = [each.entry for each in same]
    others = [each for each in known if each not in same]
    others = [each.moved(TOGETHER) if each.entry in confused else each for each in others]
    others = [each.moved(SLIP) if _is_slip(each.figure, claim) else each for each in others]
    best = max(others, key=lambda each: each.near, default=None)
    if best is None or best.near < (MEANT_SURELY if claim.sort == "percent" else NAMED):
        return []
    is_stated = figures_in(str(best.figure.value)) <= stated
    if is_stated and best.near < max((e.near for e in same), default=0.0) + SWAPPED:
        return []
    own = max(each.own for each in others)
    if any(each.near > best.near - APART or each.own > own for each in same):
        return []
    meant = next(each for each in others if each is best or _is_rounded(each.figure, best.figure))
    beside = [each for each in same if each.entry in (*front, meant.entry) and (is_stated or not claim.is_rough)]
    taken = max(beside, key=lambda each: each.near, default=None)
    return [Premise(claim.number, meant.figure, meant.entry, (taken.figure, taken.entry) if taken else None, best.near)]


def _said_of_others(claim: Claim, known: Sequence[Known], front: Sequence[Evidence]) -> list[Premise]:
    """A share that is right, of another sort of people than the asker says: 90% of respondents, not of companies."""
    ahead = [each for each in known if each.entry in front]
    meant = max(ahead, key=lambda each: each.near, default=None)
    if meant is None or meant.near < MEANT or not _says(meant.figure, claim):
        return []
    asked, ours = _OF.search(claim.words), _GROUP.search(meant.figure.of)
    if not asked or not ours or _group(asked[1]) == _group(ours[0]):
        return []
    return [Premise(claim.number, meant.figure, meant.entry, None, meant.near)]


def _group(word: str) -> str | None:
    return next((group for group, words in _GROUPS.items() if re.fullmatch(words, word, re.IGNORECASE)), None)


def _is_rounded(figure: Figure, exact: Figure) -> bool:
    if not isinstance(figure.value, int | float) or not re.fullmatch(r"\d+(\.\d+)?", str(exact.value)):
        return False
    return figure.value == round(float(exact.value))


def _says(figure: Figure, claim: Claim) -> bool:
    """Whether a figure is the claimed one: by its digits, rounded, or within a range."""
    ours = figures_in(str(figure.value))
    bounds = sorted(float(value) for value in ours if re.fullmatch(r"[\d.]+", value))
    if claim.number in ours or not bounds:
        return claim.number in ours
    stated, is_share = float(claim.number), claim.sort == "percent"
    slack = ROUGH if is_share and (claim.is_rough or _ROUGHLY.search(f"{figure.unit} {figure.of}")) else 0.0
    is_rounded = is_share and (round(stated) == bounds[0] or stated == round(bounds[0]))
    return bounds[0] - slack <= stated <= bounds[-1] + slack or is_rounded


def _is_of(figure: Figure, claim: Claim) -> bool:
    """Whether a figure counts what the claim counts; those of other sorts need no such thing."""
    if claim.sort != "count":
        return True
    counted, asked = _stems(figure.unit), _stems(claim.noun)
    return bool(counted & asked) or bool(counted & _PEOPLE and asked & _PEOPLE)


def _stems(text: str, least: int = 1) -> set[str]:
    """The words of a text without a plural s, those of so many letters at the least."""
    return {
        re.sub(r"(?<=[a-z]{3})(?:s|ed|ing)$", "", word) for word in re.findall(rf"[a-z]{{{least},}}", text.lower())
    } - _FILLERS


def _sort(figure: Figure) -> str:
    if figure.unit.startswith("%"):
        return "percent"
    if "point" in figure.unit:
        return "points"
    if re.fullmatch(r"[drg]", figure.unit):
        return figure.unit
    return "count" if re.fullmatch(r"[\d.,–-]+", str(figure.value)) and figure.unit not in ("year", "date") else "text"


def compared_in(entries: Iterable[Evidence]) -> list[str]:
    """Every text of these entries that a question with a figure in it is held against."""
    return [text for entry in entries for text in (entry.statement, *map(told_of, entry.figures))]


def told_of(figure: Figure) -> str:
    """What a figure is a figure of, in the words that a question is held against."""
    return figure.of if figure.unit.startswith("%") else f"{figure.of} {figure.unit}"
