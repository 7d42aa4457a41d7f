"""How good the answers are: by cross-validation on the golden set, beside what a tutorial would build.

Each fifth of the golden questions is judged by a confidence fitted on the other four; none of it is indexed.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.answering import Answering
from bot.questions.model import Answer, Question, Status
from knowledge.confidence import ship, shipped
from knowledge.figures import untraceable
from knowledge.library import Library
from tests.bench.calibrate import Example, examples_of, fit, folds
from tests.bench.golden import FollowUp, Golden, WrongFigure, follow_ups, single_questions, wrong_figures


@dataclass(frozen=True)
class Given:
    """What the coach said to one golden question, and where the right cards stood."""

    golden: Golden
    answer: Answer
    place: int | None
    """Place of the first right card among the candidates, from 1; None when it is not among them."""


def quality(library: Library, report: Callable[[str], None]) -> None:
    """Print every figure of quality, each with what it is a share of."""
    given = asyncio.run(_cross_validated(library, single_questions()))
    covered = [one for one in given if one.golden.kind == "covered" and one.golden.register != "two"]
    _report_ranking(covered, report)
    _report_baselines(library, [one.golden for one in covered], report)
    _report_tiers(given, covered, report)
    asyncio.run(_report_threads(library, follow_ups(), report))
    asyncio.run(_report_premises(library, wrong_figures(), report))


def calibrate(library: Library, report: Callable[[str], None]) -> None:
    """Fit the confidence on the whole golden set and write it as the one that ships."""
    found = fit([example for golden in single_questions() for example in examples_of(library, golden)])
    ship(found)
    report(
        f"answered from {found.answered:.3f}, nearest from {found.closest:.2f}; written to knowledge/confidence.json"
    )


async def _cross_validated(library: Library, golden: Sequence[Golden]) -> list[Given]:
    examples = [examples_of(library, one) for one in golden]
    given: dict[int, Given] = {}
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for fold in folds(golden):
            rest: list[Example] = [x for n, found in enumerate(examples) if n not in set(fold) for x in found]
            library.confidence = fit(rest)
            for number in fold:
                answer = await answering(Question(golden[number].question))
                given[number] = Given(golden[number], answer, _place(library, golden[number]))
        library.confidence = shipped()
    return [given[number] for number in range(len(golden))]


def _place(library: Library, golden: Golden) -> int | None:
    ids = [candidate.id for candidate in library.find(golden.question, limit=10).candidates]
    return next((place for place, id in enumerate(ids, start=1) if id in golden.cards), None)


def _report_ranking(covered: Sequence[Given], report: Callable[[str], None]) -> None:
    report(f"\nRight card, {len(covered)} covered questions")
    for name, most in (("first", 1), ("in the first three", 3), ("in the first ten", 10)):
        report(f"  {name:<22}{_share([one.place is not None and one.place <= most for one in covered])}")
    for register in sorted({one.golden.register for one in covered}):
        ours = [one.place == 1 for one in covered if one.golden.register == register]
        report(f"    first, {register:<15}{_share(ours)}  of {len(ours)}")


def _report_baselines(library: Library, golden: Sequence[Golden], report: Callable[[str], None]) -> None:
    documents = library._shelf.index.documents
    embedder, lexical = library._embedder, library._shelf.index.lexical
    vectors = {document.id: embedder.encode(document.text).vector for document in documents}

    def plain_chroma(text: str) -> str:
        asked = embedder.encode(text).vector
        return max(vectors, key=lambda id: float(vectors[id] @ asked))

    def plain_words(text: str) -> str:
        found = lexical.best(text, 1)
        return documents[found[0]].id if found else ""

    report("  the same, first, by")
    for name, first in (("MiniLM, whole card", plain_chroma), ("SQLite FTS5", plain_words)):
        report(f"    {name:<20}{_share([first(one.question) in one.cards for one in golden])}")


def _report_tiers(given: Sequence[Given], covered: Sequence[Given], report: Callable[[str], None]) -> None:
    answered = [one for one in covered if one.answer.status is Status.ANSWERED]
    right = [one.answer.cards[0] in one.golden.cards for one in answered]
    report("\nWhat is answered, at the fitted threshold")
    report(f"  covered, answered     {_share([one.answer.status is Status.ANSWERED for one in covered])}")
    report(f"  of these, right card  {_share(right)}")
    for kind in ("near", "far", "limit"):
        of_kind = [one for one in given if one.golden.kind == kind]
        report(f"  {kind:<5} not answered    {_share([one.answer.status is not Status.ANSWERED for one in of_kind])}")
        report(f"        statuses        {dict(Counter(str(one.answer.status) for one in of_kind))}")
    both = [one for one in given if one.golden.register == "two"]
    report(f"  two in one, both      {_share([len(one.golden.cards & set(one.answer.cards)) >= 2 for one in both])}")
    report(f"  figures traceable     {_share([_is_traceable(one.answer) for one in given])}")


def _is_traceable(answer: Answer) -> bool:
    entries = {citation.evidence.id: citation.evidence for citation in answer.citations}
    return not any(untraceable(said.text, [entries[id] for id in said.cites]) for said in answer.said if said.cites)


async def _report_threads(library: Library, items: Sequence[FollowUp], report: Callable[[str], None]) -> None:
    right: dict[str, list[bool]] = {}
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for item in items:
            memory = (await answering(Question(item.first))).memory
            answer = await answering(Question(item.question, memory))
            right.setdefault(item.kind, []).append(bool(set(answer.cards[:1]) & item.cards))
    every = [one for ones in right.values() for one in ones]
    report(f"\nFollow-ups, right card first (shipped fit)  {_share(every)}  of {len(every)}")
    for kind, ones in right.items():
        report(f"  {kind:<12}{_share(ones)}  of {len(ones)}")


async def _report_premises(library: Library, items: Sequence[WrongFigure], report: Callable[[str], None]) -> None:
    wrong, spared = [], []
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for item in items:
            memory = (await answering(Question(item.first))).memory if item.first else None
            answer = await answering(Question(item.question, memory))
            opening = answer.said[0].text if answer.said else ""
            if item.wrong is None:
                spared.append(not opening.startswith(("Close:", "Not quite:")))
            else:
                wrong.append(item.right in answer.text)
    report(f"\nWrong figures put right   {_share(wrong)}  of {len(wrong)}")
    report(f"Right ones left alone     {_share(spared)}  of {len(spared)}")


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "  -  "
