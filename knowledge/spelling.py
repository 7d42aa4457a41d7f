"""Mend what was typed in haste, for the search only: "metrik" finds what "metric" finds."""

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.documents import Document
from knowledge.embedder import Embedder

_WORD = re.compile(r"[^\W\d_]{4,}")
SHORT = 5
"""Words up to this length may be one slip away from what was meant, longer ones two."""


class Spelling:
    """Knows the words of a base, and English words from the model's vocabulary."""

    def __init__(self, documents: Iterable[Document], embedder: Embedder) -> None:
        texts = [text for document in documents for text in (document.text, *(q.text for q in document.questions))]
        self._counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._base = list(self._counts)
        self._is_word = embedder.is_word

    def mended(self, text: str) -> str:
        """The text with each unknown word replaced by the likeliest word of the base, where one is near enough."""
        return _WORD.sub(lambda match: self._mended_word(match[0]), text)

    def _mended_word(self, word: str) -> str:
        lowered = word.lower()
        if lowered in self._counts or self._is_word(lowered) or self._is_word(lowered.removesuffix("s")):
            return word
        slips = 1 if len(word) <= SHORT else 2
        near = process.extract(lowered, self._base, scorer=OSA.distance, score_cutoff=slips, limit=5)
        if not near:
            return word
        return str(min(near, key=lambda found: (found[1], -self._counts[found[0]]))[0])
