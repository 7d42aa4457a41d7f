"""Days moved: how far a commitment is put off when it is put off."""

from dataclasses import dataclass

from bot.measures.model import FLOOR, Measure, Unit


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves from a due day in a period, the days between the old and the new days, and how many people moved."""

    count: int = 0
    days: int = 0
    people: int = 0


def days_moved(moves: Moves, floor: int = FLOOR) -> Measure:
    """Days from the old due day to the new one, on average.

    Unit: days a move; below 0 where more was brought forward than put off. Formula: days between the old and the new
    due days / moves whose old due day lies in the period. Floor: 5 moves.
    """
    return Measure("days moved", Unit.DAYS, moves.days, moves.count, moves.people, floor)
