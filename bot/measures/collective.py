"""Collective adoption: the sum of what single people do is none. Breadth, depth and persistence, for a team or for all.

One very active person counts once: a person takes part or does not.
"""

from dataclasses import dataclass

from bot.measures.model import FLOOR, Measure, Unit


@dataclass(frozen=True, slots=True)
class Adoption:
    """Counts of teams, of the places in them, and of metrics. Somebody in two teams has a place in each."""

    teams: int = 0
    with_living_metric: int = 0
    """Teams with an active metric that was read within its cadence."""
    members: int = 0
    took_part: int = 0
    """Members who took a step in a commitment, entered a reading or defined a metric in the last four weeks."""
    metrics: int = 0
    """Active metrics that were defined eight weeks ago or earlier."""
    alive: int = 0
    """Of these, the ones that were read within their cadence."""


def breadth(adoption: Adoption, floor: int = FLOOR) -> Measure:
    """Share of the teams that have a living metric.

    Unit: share, 0 to 1. Formula: teams with an active metric read within its cadence / teams. Floor: 5 teams.
    """
    return Measure("breadth", Unit.SHARE, adoption.with_living_metric, adoption.teams, adoption.teams, floor)


def depth(adoption: Adoption, floor: int = FLOOR) -> Measure:
    """Share of the members who took part in the last four weeks, however much each did.

    Unit: share, 0 to 1. Formula: members who took part at least once / members. Floor: 5 members.
    """
    return Measure("depth", Unit.SHARE, adoption.took_part, adoption.members, adoption.members, floor)


def persistence(adoption: Adoption, floor: int = FLOOR) -> Measure:
    """Share of the metrics that are alive eight weeks after they were defined, or later.

    Unit: share, 0 to 1. Formula: active metrics of eight weeks or more that were read within their cadence / active
    metrics of eight weeks or more. A metric that was retired does not count: that is a good outcome. Floor: 5 metrics.
    """
    return Measure("persistence", Unit.SHARE, adoption.alive, adoption.metrics, adoption.metrics, floor)


def collective(adoption: Adoption, floor: int = FLOOR) -> tuple[Measure, ...]:
    """The three together.

    Unit: share, 0 to 1, each. Formula: see breadth, depth and persistence. Floor: 5 teams, members and metrics.
    """
    return breadth(adoption, floor), depth(adoption, floor), persistence(adoption, floor)
