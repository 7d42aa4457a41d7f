"""What became of the commitments that were due in a period: each counted once, with its owner and without its words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.commitments.model import Status
from bot.kernel.ids import CommitmentId, UserId


class Outcome(StrEnum):
    """What a commitment is to the period in which it was due."""

    KEPT = "kept"
    MISSED = "missed"
    """Its owner said so, in whatever words or none."""
    DROPPED = "dropped"
    MOVED = "moved"
    """In time: before its due day was over."""
    MOVED_LATE = "moved_late"
    SILENT = "silent"
    """Seven days went by without a word."""
    WAITING = "waiting"
    """Its day is over, and the seven days are not."""


CLOSED = (Outcome.KEPT, Outcome.MISSED, Outcome.SILENT)
"""What follow-through is about."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A commitment as it stands."""

    id: CommitmentId
    owner_id: UserId
    due: date
    due_ends_at: datetime
    status: Status


@dataclass(frozen=True, slots=True)
class Move:
    """A step to another day. `before` is how the commitment stood until then."""

    id: CommitmentId
    owner_id: UserId
    was: date
    to: date
    in_time: bool
    before: Status

    @property
    def days(self) -> int:
        return (self.to - self.was).days


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many commitments had which outcome."""

    kept: int = 0
    missed: int = 0
    dropped: int = 0
    moved: int = 0
    moved_late: int = 0
    silent: int = 0
    waiting: int = 0
    people: int = 0
    """How many different owners they have."""
    closers: int = 0
    """How many different owners those have that were kept, missed or fell silent."""

    @property
    def due(self) -> int:
        """All that were due in the period, or moved out of it."""
        return self.accounted + self.unanswered + self.moved_late

    @property
    def accounted(self) -> int:
        return self.kept + self.missed + self.dropped + self.moved

    @property
    def unanswered(self) -> int:
        return self.silent + self.waiting


def outcomes(first: date, last: date, stands: Iterable[Stand], moves: Sequence[Move], now: datetime) -> Outcomes:
    """Count what was due from `first` to `last`, both included, in any order.

    Where a commitment is due now decides; one that is due in another period was moved out of this one, by the last of
    its moves from a day in it. What is due and not over is not counted yet.
    `moves`: those of one commitment stand in the order they were made.
    """
    found: dict[CommitmentId, tuple[UserId, Outcome]] = {}
    for move in moves:
        if first <= move.was <= last:
            found[move.id] = move.owner_id, _of_move(move)
    for stand in stands:
        if first <= stand.due <= last:
            found.pop(stand.id, None)
            if became := _of_stand(stand, now):
                found[stand.id] = stand.owner_id, became
    counts = Counter(outcome.value for _, outcome in found.values())
    people = {owner for owner, _ in found.values()}
    closers = {owner for owner, outcome in found.values() if outcome in CLOSED}
    return Outcomes(**counts, people=len(people), closers=len(closers))


def _of_stand(stand: Stand, now: datetime) -> Outcome | None:
    if stand.status is not Status.OPEN:
        return Outcome(stand.status.value)
    return Outcome.WAITING if now >= stand.due_ends_at else None


def _of_move(move: Move) -> Outcome:
    if move.in_time:
        return Outcome.MOVED
    return Outcome.MISSED if move.before is Status.MISSED else Outcome.MOVED_LATE
