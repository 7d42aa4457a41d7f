"""How a question is put: its words and pairs of neighbouring words, held against the single questions of a document.

"What is …", "how do I …" and "who says …" ask different things in the same words. Only small words tell them apart,
which BM25 over a whole document leaves out. TF-IDF and cosine (Salton and Buckley 1988).
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Vectors

BINS = 1 << 18
NEAREST = 8
"""Questions of a document, the likest ones, of which the mean is taken: one alone is alike by chance."""
_WORD = re.compile(r"\w+")


class Phrasing:
    """The questions of an index by their words."""

    def __init__(self, folder: Path, texts: int) -> None:
        """`texts` is the number of texts in the index. Raises OSError, ValueError."""
        self._starts: NDArray[np.int32] = np.load(folder / "phrasing-starts.npy")
        self._texts: NDArray[np.int32] = np.load(folder / "phrasing-texts.npy")
        self._weights: Vectors = np.load(folder / "phrasing-weights.npy")
        self._told = int(np.load(folder / "phrasing-told.npy"))
        self._count = texts

    def likeness(self, text: str) -> Vectors:
        """The cosine of this question and each text of the index, 0 to 1; 0 for those that tell of no question."""
        asked = _weighed(_parts_of(text), self._rarity)
        if not asked:
            return np.zeros(self._count, dtype=np.float32)
        spans = [(slice(self._starts[part], self._starts[part + 1]), weight) for part, weight in asked.items()]
        texts = np.concatenate([self._texts[span] for span, _ in spans])
        weights = np.concatenate([self._weights[span] * weight for span, weight in spans])
        found: Vectors = np.bincount(texts, weights, minlength=self._count).astype(np.float32)
        return found

    def _rarity(self, part: int) -> float:
        return _rarity(self._told, int(self._starts[part + 1] - self._starts[part]))


def mean_of_likest(likeness: Vectors, start: int, end: int) -> float:
    """How alike a document is whose questions are the texts from `start` up to `end`."""
    alike = likeness[start:end]
    if len(alike) > NEAREST:
        alike = np.partition(alike, -NEAREST)[-NEAREST:]
    return float(alike.mean()) if len(alike) else 0.0


def write_phrasing(folder: Path, told: Mapping[int, str]) -> None:
    """Write which of these texts (by their number in the index) hold each part of a phrase, and its weight there."""
    counted = {number: _parts_of(text) for number, text in told.items()}
    holding = Counter(part for parts in counted.values() for part in parts)
    posted = sorted(
        (part, number, weight)
        for number, parts in counted.items()
        for part, weight in _weighed(parts, lambda part: _rarity(len(told), holding[part])).items()
    )
    starts = np.searchsorted(np.array([part for part, _, _ in posted]), np.arange(BINS + 1))
    np.save(folder / "phrasing-starts.npy", starts.astype(np.int32))
    np.save(folder / "phrasing-texts.npy", np.array([number for _, number, _ in posted], dtype=np.int32))
    np.save(folder / "phrasing-weights.npy", np.array([weight for _, _, weight in posted], dtype=np.float32))
    np.save(folder / "phrasing-told.npy", len(told))


def _parts_of(text: str) -> Counter[int]:
    """The words and pairs of neighbouring words, as bins, with how often each occurs."""
    words = _WORD.findall(text.lower())
    return Counter(crc32(part.encode()) % BINS for part in (*words, *map(" ".join, pairwise(words))))


def _weighed(parts: Mapping[int, int], rarity: Callable[[int], float]) -> dict[int, float]:
    """What each part weighs, unit length; a part said twice counts a little more than one said once."""
    weights = {part: (1 + math.log(count)) * rarity(part) for part, count in parts.items()}
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {part: weight / length for part, weight in weights.items()}


def _rarity(texts: int, holding: int) -> float:
    return math.log((1 + texts) / (1 + holding)) + 1
