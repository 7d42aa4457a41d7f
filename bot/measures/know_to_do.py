"""Know-to-do: how often an answer became a promise."""

from dataclasses import dataclass

from bot.measures.model import FLOOR, Measure, Unit


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers given in a period, how many of them became a commitment within seven days, and how many people asked."""

    given: int = 0
    acted_on: int = 0
    people: int = 0


def know_to_do(answers: Answers, floor: int = FLOOR) -> Measure:
    """Share of the answers that became a commitment within seven days.

    Unit: share, 0 to 1. Formula: answers that became a commitment within seven days / answers given. Small talk, and
    questions without an answer, do not count. Floor: 5 answers.
    """
    return Measure("know-to-do", Unit.SHARE, answers.acted_on, answers.given, answers.people, floor)
