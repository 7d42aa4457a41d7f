"""How well a thread is followed, and wrong figures put right, with the fit that ships."""

import re
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from bot.answering import Answering
from bot.questions.model import Answer, Memory, Question
from bot.questions.thread import leans_on
from knowledge.claims import in_digits
from knowledge.library import Library
from tests.bench.golden import FollowUp, Golden, WrongFigure
from tests.bench.measuring import Report

CORRECTS = ("Close:", "Not quite:", "That figure is not")


async def report_threads(library: Library, items: Sequence[FollowUp], report: Report) -> None:
    """Share of follow-ups whose first card is a right one."""
    right: dict[str, list[bool]] = defaultdict(list)
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for item in items:
            answer = await _asked(answering, item.first, item.question)
            right[item.kind].append(bool(set(answer.cards[:1]) & item.cards))
    every = [one for ones in right.values() for one in ones]
    report(f"\nFollow-ups, right card first   {_share(every)}  of {len(every)}    goal .90")
    for kind, ones in right.items():
        report(f"  {kind:<29}{_share(ones)}  of {len(ones)}")


async def report_changes_of_subject(
    library: Library, items: Sequence[FollowUp], covered: Sequence[Golden], report: Report
) -> None:
    """Share of short new questions whose first card is a right one: asked alone, and in a thread on something else."""
    alone, in_thread = [], []
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for item, golden in zip(cycle(items), covered, strict=False):
            memory = Memory(item.first)
            if leans_on(golden.question, memory):
                first, after = (
                    await answering(Question(golden.question)),
                    await _asked(answering, item.first, golden.question),
                )
                alone.append(bool(set(first.cards[:1]) & golden.cards))
                in_thread.append(bool(set(after.cards[:1]) & golden.cards))
    report(f"New short questions, alone     {_share(alone)}  of {len(alone)}")
    report(f"  in a thread on another thing {_share(in_thread)}")


async def report_premises(library: Library, items: Sequence[WrongFigure], report: Report) -> None:
    """Share of wrong figures after which the answer tells the right one; in its first sentence; right ones let be."""
    told, at_once, spared = [], [], []
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for item in items:
            answer = await _asked(answering, item.first, item.question)
            opening = answer.said[0].text if answer.said else ""
            if item.wrong is None:
                spared.append(not opening.startswith(CORRECTS))
            else:
                told.append(_tells(answer.text, item))
                at_once.append(_tells(opening, item))
    report(f"\nWrong figures put right        {_share(told)}  of {len(told)}    goal .95")
    report(f"  in the first sentence        {_share(at_once)}")
    report(f"Right ones left alone          {_share(spared)}  of {len(spared)}")


def _tells(text: str, item: WrongFigure) -> bool:
    """Whether a text holds the right figure, and not as a part of another one."""
    ways = "|".join(re.escape(in_digits(way)) for way in item.right)
    return re.search(rf"(?<![\d.,])(?:{ways})(?!\d)", in_digits(text)) is not None


async def _asked(answering: Answering, first: str | None, question: str) -> Answer:
    memory = (await answering(Question(first))).memory if first else None
    return await answering(Question(question, memory))


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "  -  "
