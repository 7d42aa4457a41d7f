"""What the database keeps of readings. A correction is a new row; the old one is marked and stays."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import MetricId, TeamId, UserId
from bot.kernel.weeks import A_WEEK
from bot.metrics.model import Metric, Reading, Status
from bot.storage import tables as t
from bot.storage.ids import new_id
from bot.teams import store as teams


async def last_readings(connection: AsyncConnection, team_id: TeamId) -> dict[MetricId, Reading]:
    """The latest reading of each active metric of a team that has one."""
    later = t.readings.alias()
    newest = (
        sa.select(sa.func.max(later.c.day))
        .where(later.c.metric_id == t.metrics.c.id)
        .where(later.c.corrected_at.is_(None))
        .scalar_subquery()
    )
    rows = await connection.execute(
        sa.select(t.readings)
        .join(t.metrics, t.readings.c.metric_id == t.metrics.c.id)
        .where(t.metrics.c.team_id == team_id)
        .where(t.metrics.c.status == Status.ACTIVE)
        .where(t.readings.c.corrected_at.is_(None))
        .where(t.readings.c.day == newest)
    )
    return {MetricId(row.metric_id): _reading(row) for row in rows}


async def trend(connection: AsyncConnection, metric: Metric, weeks: int, today: date) -> list[Reading]:
    """The readings that stand of the last so many weeks, oldest first."""
    rows = await connection.execute(
        _of(metric)
        .where(t.readings.c.day > today - weeks * A_WEEK)
        .where(t.readings.c.corrected_at.is_(None))
        .order_by(t.readings.c.day)
    )
    return [_reading(row) for row in rows]


async def last_of(connection: AsyncConnection, metric: Metric, most: int) -> list[Reading]:
    """The last so many readings that stand, oldest first."""
    rows = await connection.execute(
        _of(metric).where(t.readings.c.corrected_at.is_(None)).order_by(t.readings.c.day.desc()).limit(most)
    )
    return [_reading(row) for row in rows][::-1]


async def count(connection: AsyncConnection, metric: Metric) -> int:
    """How many readings stand."""
    found = await connection.execute(
        sa.select(sa.func.count())
        .where(t.readings.c.metric_id == metric.id)
        .where(t.readings.c.workspace_id == metric.workspace_id)
        .where(t.readings.c.corrected_at.is_(None))
    )
    return int(found.scalar_one())


async def reading_on(connection: AsyncConnection, metric: Metric, day: date) -> Reading | None:
    """The value that stands on a day."""
    found = await connection.execute(
        _of(metric).where(t.readings.c.day == day).where(t.readings.c.corrected_at.is_(None))
    )
    row = found.one_or_none()
    return _reading(row) if row else None


async def history_since(connection: AsyncConnection, metric: Metric, day: date) -> list[Reading]:
    """Every value of a day and the days after it, the corrected ones too; within a day the one that stands last."""
    r = t.readings.c
    in_order = (r.day, r.entered_at, r.corrected_at.is_(None), r.id)
    rows = await connection.execute(_of(metric).where(r.day >= day).order_by(*in_order))
    return [_reading(row) for row in rows]


async def put_reading(
    connection: AsyncConnection, metric: Metric, day: date, value: float, *, by: UserId, now: datetime
) -> Reading | None:
    """Keep a value, and give the one it replaces on that day, if there is another one, which stays as history.

    The metric is held until the transaction ends, so that of two values for a day at once one replaces the other.
    """
    await connection.execute(
        sa.select(t.metrics.c.id)
        .where(t.metrics.c.id == metric.id)
        .where(t.metrics.c.workspace_id == metric.workspace_id)
        .with_for_update()
    )
    before = await reading_on(connection, metric, day)
    if before and before.value == value:
        return None
    if before:
        await connection.execute(
            sa.update(t.readings)
            .where(t.readings.c.id == before.id)
            .where(t.readings.c.workspace_id == metric.workspace_id)
            .values(corrected_at=now)
        )
    await connection.execute(
        sa.insert(t.readings).values(
            id=new_id(now),
            metric_id=metric.id,
            workspace_id=metric.workspace_id,
            team_id=metric.team_id,
            entered_by=by,
            day=day,
            value=value,
            entered_at=now,
        )
    )
    await teams.acted(connection, metric.team_id, by, now)
    return before


def _of(metric: Metric) -> sa.Select[Any]:
    return (
        sa.select(t.readings)
        .where(t.readings.c.metric_id == metric.id)
        .where(t.readings.c.workspace_id == metric.workspace_id)
    )


def _reading(row: sa.Row[Any]) -> Reading:
    return Reading(
        row.id,
        MetricId(row.metric_id),
        row.day,
        row.value,
        UserId(row.entered_by),
        row.entered_at,
        row.corrected_at,
    )
