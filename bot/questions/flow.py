"""The story of a question: what is asked, what is found, what may be said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.questions.correcting import correction
from bot.questions.in_thread import FindCards, RecallCards, find_in_thread
from bot.questions.manners import reply_to
from bot.questions.model import (
    Answer,
    Draft,
    Grounds,
    Memory,
    Question,
    Said,
    Status,
    Unchecked,
    WriterAway,
    checked,
    citations_of,
    joined,
)
from bot.questions.retold import Told, retold, side_of
from bot.questions.thread import halves_of, questions_in
from knowledge.card import TOPICS, Card
from knowledge.evidence import Evidence
from knowledge.figures import figures_in, untraceable
from knowledge.found import Candidate, Found, Premise
from knowledge.qualifiers import Qualifier, missing

SUPPORTS = 2
"""Sentences an answer may take from cards beside the best one."""
LENGTH = 5
"""Sentences of an answer, support included: more is not read."""
LIKELY = 0.5
"""Confidence from which a wrong figure in the question is put right: the figure itself draws the search astray."""
PLAIN = 0.5
"""Likeness from which a wrong figure is put right, however unsure the search is: no other one can be meant."""
SPLIT = 0.25
"""Confidence that each half of a message needs before it is answered as a question of its own."""
SURER = 0.08
"""How much surer a whole message may be than its halves are on average; beyond that it is one question, not two."""
SURELY_ONE = 0.93
"""Confidence of the whole message from which on it is one question, whatever its halves would find."""
SUPPORTING = 0.9
"""Share of the best score that a neighbouring card needs before a sentence of it may support the answer."""


class WriteAnswer(Protocol):
    """A writer: grounds in, a draft out. Raises WriterAway."""

    async def __call__(self, question: Question, grounds: Grounds) -> Draft: ...


async def answer_question(
    question: Question, *, find: FindCards, recall: RecallCards, write: WriteAnswer | None = None
) -> Answer:
    """Answer from reviewed cards, or say plainly that there is none. Never from a model's memory.

    Two questions in one message get both answers. Without `write`, and whenever it fails, the curated words are used.
    """
    if reply := reply_to(question.text):
        return reply
    if (side := side_of(question.text)) and (again := _again(side, question.memory, recall)):
        return again
    parts = questions_in(question.text)
    if len(parts) == 1 and (halves := halves_of(question.text)):
        parts = await _worth_splitting(parts[0], halves, find)
    answers: list[Answer] = []
    for part in parts:
        memory = answers[-1].memory if answers and answers[-1].cards else question.memory
        answers.append(await _answer_one(Question(part, memory), find, recall, write))
    return joined(answers)


async def _answer_one(question: Question, find: FindCards, recall: RecallCards, write: WriteAnswer | None) -> Answer:
    found = await find_in_thread(question, find, recall)
    if found.aside and (again := _again(found.aside, question.memory, recall, found)):
        return again
    if not found.candidates or not found.is_near:
        return _nothing(found)
    best = found.candidates[0]
    about = _about(found.premise, found) if found.premise else found
    if found.premise and about.candidates[0].card and _is_plain(found.premise, found, about.candidates[0].card):
        return await _answered(question, about, write, correction(found.premise))
    if best.card and best.card.is_limit:
        return _limit(found, best.card, best.evidence)
    if narrower := missing(question.text, best):
        return _closest(found, best, f"I have nothing {_for(narrower)}.", _nearest(narrower, best))
    if not found.answers:
        return _closest(found, best, "", "I have no answer to exactly that; the nearest I have is")
    return await _answered(question, found, write)


def _is_plain(premise: Premise, found: Found, card: Card) -> bool:
    """Whether a wrong figure can be put right at the head of that card; a limit says itself what is not known."""
    return not card.is_limit and (found.confidence >= LIKELY or premise.likeness >= PLAIN)


def _again(side: str, memory: Memory | None, recall: RecallCards, found: Found | None = None) -> Answer | None:
    """The last answer from the side that is asked for, where one is."""
    if not memory:
        return None
    of_told = [each for each in found.candidates if each.id in memory.cards[:1]] if found else []
    near = next((each.sentence for each in of_told), "") if found else None
    return retold(side, memory, Told(*recall(memory), near))


async def _worth_splitting(whole: str, halves: tuple[str, str], find: FindCards) -> list[str]:
    """Both halves, where each likely has an answer of its own and the whole is no surer than they are; else it."""
    together = await find(whole, None)
    if together.confidence >= SURELY_ONE:
        return [whole]
    least = len(halves) * (together.confidence - SURER)
    found: list[Found] = []
    for half in halves:
        found.append(await find(half, None))
        open_still = len(halves) - len(found)  # to search the other half costs as much as the whole did
        if found[-1].confidence < SPLIT or sum(each.confidence for each in found) + open_still < least:
            return [whole]
    firsts = {each.candidates[0].id for each in found}
    return list(halves) if len(firsts) == 2 and any(each.answers for each in found) else [whole]


async def _answered(question: Question, found: Found, write: WriteAnswer | None, first: Said | None = None) -> Answer:
    grounds = grounds_of(found)
    fell_back = None
    try:
        draft = checked(await write(question, grounds), grounds.entries) if write else as_curated(grounds)
    except (Unchecked, WriterAway) as why:
        draft, fell_back = as_curated(grounds), why.because
    try:
        draft = checked(draft, grounds.entries)
    except Unchecked:  # a card edited by hand that breaks the rules: better silent than wrong
        return _nothing(found)
    return _told(Status.ANSWERED, found, _led_by(first, draft), grounds, fell_back)


def _about(premise: Premise, found: Found) -> Found:
    """The candidates with the first one in front that stands on the right figure: it is the one the asker means."""
    holds = [candidate for candidate in found.candidates if candidate.card and premise.source in candidate.evidence]
    ahead = [candidate for candidate in holds if candidate.card and not candidate.card.is_limit][:1]
    return replace(found, candidates=(*ahead, *(each for each in found.candidates if each not in ahead)))


def grounds_of(found: Found) -> Grounds:
    """The best card, and from its neighbours at most two sentences that stand on entries it does not cite."""
    best = found.candidates[0]
    assert best.card is not None
    entries = {entry.id: entry for entry in best.evidence}
    supports: list[Said] = []
    room = min(SUPPORTS, LENGTH - len(best.card.sentences))
    for candidate in found.candidates[1:]:
        if len(supports) < room and (said := _support(candidate, best, entries)):
            supports.append(said)
            entries |= {entry.id: entry for entry in candidate.evidence if entry.id in said.cites}
    if found.premise:
        return _with(Grounds(best.card, tuple(supports), entries), found.premise)
    return Grounds(best.card, tuple(supports), entries)


def as_curated(grounds: Grounds) -> Draft:
    """The answer as the card's curator wrote it, then what supports it."""
    told = tuple(Said(sentence.text, sentence.cites) for sentence in grounds.card.sentences)
    return Draft((*told, *grounds.supports), writer="curated")


def _support(candidate: Candidate, best: Candidate, entries: dict[str, Evidence]) -> Said | None:
    card = candidate.card
    if card is None or card.is_limit or candidate.score < SUPPORTING * best.score:
        return None
    sentence = next((s for s in card.sentences if s.text == candidate.sentence and s.cites), None)
    if sentence is None or set(sentence.cites) & set(entries):
        return None
    return Said(sentence.text, sentence.cites)


def _limit(found: Found, card: Card, evidence: Sequence[Evidence]) -> Answer:
    said = tuple(Said(s.text, s.cites) for s in card.sentences if s.cites or not figures_in(s.text))
    entries = {entry.id: entry for entry in evidence}
    return _told(Status.NOTHING, found, Draft(said, "curated"), Grounds(card, (), entries), None)


def _closest(found: Found, best: Candidate, opening: str, nearest: str) -> Answer:
    entries = {entry.id: entry for entry in _behind_the_title(best)}
    said = (*([Said(opening)] if opening else []), Said(f"{nearest} “{best.title}”.", tuple(entries)))
    return Answer(
        Status.CLOSEST,
        said,
        citations_of(said, entries, [best.card] if best.card else []),
        cards=(best.id,),
        confidence=found.confidence,
        nearest_topics=_topics(found),
        topic=best.card.topic if best.card else "",
        searched=found.text,
    )


def _behind_the_title(best: Candidate) -> Sequence[Evidence]:
    """The first entry of a card that says what its title says: a figure in the title is looked up like any other."""
    fitting = [entry for entry in best.evidence if not untraceable(best.title, [entry])]
    return (fitting or best.evidence)[:1]


def _nothing(found: Found) -> Answer:
    topics = _topics(found)
    near = f" The nearest I know about: {'; '.join(topics)}." if topics else ""
    topic = found.candidates[0].card.topic if found.candidates and found.candidates[0].card else ""
    return Answer(
        Status.NOTHING,
        (Said(f"I have nothing on that.{near}"),),
        confidence=found.confidence,
        nearest_topics=topics,
        topic=topic,
        searched=found.text,
    )


def _told(status: Status, found: Found, draft: Draft, grounds: Grounds, fell_back: str | None) -> Answer:
    card = grounds.card
    cards = [card, *(c.card for c in found.candidates[1:] if c.card)]
    citations = citations_of(draft.said, grounds.entries, cards)
    return Answer(
        status,
        draft.said,
        citations,
        cards=tuple(dict.fromkeys((card.id, *(citation.card for citation in citations if citation.card)))),
        confidence=found.confidence,
        nearest_topics=_topics(found) if status is not Status.ANSWERED else (),
        next_step=card.next_step if status is Status.ANSWERED else None,
        related=tuple(c.title for c in found.candidates[1:] if c.id in card.related),
        topic=card.topic,
        writer=draft.writer,
        prompt_hash=draft.prompt_hash,
        searched=found.text,
        fell_back=fell_back,
    )


def _for(narrower: Qualifier) -> str:
    return f"for {narrower.name}" if narrower.kind == "year" else f"on {narrower.name}"


def _nearest(narrower: Qualifier, best: Candidate) -> str:
    year = str(best.evidence[0].source.year) if best.evidence else ""
    is_dated = narrower.kind == "year" and year.isdigit()
    return f"My source there is from {year}; the nearest I have is" if is_dated else "The nearest I have is"


def _led_by(first: Said | None, draft: Draft) -> Draft:
    return replace(draft, said=(first, *draft.said)) if first else draft


def _with(grounds: Grounds, premise: Premise) -> Grounds:
    known = {premise.source.id: premise.source}
    if premise.confused_with:
        known[premise.confused_with[1].id] = premise.confused_with[1]
    return replace(grounds, entries={**known, **grounds.entries})


def _topics(found: Found) -> tuple[str, ...]:
    topics = dict.fromkeys(c.card.topic for c in found.candidates if c.card)
    return tuple(TOPICS[topic] for topic in topics if topic in TOPICS)[:3]
