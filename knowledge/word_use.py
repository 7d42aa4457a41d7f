"""How rare a word is, in nats: by the base, by all that is written in English, and by the words it may be a form of."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.documents import Document
from knowledge.shorthand import shorthand
from knowledge.word_forms import related_to, singulars

WORD = re.compile(r"[^\W\d_]{3,}(?!['’]t\b|[^\W\d_])")
"""What is counted and may be mended: three letters or more, and no "mustn" of "mustn't"."""
COMMON = 6.5
"""How rare a word is at the least: else "the" would be what every other word was meant to be."""
STRANGE, STRANGE_NAME = 19.0, 15.0
"""How rare a word is that nobody knows; and one that begins with a capital letter."""
SHORT, FOR_EACH_LETTER = 5, 2.0
"""A strange word of fewer letters is less rare, by so many nats for each letter it lacks."""
A_FORM, A_COMPOUND, COMPOUND = 2.0, 5.0, 14.0
"""How much rarer a form of a known word is; two known words written as one; and how rare these are at the least."""
ZIPF = 0.1
"""Share of all that is written that the commonest word has, about; the n-th has an n-th of it."""
HALF = 0.5
"""How much the words of the base count beside all that is written."""
AS_TYPED = 12.0
"""How rare a word is at the least that only questions hold: those are written down as people type them."""
AS_SHORTHAND = 5
"""How often a shorthand is taken to stand in the base."""


class WordUse:
    """Knows the words of a base, and the common ones of English."""

    def __init__(self, documents: Iterable[Document], common: Sequence[str]) -> None:
        """`common` are English words, the commonest first."""
        told, asked = Counter[str](), Counter[str]()
        for document in documents:
            told.update(WORD.findall(document.text.lower()))
            asked.update(word for question in document.questions for word in WORD.findall(question.text.lower()))
        short = dict.fromkeys(filter(WORD.fullmatch, shorthand()), AS_SHORTHAND)
        self._as_typed = frozenset(asked.keys() - told.keys() - short.keys() - set(common))
        counts = told + asked + Counter(short)
        every = counts.total()
        share = {word: HALF * count / every for word, count in counts.items()}
        for rank, word in enumerate(common, start=1):
            share[word] = share.get(word, 0.0) + HALF * ZIPF / rank
        self._rarity = {word: max(-math.log(used), self._least(word)) for word, used in share.items()}

    def words(self) -> Iterable[str]:
        """Every word whose rarity is known, in small letters."""
        return self._rarity.keys()

    def is_known(self, word: str) -> bool:
        """Whether this is a word of a card, of English, or a shorthand, or the plural of one. In small letters."""
        return any(form in self._rarity and form not in self._as_typed for form in (word, *singulars(word)))

    def rarity(self, word: str) -> float:
        """How rare a word of the base or of English is; infinite for any other."""
        return self._rarity.get(word, math.inf)

    def rarity_as_typed(self, word: str) -> float:
        """The same of any word: it may be a form of a known one, a compound, a name, or strange."""
        lowered = word.lower()
        forms = (self.rarity(known) + A_FORM + unlikely for known, unlikely in related_to(lowered))
        strange = (STRANGE_NAME if word[0].isupper() else STRANGE) - FOR_EACH_LETTER * max(SHORT - len(word), 0)
        return min(self.rarity(lowered), *forms, self._as_compound(lowered), strange)

    def _least(self, word: str) -> float:
        return AS_TYPED if word in self._as_typed else COMMON

    def _as_compound(self, word: str) -> float:
        halves = ((word[:place], word[place:].removesuffix("s")) for place in range(3, len(word) - 1))
        rarest = min((max(map(self.rarity, both)) for both in halves), default=math.inf)
        return max(rarest + A_COMPOUND, COMPOUND)
