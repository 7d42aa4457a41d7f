"""Thousands of examples from the base itself: lines that an index was built without, asked as questions of it.

A line heard for a card is a covered question, one beyond a card is a near miss. No golden question is among them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from knowledge.card import Card
from knowledge.documents import documents_of
from knowledge.library import Library
from knowledge.loader import Base
from tests.bench.calibrate import Example, example

PARTS = 3
"""Indexes built, each without other lines."""
HEARD, BEYOND = 10, 7
"""One line in so many is left out."""
HIDDEN = 3
"""One heard line in so many is also asked with its card hidden."""


def rehearsed(library: Library) -> list[Example]:
    """What was seen of every line that was left out of an index. Takes about a minute for each part."""
    return list(chain.from_iterable(_part(library, part) for part in range(PARTS)))


def _part(library: Library, part: int) -> Iterator[Example]:
    cards = library.base.cards.values()
    kept = {card.id: _without(card, part) for card in cards}
    with TemporaryDirectory() as folder:
        for path in (*library._place.into.glob("encoded.db"), *library._place.into.glob("axes*.npy")):
            shutil.copy(path, folder)
        smaller = Library.build(documents_of(Base(library.base.evidence, kept)), Path(folder))
        for card in cards:
            yield from _asked(smaller, card, part)


def _asked(library: Library, card: Card, part: int) -> Iterator[Example]:
    own = frozenset((card.id,))
    for line in card.heard:
        if _is_left_out(line, HEARD, part):
            yield from example(library, line, "heard", own)
            if crc32(line.encode()) // HEARD % HIDDEN == 0:
                yield from example(library, line, "heard hidden", frozenset(), own)
    for line in card.beyond:
        if _is_left_out(line, BEYOND, part):
            yield from example(library, line, "beyond", frozenset())


def _without(card: Card, part: int) -> Card:
    heard = tuple(line for line in card.heard if not _is_left_out(line, HEARD, part))
    return replace(card, heard=heard, beyond=tuple(x for x in card.beyond if not _is_left_out(x, BEYOND, part)))


def _is_left_out(line: str, one_in: int, part: int) -> bool:
    return crc32(line.encode()) % one_in == part
