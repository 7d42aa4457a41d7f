"""How well the same search does over texts that are not ours, in the same configuration: docstrings of installed code.

A document is what a docstring says after its first sentence; the question is that sentence, which is left out. So the
words of the question are those of people who knew the text and put its gist in their own way. Nothing is copied: the
texts are read where they are installed, and only those with a sentence of some length and enough after it count.
"""

import ast
import re
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from knowledge.documents import Document
from knowledge.library import Library
from tests.bench.measuring import Report
from tests.bench.rivals import find_by_words, plain_chroma, plain_words

FOLDERS = {"Python's own library": "stdlib", "NumPy": "numpy", "SQLAlchemy": "sqlalchemy"}
DOCUMENTS, QUESTIONS = 500, 400
LOOKED_AT = 10

_FIRST = re.compile(r"(.+?[.!?])\s+(?=[A-Z`:*\"'(])|(.+?)\n\s*\n", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_APART = re.compile(r"(^|/)(tests?|testing|idlelib|site-packages|lib2to3|turtledemo|pydoc_data)(/|$)|test_|_test\.py")


def foreign(report: Report) -> None:
    """Recall at 1, 5 and 10 and the mean reciprocal rank over each body of text, beside the two plain searches."""
    for name, package in FOLDERS.items():
        found = sorted(_questions_of(_folder(package)).items(), key=lambda pair: crc32(pair[0].encode()))[:DOCUMENTS]
        documents = [Document(str(n), "", tuple(sentences)) for n, (_, sentences) in enumerate(found)]
        questions = [question for question, _ in found][:QUESTIONS]
        report(f"\n{name}: {len(questions)} questions to {len(documents)} texts   first  in 5   in 10  MRR")
        with TemporaryDirectory() as folder:
            for way, places in _places(documents, questions, Path(folder)).items():
                report(f"  {way:<44}{_row(places)}")


def _places(documents: Sequence[Document], questions: Sequence[str], folder: Path) -> dict[str, list[int | None]]:
    """Where each way of searching has the right text, from 1, for each question; None beyond the tenth place."""
    library = Library.build(documents, folder / "ours")
    index = library._shelf.index
    chroma = plain_chroma(index, library.embedder, folder / "chroma")
    texts = [document.text for document in documents]
    words = plain_words(texts)
    ways = {
        "ours": lambda question: [found.id for found in library.find(question, LOOKED_AT).candidates],
        "Chroma and MiniLM": lambda question: [
            str(found.id) for found in chroma.similarity_search(question, k=LOOKED_AT)
        ],
        "SQLite FTS5": lambda question: [str(number) for number in find_by_words(words, question, LOOKED_AT)],
    }
    return {
        name: [_place(way(question), str(number)) for number, question in enumerate(questions)]
        for name, way in ways.items()
    }


def _place(found: Sequence[str], right: str) -> int | None:
    return found.index(right) + 1 if right in found else None


def _row(places: Sequence[int | None]) -> str:
    shares = [sum(place is not None and place <= limit for place in places) for limit in (1, 5, LOOKED_AT)]
    figures = (*shares, sum(1 / place for place in places if place))
    return "".join(f"{figure / len(places):<7.3f}" for figure in figures)


def _folder(package: str) -> Path:
    place = sysconfig.get_path("stdlib" if package == "stdlib" else "purelib")
    return Path(place) if package == "stdlib" else Path(place) / package


def _questions_of(folder: Path) -> dict[str, list[str]]:
    """First sentences of docstrings, each with the sentences after it. A sentence that occurs twice counts once."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        if not _APART.search(path.relative_to(folder).as_posix()):
            for docstring in _docstrings(path):
                _take(docstring, found)
    return found


def _docstrings(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8", errors="replace"))
    except (SyntaxError, ValueError):  # some files are there to be broken
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and (
            text := ast.get_docstring(node)
        ):
            yield text


def _take(docstring: str, found: dict[str, list[str]]) -> None:
    first = _FIRST.match(docstring)
    if first is None:
        return
    question = " ".join((first[1] or first[2]).split())
    rest = docstring[first.end() :]
    if 5 <= len(question.split()) <= 25 and 40 <= len(rest.split()) <= 400:
        found.setdefault(question, [" ".join(part.split()) for part in _SENTENCE.split(rest) if part.strip()])
