"""What a figure is: what is divided by how many, and the floor below which nobody sees it."""

from dataclasses import dataclass
from enum import StrEnum

FLOOR = 5
"""People in a group, and events in an aggregate, below which it is not shown; a setting."""
LOWEST_FLOOR = 3
"""The floor is never set lower; and an aggregate is about at least so many people, whatever the floor: whoever takes
their own part off it is left with more than one other person."""


class Unit(StrEnum):
    SHARE = "share"
    """0 to 1."""
    DAYS = "days"
    """Days for each event, on average."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure and what it stands on. `value` is None where that is too little to be shown."""

    name: str
    unit: Unit
    total: int
    """What is divided: events of the wanted kind, or days."""
    n: int
    """What it is divided by: all events, people, teams or metrics."""
    people: int
    """How many people (or teams) the n are about."""
    floor: int = FLOOR

    @property
    def value(self) -> float | None:
        return self.total / self.n if is_enough(self.n, self.people, self.floor) else None


def is_enough(n: int, people: int, floor: int = FLOOR) -> bool:
    """Whether so many events of so many people may be shown as one figure."""
    return n >= max(floor, LOWEST_FLOOR) and people >= LOWEST_FLOOR


def in_words(count: int) -> str:
    """A count of what went wrong: one is never told from two."""
    return "1-2" if count in (1, 2) else str(count)
