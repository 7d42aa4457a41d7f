"""What somebody sees in their Home tab, gathered."""

from dataclasses import dataclass
from datetime import datetime

from bot.commitments.model import Commitment
from bot.metrics.standing import Standing
from bot.teams.model import Away, Person, Team

SHOWN = 5
"""Commitments drawn; the rest is behind "Show all"."""


@dataclass(frozen=True, slots=True)
class Mine:
    """One person's page. `measured` holds what each of their teams measures, in the order of `teams`."""

    person: Person
    now: datetime
    commitments: tuple[Commitment, ...]
    teams: tuple[Team, ...]
    measured: tuple[tuple[Standing, ...], ...]
    nudges: tuple[datetime | None, ...]
    """When each of their teams gets its next one, in the order of `teams`; None where it is stopped."""
    away: tuple[Away, ...]
    is_curator: bool = False
    is_admin: bool = False
