"""Nudge response: whether what the coach sends of its own accord is of use."""

from dataclasses import dataclass

from bot.measures.model import FLOOR, Measure, Unit


@dataclass(frozen=True, slots=True)
class Nudges:
    """Messages the coach sent of its own accord in a period, how many moved somebody to act, and whom they reached."""

    sent: int = 0
    answered: int = 0
    people: int = 0


def nudge_response(nudges: Nudges, floor: int = FLOOR) -> Measure:
    """Share of the coach's own messages after which somebody they were for did something within seven days.

    Unit: share, 0 to 1. Formula: messages followed by a step in a commitment, a reading or an opened report of those
    they were for, within seven days / messages sent. Floor: 5 messages.
    """
    return Measure("nudge response", Unit.SHARE, nudges.answered, nudges.sent, nudges.people, floor)
