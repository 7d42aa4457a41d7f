"""What a tutorial would build: Chroma over whole cards with the same model, and SQLite FTS5. Measured beside ours."""

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from knowledge.embedder import Embedder
from knowledge.index import CARD, Index

AT_ONCE = 2_000
FOUND = 5


class _Model(Embeddings):
    """The same model, as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.encode(text).vector.tolist()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [one.vector.tolist() for one in self._embedder.encode_many(texts)]


def plain_chroma(index: Index, embedder: Embedder, folder: Path) -> Chroma:
    """A collection of one vector a document, as langchain_chroma sets it up."""
    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    store = Chroma("cards", _Model(embedder), client=client, collection_metadata={"hnsw:space": "cosine"})
    first = [int(np.flatnonzero((index.chunks[:, 0] == n) & (index.chunks[:, 1] == CARD))[0]) for n in _numbers(index)]
    collection = client.get_collection("cards", embedding_function=None)
    for start in range(0, len(first), AT_ONCE):
        part = range(start, min(start + AT_ONCE, len(first)))
        collection.add(
            ids=[str(n) for n in part],
            embeddings=np.concatenate([index.vectors.span(first[n], first[n] + 1) for n in part]),
            documents=[index.documents[n].text for n in part],
        )
    return store


def plain_words(texts: Sequence[str]) -> sqlite3.Connection:
    """A table of whole documents, stemmed."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='porter unicode61')")
    table.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", enumerate(texts))
    return table


def find_by_words(table: sqlite3.Connection, question: str, limit: int = FOUND) -> list[int]:
    """The documents with the best BM25, any word of the question counting."""
    query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
    found = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
    return [number for (number,) in table.execute(found, (query, limit))] if query else []


def _numbers(index: Index) -> range:
    return range(len(index.documents))
