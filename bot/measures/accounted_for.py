"""Accounted for: the headline. Not whether everything was kept, but whether one knows what became of it."""

from bot.measures.model import FLOOR, Measure, Unit
from bot.measures.outcomes import Outcomes


def accounted_for(outcomes: Outcomes, floor: int = FLOOR) -> Measure:
    """Share of the commitments due in a period whose owners said what became of them.

    Unit: share, 0 to 1. Formula: (kept + missed with an answer + dropped + moved in time) / all that were due in the
    period or moved out of it. What is due and whose day is not over does not count yet. Floor: 5 commitments.
    """
    return Measure("accounted for", Unit.SHARE, outcomes.accounted, outcomes.due, outcomes.people, floor)
