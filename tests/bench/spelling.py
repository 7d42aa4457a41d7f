"""How much of what hurried people mistype is read as they meant it, and how much else is spoiled."""

import json
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from knowledge.documents import documents_of
from knowledge.embedder import Embedder
from knowledge.loader import load
from knowledge.spelling import Spelling
from tests.bench.golden import FOLDER
from tests.bench.measuring import Report


class Words(NamedTuple):
    """What became of the words of some messages."""

    slips: int
    mended: int
    right: int
    spoiled: int
    """Right words that were read as another one."""


def spelling(report: Report) -> None:
    """Print both for each set: the costs of slips were set on the first, some rules mended by the second."""
    mender = Spelling(documents_of(load()), Embedder())
    report("\nMessages of hurried people        slips  mended  right words  spoiled  ms a message")
    for path in typed_messages():
        began = perf_counter()
        words, messages = words_of(path, mender), len(_lines(path))
        took = (perf_counter() - began) * 1_000 / messages
        shares = f"{words.mended / words.slips:<8.3f}{words.right:<13}{words.spoiled / words.right:<9.4f}{took:.1f}"
        report(f"  {path.stem}, {messages} messages{words.slips:>14}  {shares}")


def typed_messages() -> list[Path]:
    """Messages as they were typed, each with what was meant, word by word."""
    return sorted(FOLDER.glob("typed_*.jsonl"))


def words_of(path: Path, mender: Spelling) -> Words:
    """What becomes of the words of these messages; a capital letter makes no difference."""
    slips = mended = right = spoiled = 0
    for line in _lines(path):
        read = mender.mended(line["typed"])
        for typed, meant, became in zip(line["typed"].split(), line["meant"].split(), read.split(), strict=True):
            if typed == meant:
                right, spoiled = right + 1, spoiled + (became != meant)
            else:
                slips, mended = slips + 1, mended + (became.lower() == meant.lower())
    return Words(slips, mended, right, spoiled)


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
