"""What is due again and again, at the hour of the clock on the wall where its owner lives.

A schedule moves from one occurrence to the next, and each becomes one letter: its key holds the local week (or day), so
neither a second planner nor an edit in the middle of the week makes another. After a long stop only the latest
occurrence becomes a letter, not one for each that was missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import Kinds, Letter
from bot.delivery.outbox import doubt_these, enqueue_all
from bot.kernel.weeks import A_DAY, A_WEEK, day_of, moment_of, monday_of, week_of
from bot.storage.tables import schedules
from bot.storage.upsert import upsert

AT_ONCE = 500
"""Schedules planned in one transaction: SQLite keeps everybody else from writing meanwhile."""
_WHOSE = ("workspace_id", "owner_id", "kind")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When its owner, a team or a person, gets a letter of a kind: every day, or on a weekday (Monday is 0)."""

    workspace_id: str
    owner_id: str
    kind: str
    zone: ZoneInfo
    at: time
    weekday: int | None = None
    every_weeks: int = 1
    paused: bool = False

    @property
    def step(self) -> timedelta:
        """From one occurrence to the next, in days of the wall calendar."""
        return A_DAY if self.weekday is None else self.every_weeks * A_WEEK

    def on(self, day: date) -> datetime:
        """The moment, in UTC, of the occurrence on a day."""
        return moment_of(day, self.at, self.zone)

    def key(self, day: date) -> str:
        """What the letter of a day's occurrence is known by."""
        return f"{self.kind}:{self.owner_id}:{day if self.weekday is None else week_of(day)}"

    def day_in_the_period_of(self, day: date) -> date:
        """The day of the occurrence in the week (or on the day) that a day belongs to."""
        return day if self.weekday is None else monday_of(day) + self.weekday * A_DAY


def first_after(schedule: Schedule, after: datetime, *, not_in: str | None = None) -> date:
    """The day of the first occurrence strictly after a moment whose key is not `not_in`."""
    day = schedule.day_in_the_period_of(day_of(after, schedule.zone))
    period = A_DAY if schedule.weekday is None else A_WEEK
    while schedule.on(day) <= after or schedule.key(day) == not_in:
        day += period
    return day


def latest_and_next(schedule: Schedule, due: datetime, now: datetime) -> tuple[date, date]:
    """From an occurrence that is due: the day of the latest one up to now, and of the one after that."""
    first = day_of(due, schedule.zone)
    if schedule.weekday is not None:  # where a clock change moved it over midnight, back to the day that was meant
        first -= (first.weekday() - schedule.weekday) % 7 * A_DAY
    steps = max(0, (day_of(now, schedule.zone) - first) // schedule.step)
    if steps and schedule.on(first + steps * schedule.step) > now:
        steps -= 1
    return first + steps * schedule.step, first + (steps + 1) * schedule.step


async def set_schedule(connection: AsyncConnection, schedule: Schedule, now: datetime) -> datetime:
    """Make a schedule or change it; the moment of its next occurrence.

    A changed one keeps to the week its next occurrence was in, where that is not over yet, and never comes twice in a
    week.
    """
    before = sa.select(schedules.c.next_at, schedules.c.last_key).where(_is(schedule))
    stored = (await connection.execute(before)).one_or_none()
    next_at = schedule.on(_first_of(schedule, stored, now))
    values = {
        "time_zone": schedule.zone.key,
        "weekday": schedule.weekday,
        "local_time": f"{schedule.at:%H:%M}",
        "every_weeks": schedule.every_weeks,
        "next_at": next_at,
        "paused": schedule.paused,
    }
    row = {name: getattr(schedule, name) for name in _WHOSE} | values
    await connection.execute(
        upsert(connection, schedules).values(row).on_conflict_do_update(index_elements=_WHOSE, set_=values)
    )
    return next_at


async def postpone(connection: AsyncConnection, workspace_id: str, owner_id: str, kind: str, until: datetime) -> None:
    """Leave out what falls before a moment: the first occurrence after it is the next."""
    found = await connection.execute(
        sa.select(schedules).where(_are(workspace_id, owner_id, kind), schedules.c.next_at <= until)
    )
    for row in found:
        schedule = _schedule(row)
        moved = {"next_at": schedule.on(first_after(schedule, until))}
        await connection.execute(sa.update(schedules).where(_is(schedule)).values(moved))


async def drop_schedules(
    connection: AsyncConnection, workspace_id: str, owner_id: str, kind: str | None = None
) -> None:
    """An owner gets no more letters of a kind, or of any."""
    await connection.execute(sa.delete(schedules).where(_are(workspace_id, owner_id, kind)))


async def next_of(connection: AsyncConnection, workspace_id: str, owner_id: str, kind: str) -> datetime | None:
    """When an owner gets the next letter of a kind; None while that is paused or was never set."""
    whose = _are(workspace_id, owner_id, kind)
    return await connection.scalar(sa.select(schedules.c.next_at).where(whose, sa.not_(schedules.c.paused)))


async def plan(connection: AsyncConnection, workspace_id: str, kinds: Kinds, now: datetime) -> int:
    """Turn what is due of up to 500 schedules into letters, and move them on; how many there were.

    In one transaction, and another planner takes others: neither loses an occurrence or plans it twice.
    """
    due = (
        sa.select(schedules)
        .where(schedules.c.workspace_id == workspace_id, schedules.c.kind.in_(list(kinds)))
        .where(schedules.c.next_at <= now, sa.not_(schedules.c.paused))
        .order_by(schedules.c.next_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found = list(await connection.execute(due))
    planned = [_planned(_schedule(row), row.next_at, now) for row in found]
    letters = [_letter(schedule, day, kinds) for schedule, day, _ in planned]
    await enqueue_all(connection, letters, now)
    restored = [row.restored_at for row in found]
    unsure = [letter.key for letter, at in zip(letters, restored, strict=True) if at and letter.due_at <= at]
    await doubt_these(connection, workspace_id, unsure)
    await _move_on(connection, planned)
    return len(planned)


async def _move_on(connection: AsyncConnection, planned: Sequence[tuple[Schedule, date, date]]) -> None:
    if not planned:
        return
    moved = (
        sa.update(schedules)
        .where(*(schedules.c[name] == sa.bindparam(f"its_{name}") for name in _WHOSE))
        .values(next_at=sa.bindparam("to"), last_key=sa.bindparam("planned"))
    )
    rows = [
        {f"its_{name}": getattr(schedule, name) for name in _WHOSE}
        | {"to": schedule.on(following), "planned": schedule.key(day)}
        for schedule, day, following in planned
    ]
    await connection.execute(moved, rows)


def _first_of(schedule: Schedule, stored: sa.Row[Any, Any] | None, now: datetime) -> date:
    last_key = stored.last_key if stored else None
    if stored:
        day = schedule.day_in_the_period_of(day_of(stored.next_at, schedule.zone))
        if schedule.on(day) > now and schedule.key(day) != last_key:
            return day
    return first_after(schedule, now, not_in=last_key)


def _planned(schedule: Schedule, due: datetime, now: datetime) -> tuple[Schedule, date, date]:
    return schedule, *latest_and_next(schedule, due, now)


def _letter(schedule: Schedule, day: date, kinds: Kinds) -> Letter:
    due_at = schedule.on(day)
    return Letter(
        schedule.workspace_id,
        schedule.key(day),
        schedule.kind,
        recipient=schedule.owner_id,
        due_at=due_at,
        expires_at=due_at + kinds[schedule.kind].good_for,
        reference={"owner": schedule.owner_id, "day": day.isoformat()},
    )


def _schedule(row: sa.Row[Any]) -> Schedule:
    return Schedule(
        row.workspace_id,
        row.owner_id,
        row.kind,
        ZoneInfo(row.time_zone),
        time.fromisoformat(row.local_time),
        row.weekday,
        row.every_weeks,
        row.paused,
    )


def _is(schedule: Schedule) -> sa.ColumnElement[bool]:
    return _are(schedule.workspace_id, schedule.owner_id, schedule.kind)


def _are(workspace_id: str, owner_id: str, kind: str | None) -> sa.ColumnElement[bool]:
    whose = [schedules.c.workspace_id == workspace_id, schedules.c.owner_id == owner_id]
    return sa.and_(*whose, *([schedules.c.kind == kind] if kind else []))
