"""Mend what was typed in haste, for the search only: "metrik" finds what "metric" finds."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.documents import Document
from knowledge.embedder import Embedder

_WORD = re.compile(r"[^\W\d_]{4,}")
SHORT = 5
"""Words up to this length may be one slip away from what was meant, longer ones two."""
SOUND_ALIKE = ({"c", "k"}, {"s", "z"}, {"f", "v"})
NEAR = 20
"""Words that may be meant, of which the likeliest is taken."""


class Spelling:
    """Knows the words of a base, and English words from the model's vocabulary."""

    def __init__(self, documents: Iterable[Document], embedder: Embedder) -> None:
        texts = [text for document in documents for text in (document.text, *(q.text for q in document.questions))]
        self._counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._counts:
            self._by_length[len(word)].append(word)
        self._is_word = embedder.is_word
        self._remembered = lru_cache(maxsize=1_024)(self._mended_word)

    def mended(self, text: str) -> str:
        """The text with each unknown word replaced by the likeliest word of the base, where one is near enough."""
        return _WORD.sub(lambda match: self._remembered(match[0]), text)

    def _mended_word(self, word: str) -> str:
        lowered = word.lower()
        if lowered in self._counts or self._is_word(lowered) or self._is_word(lowered.removesuffix("s")):
            return word
        slips = 1 if len(word) <= SHORT else 2
        lengths = range(len(word) - slips, len(word) + slips + 1)
        alike = [known for length in lengths for known in self._by_length.get(length, ())]
        near = process.extract(lowered, alike, scorer=OSA.distance, score_cutoff=slips, limit=NEAR)
        likely = [(far, _is_replaced(lowered, known), -self._counts[known], known) for known, far, _ in near]
        likely = [each for each in likely if _may_be_meant(lowered, each[-1], is_replaced=each[1])]
        return str(min(likely)[-1]) if likely else word


def _may_be_meant(typed: str, known: str, *, is_replaced: bool) -> bool:
    """Whoever slips begins with the right sound; of a short word too little is left where a letter is replaced."""
    is_begun_alike = typed[0] == known[0] or typed[:2] == known[1::-1] or {typed[0], known[0]} in SOUND_ALIKE
    return is_begun_alike and not (is_replaced and len(typed) < SHORT)


def _is_replaced(typed: str, known: str) -> bool:
    """Whether a letter stands for another: a rarer slip than one left out, doubled or swapped with its neighbour."""
    return len(typed) == len(known) and sorted(typed) != sorted(known)
