"""What a commitment is, and the one state machine: open, then kept, missed, dropped or silent; moved while open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.commitments.errors import AlreadyClosed, DateRefused, NotClosed, NothingToUndo, NotYours
from bot.kernel.ids import CommitmentId, MetricId, TeamId, UserId, WorkspaceId
from bot.kernel.weeks import A_DAY, day_of, end_of_day
from bot.teams.model import Away, Role, Visibility

LONGEST_WHAT = 300
LONGEST_NOTE = 500
FARTHEST = timedelta(days=366)
SILENT_AFTER = timedelta(days=7)
"""A commitment nobody spoke of for this long after its due day is silent."""
UNDO = timedelta(minutes=10)
"""How long its owner may take a step back."""
SAME_AGAIN = 3
"""The same words so many times in a row: still right, or just what we always do?"""


class Status(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    DROPPED = "dropped"
    SILENT = "silent"


class Because(StrEnum):
    """Why something was not done: one of the five barriers, or none of them."""

    TALK = "talk"
    MEMORY = "memory"
    FEAR = "fear"
    MEASUREMENT = "measurement"
    COMPETITION = "competition"
    OUTSIDE = "outside-control"
    UNSAID = "rather-not-say"


BARRIERS = (Because.TALK, Because.MEMORY, Because.FEAR, Because.MEASUREMENT, Because.COMPETITION)
IN_WORDS = {
    Because.TALK: "talk that took the place of doing",
    Because.MEMORY: "the way it was always done",
    Because.FEAR: "fear of how it looks",
    Because.MEASUREMENT: "being measured on something else",
    Because.COMPETITION: "working against each other",
    Because.OUTSIDE: "something outside your control",
    Because.UNSAID: "you would rather not say",
}
"""How each is spoken of: "I read that as …"."""


class Step(StrEnum):
    """What happened to a commitment; one row of its history each."""

    MADE = "made"
    MOVED = "moved"
    KEPT = "kept"
    MISSED = "missed"
    BECAUSE = "because"
    DROPPED = "dropped"
    SILENT = "silent"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody is about to commit to; nothing of it is stored before their click."""

    what: str
    due: date
    visibility: Visibility
    why: str | None = None
    """Which goal, rule or value it serves."""
    if_then: str | None = None
    metric_id: MetricId | None = None
    team_id: TeamId | None = None
    card_id: str | None = None
    answer_id: str | None = None
    link: str | None = None
    recurring: str | None = None
    """A rule of RFC 5545 (bot.dates.recurrence), where it begins anew once it is closed."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise and what came of it, as it stands. `version` is the number of its last step."""

    id: CommitmentId
    workspace_id: WorkspaceId
    owner_id: UserId
    promise: Promise
    zone: ZoneInfo
    """Where its owner lived when it was made: there its due day ends."""
    made_at: datetime
    status: Status = Status.OPEN
    moves: int = 0
    on_time: bool = False
    because: Because | None = None
    asked_times: int = 0
    """How often its owner was asked how it went, and when last."""
    asked_on: date | None = None
    closed_at: datetime | None = None
    version: int = 1

    @property
    def due(self) -> date:
        return self.promise.due

    @property
    def due_ends_at(self) -> datetime:
        return end_of_day(self.promise.due, self.zone)

    @property
    def is_open(self) -> bool:
        return self.status is Status.OPEN

    def is_due(self, now: datetime) -> bool:
        """Whether its due day has come, or is over."""
        return self.is_open and day_of(now, self.zone) >= self.due


@dataclass(frozen=True, slots=True)
class Happened:
    """A step of a commitment: what, by whom, when, and what it needs to be taken back (`told`)."""

    step: Step
    actor_id: UserId
    at: datetime
    told: dict[str, str | int | bool | None] = field(default_factory=dict)


def made(
    promise: Promise, *, id: CommitmentId, workspace_id: WorkspaceId, owner_id: UserId, zone: ZoneInfo, now: datetime
) -> tuple[Commitment, Happened]:
    """A new commitment and its first step. Raises: DateRefused."""
    refuse_date(promise.due, day_of(now, zone))
    commitment = Commitment(id, workspace_id, owner_id, promise, zone, now)
    return commitment, Happened(Step.MADE, owner_id, now, {"due": promise.due.isoformat()})


def refuse_date(due: date, today: date) -> None:
    """Raises DateRefused for a day that is over or beyond a year."""
    if due < today:
        raise DateRefused("That day is over already.")
    if due > today + FARTHEST:
        raise DateRefused("That is more than a year away.")


def kept(commitment: Commitment, actor: UserId, now: datetime) -> tuple[Commitment, Happened]:
    """Raises: NotYours, AlreadyClosed. On time means: at or before the end of the due day in the owner's zone."""
    _for_owner(commitment, actor)
    on_time = now <= commitment.due_ends_at
    return _closed(commitment, Status.KEPT, now, on_time), _step(Step.KEPT, commitment, actor, now)


def missed(commitment: Commitment, actor: UserId, now: datetime) -> tuple[Commitment, Happened]:
    """Raises: NotYours, AlreadyClosed. The reason, if any, follows as a step of its own."""
    _for_owner(commitment, actor)
    return _closed(commitment, Status.MISSED, now), _step(Step.MISSED, commitment, actor, now)


def dropped(commitment: Commitment, actor: UserId, now: datetime, reason: str) -> tuple[Commitment, Happened]:
    """Raises: NotYours, AlreadyClosed."""
    _for_owner(commitment, actor, reopens=(Status.MISSED, Status.SILENT))
    step = _step(Step.DROPPED, commitment, actor, now, reason=" ".join(reason.split())[:LONGEST_NOTE])
    return _closed(commitment, Status.DROPPED, now), step


def moved(commitment: Commitment, actor: UserId, now: datetime, to: date) -> tuple[Commitment, Happened]:
    """To another day, as often as needed, counted. In time means: before the due day ended where the owner lives.

    Raises: NotYours, AlreadyClosed, DateRefused.
    """
    _for_owner(commitment, actor, reopens=(Status.MISSED, Status.SILENT))
    refuse_date(to, day_of(now, commitment.zone))
    in_time = commitment.is_open and now <= commitment.due_ends_at
    told = _step(
        Step.MOVED, commitment, actor, now, due=to.isoformat(), was=commitment.due.isoformat(), in_time=in_time
    )
    later = replace(
        commitment,
        promise=replace(commitment.promise, due=to),
        moves=commitment.moves + 1,
        asked_times=0,
        asked_on=None,
        status=Status.OPEN,
        because=None,
        closed_at=None,
        version=commitment.version + 1,
    )
    return later, told


def explained(commitment: Commitment, actor: UserId, now: datetime, because: Because) -> tuple[Commitment, Happened]:
    """Why it was missed, once its owner has confirmed it. Raises: NotYours, NotClosed."""
    refuse_others(commitment, actor)
    if commitment.status is not Status.MISSED:
        raise NotClosed
    told = _step(Step.BECAUSE, commitment, actor, now, because=because.value)
    return replace(commitment, because=because, version=commitment.version + 1), told


def fell_silent(
    commitment: Commitment, now: datetime, coach: UserId, away: Sequence[Away] = ()
) -> tuple[Commitment, Happened] | None:
    """Seven days after the due day without a word, days away not counted; None before that.

    Nobody did anything, so the coach is the actor.
    """
    last = day_of(now, commitment.zone)
    days = (commitment.due + n * A_DAY for n in range(1, (last - commitment.due).days + 1))
    gone = sum(any(one.covers(day) for one in away) for day in days)
    if not commitment.is_open or now < commitment.due_ends_at + SILENT_AFTER + gone * A_DAY:
        return None
    return _closed(commitment, Status.SILENT, now), _step(Step.SILENT, commitment, coach, now)


def undone(commitment: Commitment, last: Happened, actor: UserId, now: datetime) -> tuple[Commitment, Happened]:
    """The last step taken back by its owner within ten minutes. Making it is not undone but deleted (see flow.undo).

    Raises: NotYours, NothingToUndo.
    """
    refuse_others(commitment, actor)
    if last.step in (Step.UNDONE, Step.SILENT, Step.MADE) or now - last.at > UNDO:
        raise NothingToUndo
    before = last.told
    closed_at = before["before_closed_at"]
    back = replace(
        commitment,
        status=Status(str(before["before"])),
        because=Because(str(before["before_because"])) if before["before_because"] else None,
        on_time=bool(before["before_on_time"]),
        closed_at=datetime.fromisoformat(str(closed_at)) if closed_at else None,
        promise=replace(commitment.promise, due=date.fromisoformat(str(before["before_due"]))),
        moves=int(before["before_moves"] or 0),
        version=commitment.version + 1,
    )
    return back, Happened(Step.UNDONE, actor, now, {"undid": last.step.value})


def may_see(visibility: Visibility, role: Role) -> bool:
    """Whether somebody who is this to the team may see what is not theirs."""
    return (
        role is Role.LEAD if visibility is Visibility.LEAD else visibility is Visibility.TEAM and role != Role.OUTSIDE
    )


def is_the_same_again(what: str, earlier: Sequence[str]) -> bool:
    """Whether these words make it the third time unchanged; `earlier` are the owner's last ones, newest first."""
    recent = [_bare(one) for one in earlier[: SAME_AGAIN - 1]]
    return len(recent) == SAME_AGAIN - 1 and all(one == _bare(what) for one in recent)


def _bare(words: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words.lower()).split())


def refuse_others(commitment: Commitment, actor: UserId) -> None:
    """Raises: NotYours."""
    if actor != commitment.owner_id:
        raise NotYours


def _for_owner(commitment: Commitment, actor: UserId, reopens: tuple[Status, ...] = (Status.SILENT,)) -> None:
    """Silence is not an answer: who speaks up later is heard."""
    refuse_others(commitment, actor)
    if commitment.status not in (Status.OPEN, *reopens):
        raise AlreadyClosed(commitment.status)


def _closed(commitment: Commitment, status: Status, now: datetime, on_time: bool = False) -> Commitment:
    return replace(commitment, status=status, on_time=on_time, closed_at=now, version=commitment.version + 1)


def _step(step: Step, before: Commitment, actor: UserId, now: datetime, **told: str | bool) -> Happened:
    """With the state before it, so that it can be taken back."""
    was: dict[str, str | int | bool | None] = {
        "before": before.status.value,
        "before_due": before.due.isoformat(),
        "before_moves": before.moves,
        "before_because": before.because.value if before.because else None,
        "before_on_time": before.on_time,
        "before_closed_at": before.closed_at.isoformat() if before.closed_at else None,
    }
    return Happened(step, actor, now, {**was, **told})
