"""What a message wants of the answer just given: a side of it (its source, the short of it, an example) or a turn
from it (the remedy, the reason, a metric for it).

Told by likeness to the examples of asides.yaml. A message that is nearer to what the base itself is asked, or that
names a figure, a year or a country, is a question of its own and no aside.
"""

import re
from pathlib import Path

import yaml

from knowledge.alike import Grams, Likeness
from knowledge.figures import figures_in
from knowledge.own_texts import OwnTexts
from knowledge.qualifiers import qualifiers_in

EXAMPLES = Path(__file__).with_name("asides.yaml")
NONE = "none"
LIKELY = 0.5
"""How sure the likeness must be."""
ALIKE, VERY_ALIKE = 0.4, 0.5
"""Cosine to the nearest example, at the least; and for a message with a word that no example holds where nothing points
back to what was said: such a word may say what it is about."""
NEARER = 0.25
"""How much nearer a question of the base may be than the nearest example before it is taken for the meant one; by
nothing, where the message holds a word that no example does."""
LONGEST = 12
"""Words of an aside: whoever says more has something to ask."""
IN_A_PRODUCT = "looks"
"""What alone may be asked of a product by its name: "and in Slack?"."""
_SUPPOSES = re.compile(r"\W*(?:(?:and|but|or|so|what)\W+)*(?:if|whether)\b", re.IGNORECASE)
"""Who supposes something asks something new: "and if they refuse"."""
_FORM = re.compile(r"\b\d{1,2}(?= (?:sentences?|lines?|bullets?|points|words|steps|examples?)\b)", re.IGNORECASE)
"""A number that says how long the telling may be is no figure."""
_POINTS_BACK = frozenset(
    "it its that this they them their those these there here some any one ones you your ours mine".split()
)
_FILLERS = frozenset("ok okay pls thx btw hm oh please".split())


class Asides:
    """Reads asides. Safe to share between threads."""

    def __init__(self, own: OwnTexts, path: Path = EXAMPLES) -> None:
        texts = examples_in(path)
        self._embedder = own.embedder
        self._sides = [*dict.fromkeys(side for _, side in texts if side != NONE), NONE]
        told = [(text,) for text, _ in texts]
        self._grams = Grams(told)
        vectors = own.vectors([text for text, _ in texts])
        self._asides = vectors[[side != NONE for _, side in texts]]
        self._words = frozenset(word for text, side in texts if side != NONE for word in _words(text)) | _FILLERS
        self._likeness = Likeness(vectors, self._grams.rows(told), [self._sides.index(side) for _, side in texts])

    def read(self, text: str, nearest_question: float) -> str | None:
        """What is asked for, or None; `nearest_question` is the highest cosine of the text and a base's question."""
        if len(text.split()) > LONGEST or _SUPPOSES.match(text) or figures_in(_FORM.sub("", text)):
            return None
        vector = self._embedder.encode(text).vector
        side, sure = self._likeness.kind_of(vector, self._grams.of((text,)))
        if self._sides[side] == NONE or sure < LIKELY:
            return None
        named = {qualifier.kind for qualifier in qualifiers_in(text)}
        if named and (self._sides[side] != IN_A_PRODUCT or named != {"product"}):
            return None
        alike = float((self._asides @ vector).max())
        return self._sides[side] if alike >= self._least(text, nearest_question) else None

    def _least(self, text: str, nearest_question: float) -> float:
        words = _words(text)
        if self._words.issuperset(words):
            return max(ALIKE, nearest_question - NEARER)
        return max(VERY_ALIKE if _POINTS_BACK.isdisjoint(words) else ALIKE, nearest_question)


def examples_in(path: Path = EXAMPLES) -> list[tuple[str, str]]:
    """The examples of a file, each with its side."""
    stored: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [(text, side) for side, texts in stored.items() for text in texts]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
