"""What listeners need read for them: promises, dates and reasons in words. Slow to load, so it runs in a thread."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.commitments.model import Because
from bot.dates.due import Due, read_due
from bot.teams.model import Person

if TYPE_CHECKING:
    from bot.commitments.reader import ReadCommitment


@dataclass(frozen=True, slots=True)
class Remedy:
    """What has helped others against one barrier, and who says so."""

    text: str
    source: str


class Coaching(Protocol):
    """What the knowledge base gives to somebody who could not keep a promise. Off the event loop."""

    async def read_reason(self, words: str) -> Because | None:
        """The barrier that words like these speak of; None where it is not clear."""
        ...

    async def remedy(self, because: Because) -> Remedy | None:
        """One thing that helps, from the cards; None where the reason is none of the barriers."""
        ...


async def read(words: str, person: Person, now: datetime) -> "ReadCommitment":
    """A sentence as a promise: what, by when, how clear."""
    return await asyncio.to_thread(_read, words, person, now)


async def due_in(words: str, person: Person, now: datetime) -> Due:
    """The day that words such as "by Friday" name, for the person who wrote them."""
    return await asyncio.to_thread(read_due, words, now=now, zone=person.zone, language=person.date_language)


def _read(words: str, person: Person, now: datetime) -> "ReadCommitment":
    from bot.commitments.reader import read_commitment  # late: it brings the dictionary of dates

    return read_commitment(words, now=now, zone=person.zone, language=person.date_language)
