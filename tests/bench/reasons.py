"""How well reasons are read: by cross-validation on the examples, and on reasons that were written apart from them.

Each fifth of the examples is read by a reader built from the other four, its own measure of certainty included; what is
said twice, as in two languages, lies in one fifth. The threshold is chosen on neither: "more likely right than not".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from knowledge.alike import said_twice
from knowledge.barriers import Read
from knowledge.embedder import Embedder
from knowledge.own_texts import OwnTexts
from knowledge.reasons import NONE, Example, Reasons, examples_in, vectors_of
from tests.bench.golden import FOLDER

FOLDS = 5
UNSEEN = FOLDER / "reasons_unseen.txt"


@dataclass(frozen=True)
class Judged:
    """One reason and what was read from it."""

    example: Example
    read: Read

    @property
    def is_reason(self) -> bool:
        return self.example.barrier != NONE

    @property
    def is_right(self) -> bool:
        return self.read.barrier == self.example.barrier


def reasons(report: Callable[[str], None]) -> None:
    """Print how often a barrier is named, and how often the named one is right."""
    embedder = Embedder()
    examples = examples_in()
    crossed = _cross_validated(examples, embedder)
    report(f"\nReasons, {len(examples)} examples in {FOLDS} folds")
    _report(crossed, report)
    for language in ("en", "fr", "de", "es"):
        _report([one for one in crossed if one.example.language == language], report, f"{language}  ")
    apart = unseen()
    reader = Reasons.open(embedder, cache=Path(".coach/index"))
    began = perf_counter()
    judged = [Judged(example, reader.read(example.text)) for example in apart]
    ms = (perf_counter() - began) * 1000 / len(apart)
    report(f"Reasons written apart, {len(apart)}; {ms:.1f} ms each")
    _report(judged, report)


def unseen() -> list[Example]:
    """The reasons that no reader has learned from."""
    lines = UNSEEN.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [Example(text, barrier, "") for barrier, text in pairs]


def _cross_validated(examples: Sequence[Example], embedder: Embedder) -> list[Judged]:
    vectors = vectors_of(examples, OwnTexts(embedder))
    judged: list[Judged] = []
    for fold in _folds(said_twice(vectors)):
        rest = sorted(set(range(len(examples))) - set(fold))
        reader = Reasons([examples[n] for n in rest], vectors[rest], embedder)
        judged += [Judged(examples[n], reader.read(examples[n].text)) for n in fold]
    return judged


def _folds(groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Whole groups, the largest first, each to the smallest fold so far."""
    folds: list[list[int]] = [[] for _ in range(FOLDS)]
    for group in sorted(groups, key=len, reverse=True):
        min(folds, key=len).extend(group)
    return folds


def _report(judged: Sequence[Judged], report: Callable[[str], None], of: str = "") -> None:
    named = [one for one in judged if one.read.barrier]
    reasons = [one for one in judged if one.is_reason]
    others = [one for one in judged if not one.is_reason]
    right = sum(one.is_right for one in named) / len(named)
    share = sum(one.read.barrier is not None for one in reasons) / len(reasons)
    quiet = sum(one.read.barrier is None for one in others) / len(others) if others else 1.0
    report(f"  {of}named {share:.3f}, of these right {right:.3f}; no reason, nothing named {quiet:.3f}")
