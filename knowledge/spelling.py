"""Mend what was typed in haste, for the search only: "metrik" finds what "metric" finds.

A noisy channel (Kernighan, Church and Gale 1990): of the words near to what was typed that one is taken which is in use
often enough for the slip to be likely; what is no slip of anything, a name say, is left as it is.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.documents import Document
from knowledge.embedder import Embedder
from knowledge.slips import sounding_like, unlikelihood
from knowledge.word_use import WORD, WordUse

ONE_SLIP = 5
"""Letters up to which a word may be one slip away from what was meant; a longer one may be two."""
THREE = 7.5
"""How rare, in nats, what was meant by three letters may be at the most: too little is left of it to tell."""
ACRONYM = 5
"""Letters up to which a word in capitals is no word."""
LONGEST = 30
"""Letters from which on nothing is a word."""
NEAR = 40
"""Words that may be meant, of which the likeliest is taken."""


class Spelling:
    """Mends the words of questions to one base."""

    def __init__(self, documents: Iterable[Document], embedder: Embedder) -> None:
        self._use = WordUse(documents, embedder.words())
        self._begun: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._use.words():
            self._begun[word[0], len(word)].append(word)
        self._remembered = lru_cache(maxsize=1_024)(self._mended_word)

    def mended(self, text: str) -> str:
        """The text with each unknown word replaced by the one that was meant, where that is likely enough."""
        return WORD.sub(lambda match: self._remembered(match[0]), text)

    def _mended_word(self, word: str) -> str:
        typed = _folded(word)
        if len(word) >= LONGEST or _is_name_or_acronym(word) or self._use.is_known(typed):
            return word
        meant = min(self._near(typed), key=lambda near: self._unlikelihood(near, typed), default=word)
        return meant if self._unlikelihood(meant, typed) < self._use.rarity_as_typed(word) else word

    def _near(self, typed: str) -> list[str]:
        slips = 1 if len(typed) <= ONE_SLIP else 2
        starts = {*typed[:2], *sounding_like(typed[0])}  # whoever slips begins with the right sound, or swaps it
        lengths = range(len(typed) - slips, len(typed) + slips + 1)
        alike = [known for begun in product(starts, lengths) for known in self._begun.get(begun, ())]
        near = process.extract(typed, alike, scorer=OSA.distance, score_cutoff=slips, limit=NEAR)
        return [known for known, _, _ in near if len(typed) > 3 or self._is_meant_by_three(known, typed)]

    def _is_meant_by_three(self, known: str, typed: str) -> bool:
        """Swapped or one letter short of a common word: three letters with another one are as likely an acronym."""
        is_slip = len(known) > len(typed) or sorted(known) == sorted(typed)
        return is_slip and self._use.rarity(known) <= THREE

    def _unlikelihood(self, meant: str, typed: str) -> float:
        return self._use.rarity(meant) + unlikelihood(meant, typed)


def _is_name_or_acronym(word: str) -> bool:
    """By its capital letters: "SaaS", "KPIs", "CRM"."""
    return len(word) <= ACRONYM if word.isupper() else any(letter.isupper() for letter in word[1:])


def _folded(word: str) -> str:
    """In small letters without accents, as the model and the word index read it."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))
