"""The index on disk: built aside, swapped in whole, found again by the fingerprint of what it was built from.

DIR/<fingerprint>/ holds one index; DIR/current names the one in use. A crash in mid-build leaves the old one.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge import collection
from knowledge.belonging import write_belonging
from knowledge.documents import Asked, Document
from knowledge.embedder import SHA256, Embedder, Vectors
from knowledge.lexical import Lexical, write_lexical
from knowledge.manner import write_manner
from knowledge.maxsim import Compact, MaxSim, write_maxsim
from knowledge.narrowed import axes_for
from knowledge.phrasing import Phrasing, write_phrasing
from knowledge.remembered import encode_all
from knowledge.rows import rows_of_npy
from knowledge.sealed import check_seal, seal
from knowledge.shorthand import shorthand

VERSION = 14
CARD, SENTENCE, QUESTION, BEYOND = range(4)
KINDS = 4


class IndexBroken(Exception):
    """The index on disk cannot be read; building it again mends it."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The index in {folder} cannot be used: {reason}. Build it again: coach knowledge index.")


class Chunk(NamedTuple):
    """A text of a document as it stands in the vector index."""

    document: int
    kind: int
    place: int
    text: str


class Index:
    """One finished index, open for reading. Safe to share between threads: nothing in it changes."""

    def __init__(
        self, folder: Path, chroma_url: str | None = None, documents: Sequence[Document] | None = None
    ) -> None:
        """Open the index in this very folder. Who has the documents it was built from need not have them read again.

        Raises: IndexBroken when a file is missing, damaged or not ours; ChromaAway.
        """
        try:
            check_seal(folder)
            self.documents = documents or _documents(folder / "documents.json")
            self.chunks: NDArray[np.int32] = np.load(folder / "chunks.npy")
            self.vectors = rows_of_npy(folder / "vectors.npy", np.float32)
            self.borders = _borders(self.chunks, len(self.documents))
            self.lexical = Lexical(folder / "words.db")
            self.maxsim = MaxSim(folder)
            self._ids = np.load(folder / "ids.npy").astype(bytes)
            self._order: NDArray[np.int64] = np.argsort(self._ids)
            self.manner: Vectors = np.load(folder / "manner.npy")
            self.belonging: Vectors = np.load(folder / "belonging.npy")
            self.phrasing = Phrasing(folder, len(self.chunks))
            self.nearest = collection.opened(folder, chroma_url)
        except (OSError, ValueError, KeyError, TypeError, EOFError, sqlite3.Error) as error:
            raise IndexBroken(folder, type(error).__name__) from error
        self.fingerprint = folder.name

    def numbers_of(self, ids: Sequence[str]) -> list[int]:
        """The numbers of chunks by their ids in Chroma. A dict of all of them would take ten times the memory."""
        found: list[int] = self._order[np.searchsorted(self._ids, np.array(ids, bytes), sorter=self._order)].tolist()
        return found


def fingerprint_of(documents: Sequence[Document]) -> str:
    """What an index is known by: the documents, the shorthand they are read with, the model, the form of the index."""
    told = repr([VERSION, SHA256["model.safetensors"], *shorthand().items(), *documents])
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def build_index(documents: Sequence[Document], into: Path, embedder: Embedder, chroma_url: str | None = None) -> Path:
    """Build the index of these documents under a folder, make it the current one, and return where it lies.

    Does nothing but point to it when that very index is there already. Raises OSError when the disk is full.
    """
    if not documents:
        raise ValueError("There is nothing to index: the folder holds no Markdown or text files.")
    finished = into / fingerprint_of(documents)
    into.mkdir(parents=True, exist_ok=True)
    if not finished.exists():
        aside = into / f".building-{uuid.uuid4().hex[:8]}"
        aside.mkdir()
        try:
            _write(documents, aside, into, embedder)
            collection.fill(aside, finished.name, _current(into), chroma_url)
            seal(aside)
            _swap_in(aside, finished)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    _point_to(finished, into)
    _forget_old(into, finished)
    return finished


def open_current(into: Path, chroma_url: str | None = None) -> Index:
    """Open the index that `into` points to. Raises IndexBroken when there is none."""
    folder = _current(into)
    if folder is None:
        raise IndexBroken(into, "there is no index yet")
    return Index(folder, chroma_url)


def discard(folder: Path) -> None:
    """Remove a broken index so that it can be built again."""
    shutil.rmtree(folder, ignore_errors=True)


def _write(documents: Sequence[Document], folder: Path, home: Path, embedder: Embedder) -> None:
    read = [document.spelled_out() for document in documents]
    chunks = [chunk for number, document in enumerate(read) for chunk in _chunks(number, document, embedder)]
    axes, encoded = encode_all([chunk.text for chunk in chunks], embedder, home)
    told: list[list[Compact]] = [[] for _ in documents]
    for chunk in chunks:
        if chunk.kind in (CARD, QUESTION):
            told[chunk.document].append(encoded[chunk.text])
    np.save(folder / "chunks.npy", np.array([chunk[:3] for chunk in chunks], dtype=np.int32))
    vectors = np.stack([encoded[chunk.text].vector for chunk in chunks]).astype(np.float32)
    narrow = axes_for(vectors, home)
    np.save(folder / collection.AXES, narrow)
    np.save(folder / "ids.npy", np.array(collection.ids_of([chunk.text for chunk in chunks], narrow)))
    kinds = np.array([chunk.kind for chunk in chunks])
    np.save(folder / "vectors.npy", vectors)
    write_manner(folder / "manner.npy", vectors[kinds == QUESTION], vectors[kinds == BEYOND])
    owners = [n for n, chunk in enumerate(chunks) if chunk.kind == _telling(documents[chunk.document])]
    write_belonging(folder / "belonging.npy", vectors[owners], [chunks[n].document for n in owners], len(documents))
    write_phrasing(folder, {n: chunk.text for n, chunk in enumerate(chunks) if chunk.kind == QUESTION})
    write_maxsim(folder, axes, [encoded[chunk.text] for chunk in chunks], told)
    write_lexical(folder / "words.db", read)
    (folder / "documents.json").write_text(json.dumps([asdict(document) for document in documents]), encoding="utf-8")


def _telling(document: Document) -> int:
    """The kind of texts that tell what a document is asked: its questions, its sentences where it lists none."""
    return QUESTION if document.questions else SENTENCE


def _chunks(number: int, document: Document, embedder: Embedder) -> Iterator[Chunk]:
    for window in embedder.windows(document.text):
        yield Chunk(number, CARD, 0, window)
    for place, sentence in enumerate(document.sentences):
        yield Chunk(number, SENTENCE, place, sentence)
    for place, question in enumerate(document.questions):
        yield Chunk(number, QUESTION, place, question.text)
    for place, beyond in enumerate(document.beyond):
        yield Chunk(number, BEYOND, place, beyond)


def _swap_in(aside: Path, finished: Path) -> None:
    try:
        aside.rename(finished)
    except OSError:
        if not finished.exists():  # else another process has just built the very same index
            raise


def _current(into: Path) -> Path | None:
    try:
        return into / (into / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None


def _point_to(finished: Path, into: Path) -> None:
    pointer = into / f".current-{uuid.uuid4().hex[:8]}"
    pointer.write_text(finished.name, encoding="utf-8")
    os.replace(pointer, into / "current")


def _forget_old(into: Path, current: Path) -> None:
    """Keep the current index and the one before it, which another process may still be reading."""
    others = [path for path in into.iterdir() if (path / "documents.json").exists() and path != current]
    for path in sorted(others, key=lambda one: one.stat().st_mtime)[:-1]:
        shutil.rmtree(path, ignore_errors=True)


def _borders(chunks: NDArray[np.int32], documents: int) -> NDArray[np.int64]:
    """Between which chunks those of each kind of each document lie, in a row of five for each document."""
    starts = np.searchsorted(chunks[:, 0] * KINDS + chunks[:, 1], np.arange(documents * KINDS + 1))
    borders: NDArray[np.int64] = np.lib.stride_tricks.sliding_window_view(starts, KINDS + 1)[::KINDS].copy()
    return borders


def _documents(path: Path) -> list[Document]:
    stored = json.loads(path.read_text(encoding="utf-8"))
    return [
        Document(
            one["id"],
            one["title"],
            tuple(one["sentences"]),
            tuple(Asked(**asked) for asked in one["questions"]),
            tuple(one["beyond"]),
            one["is_limit"],
        )
        for one in stored
    ]
