"""Rows of a large matrix in a file, read when they are asked for.

Mapped into memory, every page that was ever touched would count as the coach's own. Read, they stay the system's, to
keep or to let go, and cost hardly more: fifty rows of 384 figures take some ten microseconds.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.int8)


class Rows(Generic[Number]):
    """A matrix that begins so many bytes into a file. May be shared between threads."""

    def __init__(self, path: Path, kind: type[Number], *, width: int, offset: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._kind: type[Number] = kind
        self._width, self._offset = width, offset
        self._row = width * np.dtype(kind).itemsize

    def span(self, start: int, end: int) -> NDArray[Number]:
        """The rows from `start` up to `end`. Raises ValueError when the file has become shorter."""
        return self.spans([(start, end)])

    def spans(self, spans: Sequence[tuple[int, int]]) -> NDArray[Number]:
        """The rows of each span, from its start up to its end, one span after another.

        Raises ValueError when the file has become shorter.
        """
        found = np.empty((sum(end - start for start, end in spans), self._width), self._kind)
        buffer, at = found.reshape(-1).view(np.uint8).data, 0
        for start, end in spans:
            size = (end - start) * self._row
            if os.preadv(self._file.fileno(), [buffer[at : at + size]], self._offset + start * self._row) < size:
                raise ValueError(f"a file was cut short: it holds no rows {start} to {end}")
            at += size
        return found


def rows_of_npy(path: Path, kind: type[Number]) -> Rows[Number]:
    """A matrix that numpy saved. Raises ValueError when the file is cut short or holds figures of another kind."""
    mapped = np.load(path, mmap_mode="r")
    if mapped.dtype != kind:
        raise ValueError(f"{path.name} holds {mapped.dtype}")
    return Rows(path, kind, width=mapped.shape[1], offset=mapped.offset)


def rows_of_safetensors(path: Path, name: str) -> Rows[np.float32]:
    """A matrix by its name. Eight bytes give the length of the JSON behind them, which says what is where.

    Source: huggingface.co/docs/safetensors (format).
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        told = json.loads(file.read(length))[name]
    return Rows(path, np.float32, width=told["shape"][1], offset=8 + length + told["data_offsets"][0])
