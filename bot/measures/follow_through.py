"""Follow-through: of what was to be closed, the share that was kept."""

from bot.measures.model import FLOOR, Measure, Unit
from bot.measures.outcomes import Outcomes


def follow_through(outcomes: Outcomes, floor: int = FLOOR) -> Measure:
    """Share of the commitments due in a period that were kept, on time or later.

    Unit: share, 0 to 1. Formula: kept / (kept + missed + silent). What was dropped, or moved in time, does not count;
    neither does what is not closed yet. Floor: 5 commitments.
    """
    n = outcomes.kept + outcomes.missed + outcomes.silent
    return Measure("follow-through", Unit.SHARE, outcomes.kept, n, outcomes.closers, floor)
