"""How a message is searched for in its thread: alone, together with the question before it, or as a turn from the card
just told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.questions.model import Memory, Question
from bot.questions.retold import SIDES, side_of
from bot.questions.thread import counted, goes_on, leans_on, may_be_an_aside, points_back, without_change_of_subject
from bot.questions.turns import OF_THE_FAMILY, SAYS_SO, TURNS, Turn, fitness
from knowledge.card import Card
from knowledge.evidence import Evidence
from knowledge.found import Candidate, Found

ABOUT_US = "coach"
"""The topic of the cards on the coach itself, which tell of no trouble with signs, reasons and a remedy."""
NEAREST = 5
"""Candidates an answer is made of."""
FOREIGN, FOREIGN_THOUGH_IT_POINTS_BACK = 0.15, 0.03
"""Confidence below which a message that goes on from nothing is foreign to the base, whatever its thread is on."""
LEADS_ON = 0.08
"""What a card gains, in score, that the card just told names as related."""
SAME_TOPIC = 0.12
"""What a card gains that is of the topic of the card just told."""
TO_THE_COACH = 0.15
"""What a card on the coach gains besides, where the card just told is one and the message says "you"."""
SURE = 0.95
"""Confidence from which even "and weekly active users?" is a question of its own."""
ABOUT_AS_SURE = 0.15
"""By how much less sure of its answer alone a message may be that neither goes on nor points back, and still be new."""
LIMIT = -0.07
"""What a limit loses: a thread seldom leads on to what is not known."""
ALREADY_TOLD = -0.05
"""What the card just told loses: a follow-up mostly asks for something else."""


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

    Where it wants something of the answer before it (Found.aside), the card just told is among them.
    """
    found = await _found(question, find, recall)
    of_told = question.memory.cards[:1] if question.memory and found.aside else ()
    told = tuple(each for each in found.candidates[NEAREST:] if each.id in of_told)
    return replace(found, candidates=(*found.candidates[:NEAREST], *told))


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
    if told and told.topic != ABOUT_US and (turn := TURNS.get(together.aside or "")):
        return await _turned(turn, text, told, together, find)
    if together.aside in SIDES:
        return replace(together, candidates=(*together.candidates, *(await find(together.text, None)).candidates))
    alone = await find(text, None)
    if not leans_on(text, memory) or _is_foreign(alone, text):
        return alone
    least = SURE if goes_on(text) or points_back(text) else together.confidence - ABOUT_AS_SURE
    if alone.answers and alone.confidence >= least:
        return _as_new(alone, together, memory)
    leading = partial(_leading, told=told, text=text)
    return _going_on(alone, together, await find(together.text, None), leading, told)


def _is_foreign(alone: Found, text: str) -> bool:
    least = FOREIGN_THOUGH_IT_POINTS_BACK if points_back(text) else FOREIGN
    return alone.confidence < least and not goes_on(text)


async def _item_of_a_list(text: str, memory: Memory, told: Card, find: FindCards) -> Found | None:
    """The card of the item that a message names by its number, where there is one."""
    name = counted(text, memory.question, told.title)
    if name is None:
        return None
    found = await find(name, None)
    ahead = [candidate for candidate in found.candidates if candidate.title.startswith(f"{name}:")]
    return replace(found, text=ahead[0].title, candidates=(ahead[0],), answers=True, is_near=True) if ahead else None


async def _turned(turn: Turn, text: str, told: Card, together: Found, find: FindCards) -> Found:
    """The turn is searched for as the titles put it, as it was typed, and behind the question before it."""
    alone, joined, in_full = [await find(way, None) for way in (text, together.text, turn.of(told))]
    best = _best_of((alone, joined, in_full), partial(fitness, turn=turn, told=told))
    is_told_again = best[:1] and best[0].id == told.id
    says_so = bool(best and best[0].card and fitness(best[0].card, turn, told) >= OF_THE_FAMILY + SAYS_SO)
    return replace(
        together,
        text=in_full.text,
        candidates=best,
        confidence=max(in_full.confidence, together.confidence),
        answers=in_full.answers or together.answers or says_so,
        is_near=in_full.is_near or together.is_near or says_so,
        premise=None,
        aside="detail" if is_told_again else None,
    )


def _as_new(alone: Found, together: Found, memory: Memory) -> Found:
    """What is as sure of its answer alone is a new question.

    "24% of boards, good" may do both: it finds the card alone, and what the figure is said of stands in the thread.
    """
    is_told_again = alone.candidates and alone.candidates[0].id in memory.cards
    return replace(alone, premise=alone.premise or together.premise) if is_told_again else alone


def _going_on(alone: Found, together: Found, joined: Found, gain: Callable[[Card], float], told: Card | None) -> Found:
    """What the message finds alone and behind the question before it, and what the card just told leads on to.

    Where that is the card just told again, what is asked for is a detail of it.
    """
    best = _best_of((joined, alone), gain)
    is_told_again = bool(told and best and best[0].id == told.id and together.answers and not together.premise)
    return replace(together, candidates=best, aside="detail" if is_told_again else None)


def _leading(card: Card, told: Card | None, text: str) -> float:
    gain = LIMIT if card.is_limit else 0.0
    if told is None:
        return gain
    if card.topic == told.topic == ABOUT_US and re.search(r"\byour?\b", text, re.IGNORECASE):
        gain += TO_THE_COACH
    if card.id == told.id:
        return gain + ALREADY_TOLD
    gain += LEADS_ON if card.id in told.related else 0.0
    return gain + (SAME_TOPIC if card.topic == told.topic else 0.0)


def _best_of(searches: Sequence[Found], gain: Callable[[Card], float]) -> tuple[Candidate, ...]:
    """The candidates of searches by twice their mean score and what each gains; the lowest where a search lacks it."""
    scores = [{each.id: each.score for each in found.candidates} for found in searches]
    every = {each.id: each for found in searches for each in found.candidates}

    def worth(candidate: Candidate) -> float:
        score = sum(found.get(candidate.id, min(found.values(), default=0.0)) for found in scores)
        return 2 * score / len(scores) + (gain(candidate.card) if candidate.card else 0.0)

    return tuple(sorted(every.values(), key=worth, reverse=True))
