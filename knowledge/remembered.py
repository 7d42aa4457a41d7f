"""Encoded texts kept on disk in short form, so that a rebuilt index encodes only what changed."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from knowledge.embedder import SHA256, Embedder, Encoded, Vectors
from knowledge.maxsim import DIMENSIONS, Compact, compacted, principal_axes

_MODEL = SHA256["model.safetensors"][:16]
SAMPLE = 1_500
"""Texts from which the axes are taken: more do not turn them any further."""
OUTGROWN = 2
"""How many times as many texts as the axes were taken of make them too old; beyond SAMPLE they stay."""
AT_ONCE = 512
"""Texts encoded before they are written: their full vectors would fill the memory otherwise."""


def encode_all(texts: Sequence[str], embedder: Embedder, folder: Path) -> tuple[Vectors, dict[str, Compact]]:
    """The axes in use, and each distinct text in short form: from the folder, else by the model and then into it."""
    distinct = list(dict.fromkeys(texts))
    axes, sample = _axes(distinct, embedder, folder)
    salt = f"{_MODEL}\0{hashlib.sha256(axes.tobytes()).hexdigest()}\0"
    with closing(sqlite3.connect(folder / "encoded.db", timeout=15)) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS compact (key BLOB PRIMARY KEY, vector BLOB, tokens BLOB, pieces BLOB)"
        )
        known = {text: found for text in distinct if (found := _read(connection, _key(salt, text)))}
        known |= _kept(connection, salt, {text: compacted(encoded, axes) for text, encoded in sample.items()})
        new = [text for text in distinct if text not in known]
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            short = [compacted(encoded, axes) for encoded in embedder.encode_many(part)]
            known |= _kept(connection, salt, dict(zip(part, short, strict=True)))
    return axes, known


def _axes(texts: Sequence[str], embedder: Embedder, folder: Path) -> tuple[Vectors, dict[str, Encoded]]:
    """The axes taken before, as long as the texts they were taken of still speak for all; the file says how many.

    Else new ones, and the texts that were encoded to take them.
    """
    for path in folder.glob("axes-*.npy"):
        taken_of = int(path.stem.removeprefix("axes-"))
        if taken_of >= SAMPLE or len(texts) < OUTGROWN * taken_of:
            with suppress(OSError, ValueError, EOFError):  # damaged: then every text is encoded anew
                stored: Vectors = np.load(path)
                return stored, {}
        path.unlink(missing_ok=True)
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    encoded = dict(zip(sample, embedder.encode_many(sample), strict=True))
    axes = principal_axes(np.concatenate([one.tokens for one in encoded.values()]))
    np.save(folder / f"axes-{len(texts)}.npy", axes)
    return axes, encoded


def _kept(connection: sqlite3.Connection, salt: str, new: dict[str, Compact]) -> dict[str, Compact]:
    with connection:
        connection.executemany("INSERT OR REPLACE INTO compact VALUES (?, ?, ?, ?)", _rows(salt, new))
    return new


def _key(salt: str, text: str) -> bytes:
    return hashlib.sha256(f"{salt}{text}".encode()).digest()


def _rows(salt: str, new: dict[str, Compact]) -> Iterable[tuple[bytes, bytes, bytes, bytes]]:
    for text, one in new.items():
        pieces = np.array(one.pieces, dtype=np.int32).tobytes()
        yield _key(salt, text), one.vector.tobytes(), one.tokens.tobytes(), pieces


def _read(connection: sqlite3.Connection, key: bytes) -> Compact | None:
    row = connection.execute("SELECT vector, tokens, pieces FROM compact WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    tokens = np.frombuffer(row[1], dtype=np.int8).reshape(-1, DIMENSIONS)
    return Compact(
        np.frombuffer(row[0], dtype=np.float32), tokens, tuple(np.frombuffer(row[2], dtype=np.int32).tolist())
    )
