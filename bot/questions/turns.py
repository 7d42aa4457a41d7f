"""Follow-ups that name nothing but a turn: the remedy, the signs, the reason. They turn from the card just told.

The cards of one subject are a family, and their titles say which turn of it each one is.
"""

import re
from dataclasses import dataclass

from knowledge.card import Card

OF_THE_FAMILY = 0.15
"""What a card gains, in score, that the card just told names as related, that names it, or that has its barrier."""
SAYS_SO = 0.15
"""What a card gains whose title is one of the turn asked for."""
TOLD = -0.3
"""What the card just told loses, where its own title is not of that turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A way to go on from a subject: how it is asked for in full, and how the titles of its cards read."""

    asked: str
    titles: re.Pattern[str]
    topic: str | None = None
    """Where all cards of one topic are of this turn, that topic."""

    def of(self, told: Card) -> str:
        """The follow-up in full, as the titles of the base would put it."""
        return self.asked.format(subject=subject_of(told))

    def fits(self, card: Card) -> bool:
        return card.topic == self.topic or bool(self.titles.search(card.title))


TURNS = {
    "remedy": Turn("What to do about {subject}", re.compile(r"^(?:What to do|How to close|How to give)\b")),
    "signs": Turn("How to recognise {subject}", re.compile(r"^(?:How to recognise|How to notice|Signs)\b")),
    "reason": Turn("Why {subject}", re.compile(r"^Why\b")),
    "looks": Turn("What {subject} looks like in social tools", re.compile(r"\bsocial tools$")),
    "outside": Turn(
        "What {subject} looks like in dealing with the public", re.compile(r"\bpublic$|\boutside\b|\bcustomers?\b")
    ),
    "measure": Turn("A metric for {subject}", re.compile(r"^The metric\b"), topic="metrics"),
}
_FRAME = re.compile(
    r"^(?:Guideline \d+: |How to (?:recognise|notice) |What to do (?:about|when) |How to |Why |What |Whether |When )"
    r"|\blooks? like (?:in social tools|in dealing with the public|towards the public)$|\b(?:is|are|do|does)\b"
)


def subject_of(card: Card) -> str:
    """What a card is about: its title without the words that only say which turn of the subject it is."""
    return " ".join(_FRAME.sub(" ", _FRAME.sub(" ", card.title)).split())


def fitness(card: Card, turn: Turn, told: Card) -> float:
    """What a card gains, in score, as that turn from the card just told."""
    fits = turn.fits(card)
    if card.id == told.id and not fits:
        return TOLD
    return (OF_THE_FAMILY if _is_kin(card, told) else 0.0) + (SAYS_SO if fits else 0.0)


def _is_kin(card: Card, told: Card) -> bool:
    shares_barrier = card.barrier is not None and (card.barrier, card.topic) == (told.barrier, told.topic)
    return card.id == told.id or shares_barrier or card.id in told.related or told.id in card.related
