"""The gap of an organisation as a ladder: understand, monitor, measure, report. Beside it the survey of 2012.

The rungs are different questions put to different groups. They are no funnel, and nobody falls from one to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.measures.model import FLOOR, Measure, Unit


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A figure of the survey, of whom it is, and the entry of the knowledge base it stands in."""

    percent: int
    of: str
    evidence: str


SURVEY: Mapping[str, tuple[Surveyed, ...]] = {
    "understand": (Surveyed(90, "respondents", "stanford-90-understand"),),
    "monitor": (Surveyed(32, "companies", "stanford-32-monitor"),),
    "measure": (Surveyed(14, "companies", "stanford-14-metrics"),),
    "report": (
        Surveyed(24, "senior managers", "stanford-24-managers-reports"),
        Surveyed(8, "directors", "stanford-8-directors-reports"),
    ),
}
SURVEY_YEAR, SURVEY_SAMPLE = 2012, 184


@dataclass(frozen=True, slots=True)
class Rungs:
    """Teams of an organisation, and how many of them stand on which rung."""

    teams: int = 0
    asked: int = 0
    """Teams whose lead answered the pulse of the quarter; the first two rungs are shares of these."""
    understand: int = 0
    monitor: int = 0
    """Teams whose lead named a listening routine."""
    measure: int = 0
    """Teams with a metric read within its cadence."""
    report: int = 0
    """Teams whose lead opened a report in the last four weeks."""


def ladder(rungs: Rungs, floor: int = FLOOR) -> tuple[Measure, ...]:
    """The four rungs of the organisation, in the order of the survey's.

    Unit: share, 0 to 1, each. Formula: teams whose lead says "understand" in the pulse, and teams with a listening
    routine, each / teams whose lead answered it; teams with a metric read within its cadence, and teams whose lead
    opened a report in the last four weeks, each / all teams. Floor: 5 teams.
    """
    shares = {
        "understand": (rungs.understand, rungs.asked),
        "monitor": (rungs.monitor, rungs.asked),
        "measure": (rungs.measure, rungs.teams),
        "report": (rungs.report, rungs.teams),
    }
    return tuple(Measure(name, Unit.SHARE, total, n, n, floor) for name, (total, n) in shares.items())
