"""The vectors of our own texts (what figures are figures of, examples of asides and reasons), encoded once.

They lie in one file beside the index: an answer that holds a figure against thirty others would encode them all first.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.embedder import SHA256, Embedder, Vectors

FILE = "own.db"
REMEMBERED = 1_024
"""Vectors kept in memory, 1.5 KB each."""
_MODEL = SHA256["model.safetensors"]


class OwnTexts:
    """Gives the vectors of our own texts, from the file where they are in it. May be shared between threads."""

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        """Without a folder, or with one that cannot be written, every process encodes its own."""
        self.embedder = embedder
        self._file = _opened(folder) if folder else None
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._vector)

    def vector(self, text: str) -> Vectors:
        """The unit vector of one text."""
        return self._remembered(text)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; those not yet in the file are encoded together and written to it."""
        found = {text: vector for text in texts if (vector := self._stored(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= {text: one.vector for text, one in zip(new, self.embedder.encode_many(new), strict=True)}
            self._keep({text: found[text] for text in new})
        return np.stack([found[text] for text in texts])

    def _vector(self, text: str) -> Vectors:
        stored = self._stored(text)
        return self.embedder.encode(text).vector if stored is None else stored

    def _stored(self, text: str) -> Vectors | None:
        row = None
        if self._file:
            with suppress(sqlite3.Error):
                row = self._file.execute("SELECT vector FROM own WHERE key = ?", (_key(text),)).fetchone()
        return np.frombuffer(row[0], dtype=np.float32) if row else None

    def _keep(self, new: dict[str, Vectors]) -> None:
        if self._file:
            rows = [(_key(text), vector.tobytes()) for text, vector in new.items()]
            with suppress(sqlite3.Error), self._file:
                self._file.executemany("INSERT OR REPLACE INTO own VALUES (?, ?)", rows)


def _opened(folder: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _with_table(folder / FILE)
        except (OSError, sqlite3.OperationalError):  # a folder that is only read, and holds no such file
            return None
        except sqlite3.DatabaseError:  # damaged: what was in it can be encoded again
            with suppress(OSError):
                (folder / FILE).unlink()
    return None


def _with_table(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=5, check_same_thread=False)
    if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'own'").fetchone():
        file.execute("CREATE TABLE IF NOT EXISTS own (key BLOB PRIMARY KEY, vector BLOB)")
    return file


def _key(text: str) -> bytes:
    return hashlib.sha256(f"{_MODEL}\0{text}".encode()).digest()
