"""Which side of the answer just given a message asks for: its source, how sure it is, the short of it, its figures.

Told by likeness to the examples of asides.yaml. A message that is nearer to what the base itself is asked, or that
names a figure, a year or a country, is a question of its own and no aside.
"""

from pathlib import Path

import numpy as np
import yaml

from knowledge.alike import Grams, Likeness
from knowledge.embedder import Embedder
from knowledge.figures import figures_in
from knowledge.qualifiers import qualifiers_in

EXAMPLES = Path(__file__).with_name("asides.yaml")
NONE = "none"
LIKELY = 0.5
"""How sure the likeness must be."""
NEARER = 0.2
"""How much nearer a question of the base may be than the nearest example before it is taken for the meant one."""
LONGEST = 12
"""Words of an aside: whoever says more has something to ask."""


class Asides:
    """Reads asides. Safe to share between threads; encoding the examples takes a second, once."""

    def __init__(self, embedder: Embedder, path: Path = EXAMPLES) -> None:
        stored: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = [(text, side) for side, texts in stored.items() for text in texts]
        self._embedder = embedder
        self._sides = [*(side for side in stored if side != NONE), NONE]
        told = [(text,) for text, _ in texts]
        self._grams = Grams(told)
        vectors = np.stack([encoded.vector for encoded in embedder.encode_many([text for text, _ in texts])])
        self._asides = vectors[[side != NONE for _, side in texts]]
        self._likeness = Likeness(vectors, self._grams.rows(told), [self._sides.index(side) for _, side in texts])

    def read(self, text: str, nearest_question: float) -> str | None:
        """The side asked for, or None; `nearest_question` is the highest cosine of the text and a base's question."""
        if len(text.split()) > LONGEST or figures_in(text) or next(qualifiers_in(text), None):
            return None
        vector = self._embedder.encode(text).vector
        side, sure = self._likeness.kind_of(vector, self._grams.of((text,)))
        if self._sides[side] == NONE or sure < LIKELY:
            return None
        return self._sides[side] if float((self._asides @ vector).max()) >= nearest_question - NEARER else None
