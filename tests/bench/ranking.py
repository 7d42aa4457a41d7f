"""Where the right card stands among the candidates: ours beside plain Chroma and plain FTS5, on the same questions."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from knowledge.library import Library
from tests.bench.golden import Golden
from tests.bench.measuring import Report
from tests.bench.rivals import find_by_words, plain_chroma, plain_words

LOOKED_AT = 10
UNFOUND = 99


def places_of(library: Library, golden: Sequence[Golden]) -> list[int]:
    """Place of the first right card, from 1, by our search."""
    return _places(golden, lambda text: [found.id for found in library.find(text, limit=LOOKED_AT).candidates])


def report_ranking(library: Library, golden: Sequence[Golden], ours: Sequence[int], report: Report) -> None:
    """Recall at 1, 3 and 10 and the mean reciprocal rank, of all; then right first by register and by topic."""
    report(f"\nRight card, {len(golden)} covered questions      first  in 3   in 10  MRR    goal .92 .98")
    report(_row("ours", ours))
    index, embedder = library._shelf.index, library.embedder
    ids = [document.id for document in index.documents]
    table = plain_words([document.text for document in index.documents])
    with TemporaryDirectory() as folder:
        chroma = plain_chroma(index, embedder, Path(folder))

        def by_chroma(text: str) -> list[str]:
            found = chroma.similarity_search_by_vector(embedder.encode(text).vector.tolist(), k=LOOKED_AT)
            return [ids[int(document.id or 0)] for document in found]

        report(_row("Chroma and MiniLM, whole card", _places(golden, by_chroma)))
    report(_row("SQLite FTS5, whole card", _places(golden, lambda text: _by_words(table, text, ids))))
    fuller = plain_words([" ".join((one.text, *(q.text for q in one.questions))) for one in index.documents])
    report(_row("SQLite FTS5, with its questions", _places(golden, lambda text: _by_words(fuller, text, ids))))
    topics = {id: card.topic for id, card in library.base.cards.items()}
    report(_grouped("by register", [one.register for one in golden], ours))
    report(_grouped("by topic", [topics[min(one.cards)] for one in golden], ours))


def _by_words(table: Connection, text: str, ids: Sequence[str]) -> list[str]:
    return [ids[number] for number in find_by_words(table, text, LOOKED_AT)]


def _places(golden: Sequence[Golden], find: Callable[[str], Sequence[str]]) -> list[int]:
    found = [find(one.question) for one in golden]
    return [
        next((place for place, id in enumerate(ids, start=1) if id in one.cards), UNFOUND)
        for one, ids in zip(golden, found, strict=True)
    ]


def _row(name: str, places: Sequence[int]) -> str:
    recall = [sum(place <= most for place in places) / len(places) for most in (1, 3, LOOKED_AT)]
    mrr = sum(1 / place for place in places if place <= LOOKED_AT) / len(places)
    return f"  {name:<38}" + "".join(f"{value:<7.3f}" for value in (*recall, mrr))


def _grouped(title: str, names: Sequence[str], places: Sequence[int]) -> str:
    groups: dict[str, list[int]] = defaultdict(list)
    for name, place in zip(names, places, strict=True):
        groups[name].append(place)
    rows = [_row(f"  {name}", at) + f"of {len(at)}" for name, at in sorted(groups.items())]
    return "\n".join((f"  {title}", *rows))
