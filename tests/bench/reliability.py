"""Whether the confidence means what it says: a reliability diagram as text, other thresholds, and topic by topic."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bot.questions.model import Status
from knowledge.library import Library
from tests.bench.golden import Golden
from tests.bench.measuring import Report

STEPS = 10
WIDTH = 40
THRESHOLDS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)


class Judgement(NamedTuple):
    """One golden question as it was judged by a confidence that was not fitted on it."""

    golden: Golden
    confidence: float
    is_right: bool
    """Whether the first card named is one that answers."""
    status: Status


def report_reliability(judged: Sequence[Judgement], library: Library, report: Report) -> None:
    """The diagram over questions that the base answers and that it does not, then what each threshold would give."""
    report("\nReliability: of the questions with this confidence, how many have a right card first (| is the ideal)")
    for step in range(STEPS):
        low, high = step / STEPS, (step + 1) / STEPS
        inside = [one for one in judged if low <= one.confidence < high or (high == 1 and one.confidence == 1)]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.is_right for one in inside) / len(inside)
            report(f"  {low:.1f} to {high:.1f}  {_bar(right, mean)}  of {len(inside)}")
    _report_thresholds(judged, report)
    _report_topics(judged, library, report)


def _bar(right: float, ideal: float) -> str:
    cells = ["#" if place < round(right * WIDTH) else "." for place in range(WIDTH)]
    cells[min(WIDTH - 1, round(ideal * WIDTH))] = "|"
    return f"{''.join(cells)} {right:.2f}"


def _report_thresholds(judged: Sequence[Judgement], report: Report) -> None:
    """Counts no qualifier and no rule of the flow: only the confidence, and limits as what they are."""
    covered = [one for one in judged if one.golden.kind == "covered"]
    report("\nBy the confidence alone     answered  right  near not  far not")
    for threshold in THRESHOLDS:
        told = [one for one in covered if one.confidence >= threshold and one.status is not Status.NOTHING]
        quiet = [
            _mean(
                [
                    one.confidence < threshold or one.status is Status.NOTHING
                    for one in judged
                    if one.golden.kind == kind
                ]
            )
            for kind in ("near", "far")
        ]
        figures = (len(told) / len(covered), _mean([one.is_right for one in told]), *quiet)
        report(f"  from {threshold:.2f}                " + "".join(f"{figure:<9.3f}" for figure in figures))


def _report_topics(judged: Sequence[Judgement], library: Library, report: Report) -> None:
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for one in judged:
        if one.golden.kind == "covered":
            groups[library.base.cards[min(one.golden.cards)].topic].append(one)
    report("\nBy topic                    answered  right")
    for topic, ones in sorted(groups.items()):
        told = [one for one in ones if one.status is Status.ANSWERED]
        report(f"  {topic:<26}{len(told) / len(ones):<10.3f}{_mean([x.is_right for x in told]):.3f}  of {len(ones)}")


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
