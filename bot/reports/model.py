"""What a report is made of: counts, and commitments their owners chose to share. No field holds a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.commitments.model import Because, Status
from bot.kernel.ids import TeamId, UserId
from bot.measures.collective import Adoption
from bot.measures.days_moved import Moves
from bot.measures.know_to_do import Answers
from bot.measures.ladder import Rungs
from bot.measures.model import FLOOR, is_enough
from bot.measures.nudge_response import Nudges
from bot.measures.outcomes import Outcomes
from bot.metrics.model import Reading
from bot.metrics.standing import Standing
from bot.reports.periods import Period

TREND_WEEKS = 8
ACCOUNTED_FOR, IN_ALL = "accounted_for", "in_all"
"""The sections whose first line is the headline: a team's, and the organisation's."""


class Step(StrEnum):
    """What a lead did with a report."""

    SENT = "sent"
    OPENED = "opened"
    DECIDED = "decided"
    NOTHING = "nothing"
    DISCUSS = "discuss"


DECISIONS = (Step.DECIDED, Step.NOTHING, Step.DISCUSS)


@dataclass(frozen=True, slots=True)
class Own:
    """A commitment of whoever reads the report; they see how it stands, and nobody else does."""

    what: str
    due: date
    status: Status


@dataclass(frozen=True, slots=True)
class Shared:
    """An open commitment its owner shows to whoever reads the report."""

    what: str
    due: date
    owner_id: UserId


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why commitments were missed, as their owners confirmed it, and how many people said so."""

    counts: Mapping[Because, int] = field(default_factory=dict)
    people: int = 0

    @property
    def given(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric as it stands, with its last readings, oldest first."""

    stands: Standing
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What the coach did for a team in a period."""

    answers: Answers = field(default_factory=Answers)
    nudges: Nudges = field(default_factory=Nudges)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a lead made of a report on a day."""

    step: Step
    on: date


@dataclass(frozen=True, slots=True)
class TeamPeriod:
    """A team in a period, as one reader may see it."""

    team_id: TeamId
    name: str
    members: int
    period: Period
    today: date
    floor: int = FLOOR
    for_lead: bool = True
    own: tuple[Own, ...] | None = None
    """None where nobody reads it as a member of the team, such as on the command line."""
    own_when: str = ""
    """Of which days those are, where it is another period."""
    outcomes: Outcomes = field(default_factory=Outcomes)
    weeks: tuple[tuple[str, Outcomes], ...] = ()
    """The ISO weeks up to the end of the period, oldest first."""
    moves: Moves = field(default_factory=Moves)
    still_open: tuple[Shared, ...] = ()
    reasons: Reasons = field(default_factory=Reasons)
    measured: tuple[Measured, ...] = ()
    adoption: Adoption = field(default_factory=Adoption)
    done: Done = field(default_factory=Done)
    organisation: Rungs | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def is_seen(self) -> bool:
        """Whether the team is large enough for totals at all."""
        return self.members >= self.floor

    def tells(self, outcomes: Outcomes) -> bool:
        """Whether these may be shown as totals."""
        return self.is_seen and is_enough(outcomes.due, outcomes.people, self.floor)


@dataclass(frozen=True, slots=True)
class Overview:
    """An organisation, as its admins see it: no team by name."""

    rungs: Rungs
    adoption: Adoption
    today: date
    floor: int = FLOOR


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a report as it is shown. The CSV file and the JSON hold these and nothing else."""

    name: str
    shown: str
    n: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over weeks or readings; the figures stand in words beside it."""

    title: str
    labels: tuple[str, ...]
    lines: Mapping[str, tuple[float, ...]]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A commitment on a line of its own. `owner_id` where it may be named: never beside how one went."""

    what: str
    told: str
    owner_id: UserId | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. `lines` are sentences of the coach, with the words of others marked in them (mrkdwn.py)."""

    name: str
    title: str
    lines: tuple[str, ...]
    items: tuple[Item, ...] = ()
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What is drawn, printed or handed over as a file."""

    title: str
    sections: tuple[Section, ...]
    team_id: TeamId | None = None
    key: str = ""
    """The period, as a step is remembered by it."""
    for_lead: bool = False

    @property
    def first_line(self) -> str:
        """What was due, and how much of it is accounted for; or how large the organisation is."""
        return next((one.lines[0] for one in self.sections if one.name in (ACCOUNTED_FOR, IN_ALL)), "")

    @property
    def headline(self) -> str:
        """What a phone shows of it."""
        return f"{self.title}. {self.first_line}".strip()
