"""How good the answers are: by cross-validation on the golden set, beside what a tutorial would build.

Each fifth of the golden questions is judged by a confidence fitted on the other four; none of it is indexed.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.answering import Answering
from bot.questions.model import Answer, Question, Status
from knowledge.confidence import ship, shipped
from knowledge.figures import untraceable
from knowledge.library import Library
from tests.bench.calibrate import examples_of, fit, folds
from tests.bench.golden import Golden, follow_ups, single_questions, wrong_figures
from tests.bench.measuring import Report
from tests.bench.ranking import places_of, report_ranking
from tests.bench.rehearsal import rehearsed
from tests.bench.reliability import Judgement, report_reliability
from tests.bench.talking import report_changes_of_subject, report_premises, report_threads


@dataclass(frozen=True)
class Given:
    """What the coach said to one golden question, with a confidence that was not fitted on it."""

    golden: Golden
    answer: Answer

    @property
    def is_answered(self) -> bool:
        return self.answer.status is Status.ANSWERED

    @property
    def is_right(self) -> bool:
        return bool(set(self.answer.cards[:1]) & self.golden.cards)


def quality(library: Library, report: Report) -> None:
    """Print every figure of quality, each with what it is a share of."""
    golden = single_questions()
    covered = [one for one in golden if one.kind == "covered" and one.register != "two"]
    report_ranking(library, covered, places_of(library, covered), report)
    given = asyncio.run(_cross_validated(library, golden))
    _report_tiers(given, report)
    report_reliability([_judged(one) for one in given if one.golden.register != "two"], library, report)
    asyncio.run(report_threads(library, follow_ups(), report))
    asyncio.run(report_changes_of_subject(library, follow_ups(), covered, report))
    asyncio.run(report_premises(library, wrong_figures(), report))


def calibrate(library: Library, report: Report) -> None:
    """Fit the confidence on the whole golden set and on lines left out, and write it as the one that ships."""
    examples = [example for golden in single_questions() for example in examples_of(library, golden)]
    found = fit([*examples, *rehearsed(library)])
    ship(found)
    report(f"answered from {found.answered:.2f}, nearest from {found.closest:.2f}: knowledge/confidence.json")


async def _cross_validated(library: Library, golden: Sequence[Golden]) -> list[Given]:
    examples, lines = [examples_of(library, one) for one in golden], rehearsed(library)
    given: dict[int, Given] = {}
    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        for fold in folds(golden):
            tested = set(fold)
            library.confidence = fit(
                [*lines, *(x for n, found in enumerate(examples) if n not in tested for x in found)]
            )
            for number in fold:
                given[number] = Given(golden[number], await answering(Question(golden[number].question)))
        library.confidence = shipped()
    return [given[number] for number in range(len(golden))]


def _judged(given: Given) -> Judgement:
    return Judgement(given.golden, given.answer.confidence, given.is_right, given.answer.status)


def _report_tiers(given: Sequence[Given], report: Report) -> None:
    single = [one for one in given if one.golden.kind == "covered" and one.golden.register != "two"]
    both = [one for one in given if one.golden.register == "two"]
    report("\nWhat is answered, at the fitted threshold                       goal")
    report(f"  covered, answered      {share([one.is_answered for one in single])}  of {len(single):<30} .88")
    right = [one.is_right for one in single if one.is_answered]
    report(f"  of these, right card   {share(right)}  of {len(right):<30} .96")
    for kind, goal in (("near", ".92"), ("far", ".99"), ("limit", "")):
        of_kind = [one for one in given if one.golden.kind == kind]
        statuses = ", ".join(f"{n} {status}" for status, n in Counter(str(x.answer.status) for x in of_kind).items())
        report(f"  {kind:<5} not answered     {share([not x.is_answered for x in of_kind])}  {statuses:<33} {goal}")
    told_both = [len(one.golden.cards & set(one.answer.cards)) >= 2 for one in both]
    report(f"  two in one, both       {share(told_both)}  of {len(both)}")
    report(f"  figures traceable      {share([_is_traceable(one.answer) for one in given])}  of {len(given):<30} 1")


def _is_traceable(answer: Answer) -> bool:
    entries = {citation.evidence.id: citation.evidence for citation in answer.citations}
    return not any(untraceable(said.text, [entries[id] for id in said.cites]) for said in answer.said if said.cites)


def share(values: Sequence[bool]) -> str:
    """A share to three places."""
    return f"{sum(values) / len(values):.3f}" if values else "  -  "
