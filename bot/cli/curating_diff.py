"""`coach knowledge diff`: what people would be told otherwise, from one version of the base to another."""

import asyncio
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from typer import echo

from bot.cli import drawing
from bot.cli.curating import NothingThere, home_of, index_of, quiet_settings
from bot.questions.model import Question, Status

if TYPE_CHECKING:
    from bot.answering import Answering
    from knowledge.golden import Golden
    from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Told:
    """What one version says to a golden question: how far the answer goes, and from which card."""

    status: Status
    card: str | None

    def __str__(self) -> str:
        return f"{self.status}: {self.card}" if self.card else str(self.status)

    def is_right(self, golden: "Golden") -> bool:
        """Whether a covered question is answered from a right card, and any other one is not."""
        is_answered = self.status is Status.ANSWERED
        return is_answered and self.card in golden.cards if golden.is_covered else not is_answered


def diff(before: str, after: str | None, questions: Path) -> None:
    """Print each golden question whose answer differs, with the answer before and after, then the counts.

    `before` and `after` are folders or git revisions; without `after` it is the base in use. Raises NothingThere where
    the folder of `questions` holds none, and NoSuchVersion.
    """
    from knowledge.embedder import Embedder
    from knowledge.golden import NAMED, golden_in
    from knowledge.library import Library
    from knowledge.versions import version

    settings = quiet_settings()
    home, golden, embedder = home_of(settings), golden_in(questions), Embedder()
    if not golden:
        raise NothingThere(questions, f"golden questions ({NAMED})", "Name their folder with --questions.")
    told = []
    for name in (before, after or str(home)):
        with version(name, home) as folder, _patience(f"{len(golden)} questions to {name} …"):
            library = Library.open_or_build(folder, index_of(settings), settings.chroma_url, embedder)
            told.append(asyncio.run(_told(golden, library)))
    _say(golden, *told)


def kind_of(golden: "Golden", before: Told, after: Told) -> str:
    """Whether a changed answer is better, worse, or neither."""
    was, now = before.is_right(golden), after.is_right(golden)
    return "neither" if was == now else "better" if now else "worse"


def _say(golden: "list[Golden]", before: list[Told], after: list[Told]) -> None:
    changed = [each for each in zip(golden, before, after, strict=True) if each[1] != each[2]]
    for asked, was, now in changed:
        words = f"{kind_of(asked, was, now):<8}{asked.question}\n        {was} → {now}"
        drawing.console().print(drawing.plain(words))
    kinds = Counter(kind_of(*each) for each in changed)
    right = [sum(told.is_right(one) for told, one in zip(tolds, golden, strict=True)) for tolds in (before, after)]
    echo(
        f"{len(changed)} of {len(golden)} answers changed: {kinds['better']} better, {kinds['worse']} worse, "
        f"{kinds['neither']} neither. Right: {right[0]} → {right[1]}."
    )


async def _told(golden: "list[Golden]", library: "Library") -> list[Told]:
    from bot.answering import Answering

    with ThreadPoolExecutor(1) as pool:
        answering = Answering(library, None, pool)
        return [await _answer(answering, one) for one in golden]


async def _answer(answering: "Answering", golden: "Golden") -> Told:
    memory = (await answering(Question(golden.first))).memory if golden.first else None
    answer = await answering(Question(golden.question, memory))
    return Told(answer.status, answer.cards[0] if answer.cards else None)


def _patience(words: str) -> AbstractContextManager[object]:
    errors = Console(file=sys.stderr)
    return errors.status(words) if errors.is_terminal else nullcontext()
