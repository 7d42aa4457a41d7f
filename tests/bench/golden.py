"""The golden set: questions by people who did not write the cards. Never indexed; to calibrate and to evaluate."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "knowledge"


@dataclass(frozen=True)
class Golden:
    """A question and the cards that answer it; none for a `near` or a `far` one."""

    question: str
    cards: frozenset[str]
    kind: str
    limits: frozenset[str] = frozenset()
    register: str = ""


@dataclass(frozen=True)
class FollowUp:
    """A question in a thread, after a first one."""

    first: str
    question: str
    cards: frozenset[str]
    kind: str


@dataclass(frozen=True)
class WrongFigure:
    """A question that takes a figure for granted. `wrong` is None where the figure is right; `right` tells it in any of
    these ways."""

    question: str
    first: str | None
    wrong: str | None
    right: tuple[str, ...]
    cards: frozenset[str]


def single_questions() -> list[Golden]:
    """Covered, limit, near and far questions, in the order of the files."""
    return [
        Golden(
            line["question"],
            frozenset(line["cards"]),
            line.get("kind", "covered"),
            frozenset(line.get("limits", ())),
            line.get("register", ""),
        )
        for line in _lines("golden_covered_*.jsonl", "golden_limits_*.jsonl", "golden_uncovered*.jsonl")
    ]


def follow_ups() -> list[FollowUp]:
    lines = _lines("golden_threads*.jsonl")
    return [FollowUp(one["first"], one["question"], frozenset(one["cards"]), one["kind"]) for one in lines]


def wrong_figures() -> list[WrongFigure]:
    return [
        WrongFigure(one["question"], one.get("first"), one["wrong"], _ways(one["right"]), frozenset(one["cards"]))
        for one in _lines("golden_premises*.jsonl")
    ]


def _ways(told: object) -> tuple[str, ...]:
    return tuple(told) if isinstance(told, list) else (str(told),)


def _lines(*patterns: str) -> Iterator[dict[str, object]]:
    for pattern in patterns:
        for path in sorted(FOLDER.glob(pattern)):
            yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
