"""The words of the documents in SQLite FTS5 (porter stemming): BM25, scaled so that it means the same on every base."""

import math
import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from knowledge.documents import Document

CEILING = 2.5
"""BM25 of a document in which every query term is dense comes near this many times the sum of the terms' idf."""

_STOP = frozenset(
    "a about after all also am an and any are as at be been being but by can could did do does doing for from get "
    "got had has have having he her here him his how i if in into is it its just like me more most my no nor not "
    "now of on once only or other our out over own please same she should so some such than that the their them "
    "then there these they this those to too under until up us very was we were what when where which while who "
    "whom why will with would you your".split()
)


def terms_of(text: str) -> list[str]:
    """The words of a text that carry meaning, once each, in order. What a person types can never be FTS syntax."""
    words = re.findall(r"\w+", text.lower())
    return list(dict.fromkeys([word for word in words if word not in _STOP] or words))[:64]


class Lexical:
    """Reads one FTS5 file. Make one a thread."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._documents: int = self._connection.execute("SELECT count(*) FROM words").fetchone()[0]
        self._holding = lru_cache(maxsize=10_000)(partial(_holding, self._connection))

    def best(self, text: str, limit: int) -> list[int]:
        """The documents with the highest BM25, by their number, best first."""
        found = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 1.0), rowid LIMIT ?"
        terms = terms_of(text)
        return [number for (number,) in self._connection.execute(found, (_any_of(terms), limit))] if terms else []

    def scores(self, text: str, numbers: Sequence[int]) -> dict[int, float]:
        """BM25 / (2.5 x the sum of the query terms' idf) of those documents that hold any term; about 0 to 1."""
        terms = terms_of(text)
        ceiling = CEILING * sum(self._idf(term) for term in terms)
        if not terms or ceiling <= 0:
            return {}
        within = ",".join(map(str, numbers))
        found = f"SELECT rowid, -bm25(words, 1.0) FROM words WHERE words MATCH ? AND +rowid IN ({within})"
        return {number: score / ceiling for number, score in self._connection.execute(found, (_any_of(terms),))}

    def knows(self, term: str) -> bool:
        """Whether any document holds this word, in any of its forms."""
        return self._holding(term) > 0

    def close(self) -> None:
        self._connection.close()

    def _idf(self, term: str) -> float:
        holding = self._holding(term)
        return max(math.log((self._documents - holding + 0.5) / (holding + 0.5)), 1e-6)


def _holding(connection: sqlite3.Connection, term: str) -> int:
    found: int = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (f'"{term}"',)).fetchone()[0]
    return found


def _any_of(terms: Sequence[str]) -> str:
    return " OR ".join(f'"{term}"' for term in terms)


def write_lexical(path: Path, documents: Sequence[Document]) -> None:
    """Write the FTS5 file; a document's number is its place in the list."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='porter unicode61')")
        connection.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", _rows(documents))
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
    connection.close()


def _rows(documents: Sequence[Document]) -> Iterable[tuple[int, str]]:
    for number, document in enumerate(documents):
        yield number, " ".join((document.text, *(question.text for question in document.questions)))
