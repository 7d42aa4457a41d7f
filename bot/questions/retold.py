"""Follow-ups about the answer itself: who says so, how sure is that, in short, what would you do.

Told from what the thread was answered from.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.questions.manners import phrases
from bot.questions.model import Answer, Memory, Said, Status, citations_of
from knowledge.card import Card
from knowledge.evidence import Evidence, EvidenceId, Kind, Seen
from knowledge.figures import figures_in

_HOW_READ = {
    Seen.ORIGINAL: "read in the original",
    Seen.EXCERPT: "read in an excerpt of the original or on the publisher's page",
    Seen.ABSTRACT: "read in the abstract",
    Seen.ACCOUNT: "read in somebody else's account",
    Seen.UNCONFIRMED: "not confirmed at the source",
    Seen.OURS: "our own rule",
}
_HOW_FAR = {"strong": "It carries well", "fair": "It carries fairly well", "weak": "Take it as a pointer, not as proof"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the last answer was made of: its cards, the best first, and all the entries behind them."""

    cards: Sequence[Card]
    evidence: Sequence[Evidence]
    near: str | None = None
    """The sentence of the first card that is nearest to the follow-up, where that was searched for."""

    @property
    def sentences(self) -> list[Said]:
        """What the first card says with sources."""
        known = {entry.id for entry in self.evidence}
        said = [Said(s.text, s.cites) for card in self.cards[:1] for s in card.sentences]
        return [one for one in said if one.cites and known.issuperset(one.cites)]

    @property
    def steps(self) -> tuple[str, ...]:
        return self.cards[0].what_to_do if self.cards else ()


def side_of(text: str) -> str | None:
    """Which side of the last answer a message plainly asks for, by its wording; None where it asks something else."""
    return next((side for side in phrases()["again"] if _asks_for(side).fullmatch(text)), None)


def retold(side: str, memory: Memory, told: Told) -> Answer | None:
    """The last answer from that side; None where it has none to tell."""
    said = _TELLINGS[side](told) if side in _TELLINGS and told.evidence else []
    if not said:
        return None
    card = told.cards[0] if told.cards else None
    return Answer(
        Status.ANSWERED,
        tuple(said),
        citations_of(said, {entry.id: entry for entry in told.evidence}, told.cards),
        cards=memory.cards,
        confidence=1.0,
        next_step=card.next_step if card and side in TO_DO else None,
        topic=card.topic if card else "",
        searched=memory.question,
    )


def _sources(told: Told) -> list[Said]:
    by_source: dict[str, list[EvidenceId]] = {}
    for entry in told.evidence:
        by_source.setdefault(_who_says(entry), []).append(entry.id)
    said = [Said(text, tuple(ids)) for text, ids in by_source.items()][:3]
    return [said[0], *(replace(one, text=one.text.replace("That comes", "And", 1)) for one in said[1:])]


def _who_says(entry: Evidence) -> str:
    if entry.kind is Kind.HOUSE_RULE:
        return "That is a house rule of this coach, not a finding."
    return f"That comes from {entry.source.authors}, {entry.source.year}: {entry.source.title.rstrip('.')}."


def _certainty(told: Told) -> list[Said]:
    """Of the first two findings what each is, how far it carries and its caveat; what both share is told once."""
    said: list[Said] = []
    shared = {(entry.kind, entry.source.year, entry.seen, entry.strength) for entry in told.evidence[:2]}
    for entry in told.evidence[:2]:
        if not said:
            said.append(Said(_how_sure(entry) + _caveat(entry), (entry.id,)))
        elif len(shared) > 1:
            text = _how_sure(entry).replace("It is", "Another part of it is", 1)
            said.append(Said(text + _caveat(entry), (entry.id,)))
        elif entry.caveat:
            said.append(Said(entry.caveat, (entry.id,)))
    return said


def _how_sure(entry: Evidence) -> str:
    if entry.kind is Kind.HOUSE_RULE:
        return "It is a house rule of this coach and no finding."
    kind = "an" if entry.kind[0] in "aeio" else "a"
    what = "observational study" if entry.kind is Kind.OBSERVATIONAL else entry.kind
    sample = f" ({entry.sample.rstrip('.')})" if entry.sample else ""
    return f"It is {kind} {what} of {entry.source.year}{sample}, {_HOW_READ[entry.seen]}. {_HOW_FAR[entry.strength]}."


def _caveat(entry: Evidence) -> str:
    return f" {entry.caveat}" if entry.caveat else ""


def _shortly(told: Told) -> list[Said]:
    return told.sentences[:1]


def _figures_only(told: Told) -> list[Said]:
    return [said for said in told.sentences if figures_in(said.text)]


def _detail(told: Told) -> list[Said]:
    """The sentence that is asked for and the one after it; all, where it is none of those with sources."""
    at = next((n for n, said in enumerate(told.sentences) if said.text == told.near), None)
    if at is None:
        return [] if told.near is None else told.sentences
    return told.sentences[at : at + 2]


def _examples(told: Told) -> list[Said]:
    return [said for said in told.sentences if _GIVES_ONE.search(said.text)][:2] or _detail(told)


def _advice(told: Told) -> list[Said]:
    """What was found, and what follows from it; the step to try stands below."""
    follows = [said for said in told.sentences if _CONCLUDES.search(said.text)] or told.sentences
    return list(dict.fromkeys([*told.sentences[:1], *follows[-1:]]))


def _steps(told: Told) -> list[Said]:
    steps = [f"{n}. {step}" for n, step in enumerate(told.steps, start=1)]
    return [Said("\n".join(steps))] if steps else []


_GIVES_ONE = re.compile(
    r"\b(?:[Ee]xamples?|typical cases?|[Ff]or instance)\b|\b[Aa]t [A-Z][a-z]+"
    r"|\b[Ii]n (?:one|an?) (?:\w+ ){0,2}(?:firm|company|plant|bank|team)\b"
)
_CONCLUDES = re.compile(r"^(?:So|Rely|Start|For you|Our advice)\b|, so (?!that\b)")
_Telling = Callable[[Told], list[Said]]
_TELLINGS: dict[str, _Telling] = {
    "source": _sources,
    "certainty": _certainty,
    "short": _shortly,
    "figures": _figures_only,
    "detail": _detail,
    "example": _examples,
    "advice": _advice,
    "steps": _steps,
}
SIDES = frozenset(_TELLINGS)
TO_DO = ("advice", "steps")
"""Sides that end in the one thing to try."""


@cache
def _asks_for(kind: str) -> re.Pattern[str]:
    ways = "|".join(phrases()["again"][kind])
    return re.compile(
        rf"{phrases()['lead']}(?:{ways})\W*(?:please|pls|thx|thanks|then|now|again|though|exactly|btw)?\W*",
        re.IGNORECASE,
    )
