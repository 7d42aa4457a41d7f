"""What a team is told once a week, and what it is chosen from. Pure values: no kind of nudge reads anything itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.metrics.model import Metric
from bot.metrics.standing import Standing
from bot.teams.model import Team

TIRED_AFTER = 3
"""A kind that was not acted on so many times in a row makes room for another."""
QUIET_AFTER = 3
"""After so many weeks without an act the coach asks, once, whether to stop; and comes half as often."""
ACTED_SHARE = 0.2
"""Below this share of nudges acted on, over the last three, the rhythm is halved."""


class Act(StrEnum):
    """The one thing a nudge offers to do; each opens the right window."""

    DEFINE = "define"
    LOG = "log"
    REVIEW = "review"
    COMMIT = "commit"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: what it does, with what, and what it says."""

    act: Act
    label: str
    value: str = ""
    """The id of a template or a card; the words of a first step."""
    metric: Metric | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """One message to a team. `why` says why it is shown now; the first offer is the primary one."""

    kind: str
    text: str
    why: str
    offers: tuple[Offer, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A metric of the catalogue that fits."""

    template_id: str
    name: str
    decides: str
    """The decision it informs."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing to try, from a card, with its source."""

    card_id: str
    title: str
    step: str
    source: str
    is_asked: bool = False
    """Whether the team has asked about its topic lately."""


@dataclass(frozen=True, slots=True)
class Past:
    """A nudge the team got before, the newest first in a list."""

    kind: str
    sent_at: datetime
    acted: bool


@dataclass(frozen=True, slots=True)
class TeamState:
    """How a team stands at its hour: all that a kind of nudge may look at."""

    team: Team
    today: date
    measured: tuple[Standing, ...] = ()
    last_promise_on: date | None = None
    past: tuple[Past, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    practices: tuple[Practice, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nobody acted on the last three nudges."""
        last = self.past[:QUIET_AFTER]
        return len(last) == QUIET_AFTER and not any(one.acted for one in last)

    @property
    def halves(self) -> bool:
        """Whether so little was acted on lately that half as often is enough. Acting resets it."""
        last = self.past[:QUIET_AFTER]
        return len(last) == QUIET_AFTER and sum(one.acted for one in last) < ACTED_SHARE * len(last)


Compose = Callable[[TeamState], Nudge | None]
"""A kind of nudge: what it says to a team in this state, or None where it has nothing to say."""


def is_tired(kind: str, past: Sequence[Past]) -> bool:
    """Whether the last three of a kind, in a row, were not acted on."""
    last = [one.acted for one in past if one.kind == kind][:TIRED_AFTER]
    return len(last) == TIRED_AFTER and not any(last)
