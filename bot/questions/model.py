"""What a question and an answer are, and the rules no answer may break."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from knowledge.card import TOPICS, Card, CardId
from knowledge.evidence import Evidence, EvidenceId, Strength
from knowledge.figures import untraceable

PLACES = ("first", "second", "third")
"""Which of the questions of a message; there are three at the most."""


class Status(StrEnum):
    """How far an answer goes."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    NOTHING = "nothing"
    SMALL_TALK = "small_talk"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Memory:
    """What the coach remembers of a thread: the last question as searched for, and what was answered from."""

    question: str
    cards: tuple[CardId, ...] = ()
    evidence: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One message to answer, in plain words, with what its thread remembers."""

    text: str
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer and the entries it stands on. A sentence that states no finding cites nothing."""

    text: str
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source under an answer."""

    n: int
    evidence: Evidence
    card: CardId


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that an answer may stand on: the best card, at most two supporting sentences of others, and their entries."""

    card: Card
    supports: tuple[Said, ...]
    entries: Mapping[EvidenceId, Evidence]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer proposes. Nothing of it reaches a person before `checked`."""

    said: tuple[Said, ...]
    writer: str
    prompt_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is told, whole and checked."""

    status: Status
    said: tuple[Said, ...]
    citations: tuple[Citation, ...] = ()
    cards: tuple[CardId, ...] = ()
    confidence: float = 0.0
    nearest_topics: tuple[str, ...] = ()
    next_step: str | None = None
    related: tuple[str, ...] = ()
    """Titles of cards that lead on from here."""
    topic: str = ""
    writer: str = "curated"
    prompt_hash: str | None = None
    searched: str = ""
    """The question as it was searched for, follow-ups completed: what the thread remembers."""
    fell_back: str | None = None
    """Why a model's draft was not used: refused, timed out, unchecked …; counted, never shown."""

    @property
    def text(self) -> str:
        """Plain text with [n] after each sentence that stands on a source."""
        numbers = {citation.evidence.id: citation.n for citation in self.citations}
        return " ".join(numbered(said, numbers) for said in self.said)

    @property
    def memory(self) -> Memory:
        """What the thread keeps of this answer."""
        return Memory(self.searched, self.cards, tuple(citation.evidence.id for citation in self.citations))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as Slack or the terminal brings it: who, where, when. `thread_ts` is None outside threads."""

    id: str
    workspace_id: str
    user_id: str
    place: str
    text: str
    at: datetime
    channel_id: str | None = None
    thread_ts: str | None = None


class WriterAway(Exception):
    """A model could not write: no reply in time, an outage, a refusal, a reply that cannot be read."""

    def __init__(self, because: str) -> None:
        super().__init__(f"The model gave no draft: {because}.")
        self.because = because


class Unchecked(Exception):
    """A draft says more than its sources; the curated answer is given instead."""

    def __init__(self, because: str) -> None:
        super().__init__(f"The draft was not used: {because}.")
        self.because = because


def checked(draft: Draft, given: Mapping[EvidenceId, Evidence]) -> Draft:
    """The draft, if every sentence cites entries it was given and every figure stands in one its sentence cites.

    Raises: Unchecked, naming the rule that the draft breaks. Nothing else may get out ("Evidence or silence").
    """
    if not draft.said:
        raise Unchecked("it is empty")
    for said in draft.said:
        if not said.cites:
            raise Unchecked("a sentence cites nothing")
        if unknown := set(said.cites) - set(given):
            raise Unchecked(f"it cites {sorted(unknown)}, which it was not given")
        cited = [given[id] for id in said.cites]
        if figures := untraceable(said.text, cited):
            raise Unchecked(f"the figures {sorted(figures)} are in no entry its sentence cites")
        if _unmarked(said, cited):
            raise Unchecked("a figure stands on an unconfirmed entry and is not marked as such")
    return draft


def numbered(said: Said, numbers: Mapping[EvidenceId, int]) -> str:
    """A sentence with the numbers of its sources before its full stop: "… 14% measured it [1]."."""
    marks = "".join(f"[{n}]" for n in sorted({numbers[id] for id in said.cites if id in numbers}))
    if not marks:
        return said.text
    body, end = (said.text[:-1], said.text[-1]) if said.text[-1:] in ".!?" else (said.text, "")
    return f"{body} {marks}{end}"


def citations_of(
    said: Iterable[Said], given: Mapping[EvidenceId, Evidence], cards: Sequence[Card]
) -> tuple[Citation, ...]:
    """Sources in the order they are first cited, each with the card it was read from."""
    order = dict.fromkeys(id for sentence in said for id in sentence.cites)
    home = {id: card.id for card in reversed(cards) for id in card.evidence}
    return tuple(Citation(n, given[id], home.get(id, "")) for n, id in enumerate(order, start=1))


def source_line(citation: Citation) -> str:
    """A source as a person reads it: authors, year, title; kind and sample; the caveat where the entry is weak."""
    entry = citation.evidence
    about = [str(entry.kind), *([entry.sample] if entry.sample else [])]
    line = (
        f"{_short(entry.source.authors)} ({entry.source.year}). {entry.source.title.rstrip('.')}. {'; '.join(about)}."
    )
    if entry.caveat and (entry.strength is Strength.WEAK or not entry.is_confirmed):
        line += f" {entry.caveat}"
    return line


def joined(answers: Sequence[Answer]) -> Answer:
    """Several questions in one message get each an answer, with one list of sources.

    What is answered comes first; what stays open follows and says which question it is.
    """
    if len(answers) == 1:
        return answers[0]
    if any(answer.status is Status.ANSWERED for answer in answers):
        named = [_named(answer, place) for answer, place in zip(answers, PLACES, strict=False)]
        answers = sorted(named, key=lambda answer: answer.status is not Status.ANSWERED)
    best = min(answers, key=lambda answer: list(Status).index(answer.status))
    entries = {citation.evidence.id: citation for answer in answers for citation in answer.citations}
    citations = tuple(replace(citation, n=n) for n, citation in enumerate(entries.values(), start=1))
    return replace(
        best,
        said=tuple(dict.fromkeys(said for answer in answers for said in answer.said)),
        citations=citations,
        cards=tuple(dict.fromkeys(card for answer in answers for card in answer.cards)),
        confidence=min(answer.confidence for answer in answers),
        searched=" ".join(answer.searched for answer in answers),
    )


def _named(answer: Answer, place: str) -> Answer:
    """An answer that leaves its question open, with which one that is; any other as it is."""
    if answer.status is Status.ANSWERED or not answer.said:
        return answer
    first, *rest = answer.said
    return replace(answer, said=(replace(first, text=f"Your {place} question: {first.text}"), *rest))


def _unmarked(said: Said, cited: Sequence[Evidence]) -> bool:
    confirmed = [entry for entry in cited if entry.is_confirmed]
    return bool(untraceable(said.text, confirmed)) and "not confirmed" not in said.text.lower()


def _short(authors: str) -> str:
    names = [name.strip() for name in authors.split(";")]
    return authors if len(names) <= 3 else f"{names[0]} et al."


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions of one topic that nothing answered, as the curator sees them: words only with the asker's consent."""

    topic: str
    count: int
    questions: tuple[str, ...] = field(default=())

    @property
    def about(self) -> str:
        """The topic as a person would name it."""
        return TOPICS.get(self.topic, self.topic or "no topic of ours")
