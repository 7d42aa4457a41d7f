"""Every section of a report, in order. To add one: a file beside this one, and its line here."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.reports.model import Section, TeamPeriod
from bot.reports.sections import (
    accounted_for,
    barriers,
    coach,
    collective,
    decision,
    ladder,
    metrics,
    only_you,
    outcomes,
    own,
    still_open,
)


class Part(NamedTuple):
    """How a section is built from a period, and whether members who do not lead see it."""

    build: Callable[[TeamPeriod], Section | None]
    for_members: bool


ALL_SECTIONS: Mapping[str, Part] = {
    own.NAME: Part(own.section, for_members=True),
    only_you.NAME: Part(only_you.section, for_members=False),
    accounted_for.NAME: Part(accounted_for.section, for_members=True),
    outcomes.NAME: Part(outcomes.section, for_members=True),
    still_open.NAME: Part(still_open.section, for_members=True),
    barriers.NAME: Part(barriers.section, for_members=False),
    metrics.NAME: Part(metrics.section, for_members=True),
    collective.NAME: Part(collective.section, for_members=True),
    ladder.NAME: Part(ladder.section, for_members=True),
    coach.NAME: Part(coach.section, for_members=False),
    decision.NAME: Part(decision.section, for_members=False),
}
