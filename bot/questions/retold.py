"""Follow-ups about the answer itself: who says so, how sure is that, in short. Told from the thread's own sources."""

import re
from collections.abc import Callable, Sequence
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


def side_of(text: str) -> str | None:
    """Which side of the last answer a message plainly asks for, by its wording; None where it asks something else."""
    return next((side for side in _TELLINGS if _asks_for(side).fullmatch(text)), None)


def retold(side: str, memory: Memory, cards: Sequence[Card], evidence: Sequence[Evidence]) -> Answer | None:
    """The last answer from that side; None where it has none to tell."""
    said = _TELLINGS[side](cards, evidence) if evidence else []
    if not said:
        return None
    return Answer(
        Status.ANSWERED,
        tuple(said),
        citations_of(said, {entry.id: entry for entry in evidence}, cards),
        cards=memory.cards,
        confidence=1.0,
        topic=cards[0].topic if cards else "",
        searched=memory.question,
    )


def _sources(cards: Sequence[Card], evidence: Sequence[Evidence]) -> list[Said]:
    by_source: dict[str, list[EvidenceId]] = {}
    for entry in evidence:
        by_source.setdefault(_who_says(entry), []).append(entry.id)
    return [Said(text, tuple(ids)) for text, ids in by_source.items()][:3]


def _who_says(entry: Evidence) -> str:
    if entry.kind is Kind.HOUSE_RULE:
        return "That is a house rule of this coach, not a finding."
    return f"That comes from {entry.source.authors}, {entry.source.year}: {entry.source.title.rstrip('.')}."


def _certainty(cards: Sequence[Card], evidence: Sequence[Evidence]) -> list[Said]:
    return [Said(_how_sure(entry), (entry.id,)) for entry in evidence[:2]]


def _how_sure(entry: Evidence) -> str:
    kind = "an" if entry.kind[0] in "aeio" else "a"
    sample = f" ({entry.sample.rstrip('.')})" if entry.sample else ""
    caveat = f" {entry.caveat}" if entry.caveat else ""
    year = f" of {entry.source.year}" if entry.kind is not Kind.HOUSE_RULE else ""
    return f"It is {kind} {entry.kind}{year}{sample}, {_HOW_READ[entry.seen]}. {_HOW_FAR[entry.strength]}.{caveat}"


def _shortly(cards: Sequence[Card], evidence: Sequence[Evidence]) -> list[Said]:
    known = {entry.id for entry in evidence}
    for card in cards[:1]:
        return [Said(s.text, s.cites) for s in card.sentences[:1] if s.cites and known.issuperset(s.cites)]
    return []


def _figures_only(cards: Sequence[Card], evidence: Sequence[Evidence]) -> list[Said]:
    known = {entry.id for entry in evidence}
    told = [s for card in cards[:1] for s in card.sentences if figures_in(s.text) and known.issuperset(s.cites)]
    return [Said(s.text, s.cites) for s in told if s.cites]


_Telling = Callable[[Sequence[Card], Sequence[Evidence]], list[Said]]
_TELLINGS: dict[str, _Telling] = {
    "source": _sources,
    "certainty": _certainty,
    "short": _shortly,
    "figures": _figures_only,
}


@cache
def _asks_for(kind: str) -> re.Pattern[str]:
    ways = "|".join(phrases()["again"][kind])
    return re.compile(rf"{phrases()['lead']}(?:{ways})\W*(?:please|pls|then|now|though|exactly|btw)?\W*", re.IGNORECASE)
