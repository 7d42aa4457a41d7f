"""Questions kept aside to judge the base by: one JSON object a line, with the cards that answer. Never indexed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAMED = "golden_*.jsonl"


@dataclass(frozen=True, slots=True)
class Golden:
    """A question, the one before it in its thread where it leans on one, and the cards that answer it."""

    question: str
    first: str | None
    cards: frozenset[str]
    """None for a question that nothing answers."""
    is_covered: bool
    """Whether it has an answer; a limit is none."""


def golden_in(folder: Path) -> list[Golden]:
    """Every golden question of a folder, in the order of its files. Raises ValueError for a line that is no JSON."""
    return [_golden(line) for path in sorted(folder.glob(NAMED)) for line in _lines(path)]


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _golden(line: str) -> Golden:
    stored = json.loads(line)
    cards = frozenset(stored["cards"])
    is_covered = bool(cards) and stored.get("kind") != "limit"
    return Golden(stored["question"], stored.get("first"), cards, is_covered)
