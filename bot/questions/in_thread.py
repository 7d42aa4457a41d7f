"""How a message is searched for in its thread: alone, together with the question before it, or as a turn from the card
just told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.questions.model import Memory, Question
from bot.questions.retold import SIDES, side_of
from bot.questions.thread import counted, goes_on, leans_on, may_be_an_aside, without_change_of_subject
from bot.questions.turns import TURNS, Turn, turned
from knowledge.card import Card
from knowledge.evidence import Evidence
from knowledge.found import Found

NEAREST = 5
"""Candidates an answer is made of."""


class FindCards(Protocol):
    """The search: knowledge.library.Library.find, off the event loop. With a memory the text is a follow-up of it.

    More candidates than an answer is made of, so that a card the thread leads on to is among them.
    """

    async def __call__(self, text: str, memory: Memory | None) -> Found: ...


class RecallCards(Protocol):
    """What a thread was answered from, with its entries."""

    def __call__(self, memory: Memory) -> tuple[Sequence[Card], Sequence[Evidence]]: ...


async def find_in_thread(question: Question, find: FindCards, recall: RecallCards) -> Found:
    """What is found for a message where it stands, the few best candidates first.

    Where it wants something of the answer before it (Found.aside), the card just told comes first.
    """
    found = await _found(question, find, recall)
    of_told = question.memory.cards[:1] if question.memory and found.aside else ()
    ahead = [candidate for candidate in found.candidates if candidate.id in of_told]
    others = [candidate for candidate in found.candidates if candidate not in ahead]
    return replace(found, candidates=(*ahead, *others)[:NEAREST])


async def _found(question: Question, find: FindCards, recall: RecallCards) -> Found:
    text, memory = question.text, question.memory
    if memory and (new := without_change_of_subject(text)):
        return await find(new, None)
    if memory is None or not may_be_an_aside(text, memory):
        return await find(text, None)
    told = next(iter(recall(memory)[0]), None)
    if told and (item := await _item_of_a_list(text, memory, told, find)):
        return item
    together = await find(text, memory)
    together = replace(together, aside=side_of(text) or together.aside)
    if told and (turn := TURNS.get(together.aside or "")):
        return await _turned(turn, told, together, find)
    if together.aside in SIDES or (leans_on(text, memory) and goes_on(text)):
        return together
    alone = await find(text, None)
    return _surer(alone, together, memory) if leans_on(text, memory) else alone


async def _item_of_a_list(text: str, memory: Memory, told: Card, find: FindCards) -> Found | None:
    """The card of the item that a message names by its number, where there is one."""
    name = counted(text, memory.question, told.title)
    if name is None:
        return None
    found = await find(name, None)
    ahead = [candidate for candidate in found.candidates if candidate.title.startswith(f"{name}:")]
    return replace(found, candidates=tuple(ahead), answers=True, is_near=True) if ahead else None


async def _turned(turn: Turn, told: Card, together: Found, find: FindCards) -> Found:
    in_full, as_typed = await find(turn.of(told), None), await find(together.text, None)
    return replace(
        together,
        candidates=turned(in_full, as_typed, turn, told),
        confidence=max(in_full.confidence, together.confidence),
        answers=in_full.answers or together.answers,
        is_near=in_full.is_near or together.is_near,
        premise=None,
        aside=None,
    )


def _surer(alone: Found, together: Found, memory: Memory) -> Found:
    """A follow-up that is as sure of its answer alone is a new question.

    "24% of boards, good" may do both: it finds the card alone, and what the figure is said of stands in the thread.
    """
    if not alone.answers or alone.confidence < together.confidence:
        return together
    is_told_again = alone.candidates and alone.candidates[0].id in memory.cards
    return replace(alone, premise=alone.premise or together.premise) if is_told_again else alone
