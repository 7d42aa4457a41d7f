"""How fast a warm coach finds and answers on one core, beside what a tutorial would build, in the same run."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.golden import single_questions
from tests.bench.measuring import HEAD, Report, Timings, load, on_one_core

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.loader import Base

INDEX = Path(".coach/index")
ROUNDS = 2
WARM_UP = 20
MANY = 10_000
GOALS = {"find": "goal: p95 of 15", "whole answer": "goal: p95 of 25"}


def speed(report: Report) -> None:
    """Find and whole answer over the base as it is."""
    bound = on_one_core()
    from knowledge.library import Library

    _measure(Library.open_or_build(into=INDEX), bound, report)


def scale(report: Report) -> None:
    """The same over 10,000 documents: the base, and cards of one sentence made of its own sentences."""
    bound = on_one_core()
    from knowledge.loader import load as load_base

    with TemporaryDirectory() as folder:
        _measure(_library_of(_grown(load_base()), Path(folder)), bound, report)


def _measure(library: "Library", bound: str, report: Report) -> None:
    index = library._shelf.index
    report(f"\nWarm, {len(index.documents)} documents in {len(index.chunks)} chunks, {bound}, {load()}")
    report(HEAD)
    questions = [golden.question for golden in single_questions()]
    with _ways(library) as ways:
        timings = {name: Timings(name) for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                library._embedder._remembered.cache_clear()
                library._searched.cache_clear()
                for question in questions[:WARM_UP]:
                    way(question)
                for question in questions[WARM_UP:]:
                    timings[name].take(partial(way, question))
    for name, taken in timings.items():
        report(taken.row(GOALS.get(name, "")))


@contextmanager
def _ways(library: "Library") -> Iterator[dict[str, Callable[[str], object]]]:
    from bot.answering import Answering
    from bot.questions.model import Question
    from tests.bench.rivals import find_by_words, plain_chroma, plain_words

    index = library._shelf.index
    words = plain_words([document.text for document in index.documents])
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool, asyncio.Runner() as runner:
        answering = Answering(library, None, pool)
        chroma = plain_chroma(index, library._embedder, Path(folder))
        yield {
            "find": library.find,
            "whole answer": lambda question: runner.run(answering(Question(question))),
            "plain Chroma + MiniLM": partial(chroma.similarity_search, k=5),
            "plain SQLite FTS5": partial(find_by_words, words),
        }


def _grown(base: "Base") -> "Base":
    """With a card for each way a question was heard, until there are enough; all of their texts are encoded already."""
    from knowledge.card import Sentence

    cards = dict(base.cards)
    for card in base.cards.values():
        for number, heard in enumerate(card.heard):
            if len(cards) == MANY:
                break
            id, said = f"{card.id}-{number}", (Sentence(heard, card.evidence[:1]),)
            cards[id] = replace(card, id=id, title="", sentences=said, evidence=(), questions=(), heard=(), beyond=())
    return replace(base, cards=cards)


def _library_of(base: "Base", into: Path) -> "Library":
    """An index of this base that encodes nothing which the one of the real base has encoded before."""
    from knowledge.documents import documents_of
    from knowledge.embedder import Embedder
    from knowledge.index import Index, build_index
    from knowledge.library import Library, Place, Shelf
    from knowledge.loader import HOME
    from knowledge.spelling import Spelling

    Library.open_or_build(into=INDEX)
    for kept in (*INDEX.glob("axes-*.npy"), INDEX / "encoded.db"):
        shutil.copy(kept, into)
    documents, embedder = documents_of(base), Embedder()
    index = Index(build_index(documents, into, embedder))
    return Library(Place(HOME, into), Shelf(index, base, Spelling(documents, embedder), None), embedder)
