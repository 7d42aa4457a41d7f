"""What a metric is, and what becomes of it: defined, read, reviewed, changed, retired. At most three a team."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.kernel.ids import MetricId, TeamId, UserId, WorkspaceId
from bot.metrics.errors import DecisionMissing, Retired
from bot.teams.model import NotAllowed, Role, Team, role_in

MOST_ACTIVE = 3
"""Active metrics of a team; more of them are looked at less."""
TRIAL = timedelta(weeks=4)
"""How long a metric without a decision may run."""
REVIEW_AFTER = timedelta(weeks=8)
"""When a metric is looked at again, unless somebody says otherwise."""
LONGEST_REASON = 300


class Cadence(StrEnum):
    """How often a metric is read."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def period(self) -> timedelta:
        """The longest time from one reading to the next."""
        return timedelta(days=_DAYS[self])


_DAYS = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 31, Cadence.QUARTERLY: 92}


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    DEPENDS = "depends"
    """Neither is better by itself: too much and too little both say something."""


class Status(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Definition:
    """How the number comes about, so that two people who count get the same one."""

    meaning: str
    formula: str
    unit: str
    direction: Direction
    until: str = ""
    """How far better goes on, such as "up to a plateau"."""
    source: str = ""
    gaming: str = ""
    """How the number can look better without anything being better."""
    guard: str = ""
    """What keeps that from happening."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a team looks at the number: who does, from where to where, and what they decide by it."""

    owner_id: UserId
    cadence: Cadence
    review_on: date
    decision: str | None = None
    """What the team would do differently if it moved; without one it is a trial."""
    baseline: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as it stands. `version` grows with each change, so that two who change it at once are told."""

    id: MetricId
    workspace_id: WorkspaceId
    team_id: TeamId
    name: str
    definition: Definition
    purpose: Purpose
    defined_at: datetime
    template_id: str | None = None
    """The entry of the catalogue it began as."""
    trial_until: date | None = None
    status: Status = Status.ACTIVE
    retired_at: datetime | None = None
    retired_because: str | None = None
    version: int = 1

    @property
    def is_active(self) -> bool:
        return self.status is Status.ACTIVE

    @property
    def is_trial(self) -> bool:
        return self.trial_until is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value on a day. One that was corrected says since when; the one that replaced it is a reading of its own."""

    id: str
    metric_id: MetricId
    day: date
    value: float
    entered_by: UserId
    entered_at: datetime
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """A value that was noted: what it replaced on its day, and the last readings with it, oldest first."""

    metric: Metric
    day: date
    value: float
    before: Reading | None
    readings: Sequence[Reading]
    today: date


def purposeful(purpose: Purpose, today: date) -> tuple[Purpose, date | None]:
    """The purpose as it is kept, and when its trial ends: without a decision it is looked at again in four weeks."""
    if purpose.decision:
        return purpose, None
    end = today + TRIAL
    return replace(purpose, review_on=end), end


def changed(metric: Metric, name: str, definition: Definition, purpose: Purpose, today: date) -> Metric:
    """The next version. A trial that still has no decision ends when it was going to end. Raises: Retired."""
    refuse_retired(metric)
    kept, until = purposeful(purpose, today)
    if until and metric.trial_until:
        until = metric.trial_until
        kept = replace(kept, review_on=until)
    return replace(
        metric, name=name, definition=definition, purpose=kept, trial_until=until, version=metric.version + 1
    )


def kept_on(metric: Metric, until: date, decision: str | None = None) -> Metric:
    """Reviewed and kept until the next review. Raises: Retired; DecisionMissing for a trial that found none."""
    refuse_retired(metric)
    found = decision or metric.purpose.decision
    if not found:
        raise DecisionMissing
    purpose = replace(metric.purpose, decision=found, review_on=until)
    return replace(metric, purpose=purpose, trial_until=None, version=metric.version + 1)


def retired(metric: Metric, now: datetime, because: str | None) -> Metric:
    """No longer read; what was read stays. Raises: Retired where it is already."""
    refuse_retired(metric)
    reason = " ".join((because or "").split())[:LONGEST_REASON]
    return replace(
        metric, status=Status.RETIRED, retired_at=now, retired_because=reason or None, version=metric.version + 1
    )


def refuse_retired(metric: Metric) -> None:
    if not metric.is_active:
        raise Retired


def refuse_outsider(team: Team, user_id: UserId, what: str) -> None:
    """Raises NotAllowed for somebody who is not in the team; `what` completes "Only … can"."""
    if role_in(team, user_id) is Role.OUTSIDE:
        raise NotAllowed("people of the team", what)


def may_change(metric: Metric, team: Team, user_id: UserId) -> bool:
    """Its owner and the team's leads, as long as they are in the team."""
    role = role_in(team, user_id)
    return role is Role.LEAD or (role is Role.MEMBER and user_id == metric.purpose.owner_id)


def refuse_change(metric: Metric, team: Team, user_id: UserId) -> None:
    """Raises NotAllowed for anybody but the owner and the leads."""
    refuse_outsider(team, user_id, "see its metrics")
    if not may_change(metric, team, user_id):
        raise NotAllowed("its owner and the team's leads", "change or retire a metric")
