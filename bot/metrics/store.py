"""What the database keeps of metrics and their versions, and how the metrics of a team stand.

Others build on `active_metrics`, `standings`, the three questions below it, and on `last_readings` and `trend` beside.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import MetricId, TeamId, UserId, WorkspaceId
from bot.metrics.model import Cadence, Definition, Direction, Metric, Purpose, Status
from bot.metrics.readings import last_readings
from bot.metrics.standing import Standing, standing
from bot.storage import tables as t
from bot.storage.upsert import insert_once
from bot.teams import store as teams
from bot.teams.model import ChangedMeanwhile, Team


async def active_metrics(connection: AsyncConnection, team_id: TeamId) -> list[Metric]:
    """What a team measures now, oldest first; three at most."""
    rows = await connection.execute(
        sa.select(t.metrics)
        .where(t.metrics.c.team_id == team_id)
        .where(t.metrics.c.status == Status.ACTIVE)
        .order_by(t.metrics.c.defined_at, t.metrics.c.id)
    )
    return [_metric(row) for row in rows]


async def find(connection: AsyncConnection, workspace_id: WorkspaceId, metric_id: str) -> Metric | None:
    """A metric, active or retired; None where the workspace has none of that id."""
    found = await connection.execute(
        sa.select(t.metrics).where(t.metrics.c.id == metric_id).where(t.metrics.c.workspace_id == workspace_id)
    )
    row = found.one_or_none()
    return _metric(row) if row else None


async def standings(connection: AsyncConnection, team: Team, now: datetime) -> list[Standing]:
    """Each active metric of a team with its last reading, as they stand where the team lives."""
    metrics = await active_metrics(connection, team.id)
    last = await last_readings(connection, team.id)
    return [standing(metric, last.get(metric.id), now, team.rhythm.zone) for metric in metrics]


async def readings_due(connection: AsyncConnection, team: Team, now: datetime) -> list[Metric]:
    """Active metrics that wait for a reading."""
    return [one.metric for one in await standings(connection, team, now) if one.is_due]


async def stale(connection: AsyncConnection, team: Team, now: datetime) -> list[Metric]:
    """Active metrics nobody has read for more than two periods."""
    return [one.metric for one in await standings(connection, team, now) if one.is_stale]


async def review_due(connection: AsyncConnection, team: Team, now: datetime) -> list[Metric]:
    """Active metrics whose day of review has come, trials at their end among them."""
    return [one.metric for one in await standings(connection, team, now) if one.is_review_due]


async def hold_team(connection: AsyncConnection, team_id: TeamId) -> list[Metric]:
    """What a team measures now, held until the transaction ends, so that nobody adds a fourth beside us."""
    await connection.execute(sa.select(t.teams.c.id).where(t.teams.c.id == team_id).with_for_update())
    return await active_metrics(connection, team_id)


async def add(connection: AsyncConnection, metric: Metric, made_from: str) -> bool:
    """Whether it is new: one form makes one metric, however often it is sent off."""
    row = _row(metric) | {
        "workspace_id": metric.workspace_id,
        "team_id": metric.team_id,
        "template_id": metric.template_id,
        "defined_at": metric.defined_at,
        "made_from": made_from,
    }
    await teams.acted(connection, metric.team_id, metric.purpose.owner_id, metric.defined_at)
    return await insert_once(connection, t.metrics, id=metric.id, **row)


async def made_from(connection: AsyncConnection, workspace_id: WorkspaceId, form: str) -> Metric | None:
    """The metric a form has made before."""
    found = await connection.execute(
        sa.select(t.metrics).where(t.metrics.c.workspace_id == workspace_id).where(t.metrics.c.made_from == form)
    )
    row = found.one_or_none()
    return _metric(row) if row else None


async def put(connection: AsyncConnection, before: Metric, after: Metric, actor: UserId, now: datetime) -> None:
    """The next version in the place of the one before, which is kept. Raises: ChangedMeanwhile."""
    changed = await connection.execute(
        sa.update(t.metrics)
        .where(t.metrics.c.id == before.id)
        .where(t.metrics.c.workspace_id == before.workspace_id)
        .where(t.metrics.c.version == before.version)
        .values(**_row(after))
    )
    if changed.rowcount != 1:
        raise ChangedMeanwhile("That metric")
    await connection.execute(
        sa.insert(t.metric_versions).values(
            metric_id=before.id,
            version=before.version,
            workspace_id=before.workspace_id,
            actor_id=actor,
            at=now,
            before=_told(before),
        )
    )


async def teams_with_a_living_metric(
    connection: AsyncConnection, workspace_id: WorkspaceId, today: date
) -> set[TeamId]:
    """Teams of a workspace with an active metric that was read within its cadence, by the days of `today`."""
    m, r = t.metrics, t.readings
    oldest = sa.case(*((m.c.cadence == one, today - one.period) for one in Cadence), else_=today)
    read = sa.exists().where(r.c.metric_id == m.c.id).where(r.c.day >= oldest).where(r.c.corrected_at.is_(None))
    rows = await connection.execute(
        sa.select(m.c.team_id).where(m.c.workspace_id == workspace_id).where(m.c.status == Status.ACTIVE).where(read)
    )
    return {TeamId(row.team_id) for row in rows}


def _row(metric: Metric) -> dict[str, Any]:
    return {
        "owner_id": metric.purpose.owner_id,
        "name": metric.name,
        "fields": _fields(metric.definition),
        "cadence": metric.purpose.cadence.value,
        "baseline": metric.purpose.baseline,
        "target": metric.purpose.target,
        "decision": metric.purpose.decision,
        "review_on": metric.purpose.review_on,
        "trial_until": metric.trial_until,
        "status": metric.status.value,
        "retired_at": metric.retired_at,
        "retired_because": metric.retired_because,
        "version": metric.version,
    }


def _told(metric: Metric) -> dict[str, Any]:
    """A version as its history keeps it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _row(metric).items()}


def _fields(definition: Definition) -> dict[str, str]:
    return {"direction": definition.direction.value} | {name: getattr(definition, name) for name in _WORDS}


_WORDS = ("meaning", "formula", "unit", "until", "source", "gaming", "guard")


def _metric(row: sa.Row[Any]) -> Metric:
    words = {name: str(row.fields.get(name, "")) for name in _WORDS}
    return Metric(
        id=MetricId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        team_id=TeamId(row.team_id),
        name=row.name,
        definition=Definition(direction=Direction(row.fields["direction"]), **words),
        purpose=_purpose(row),
        defined_at=row.defined_at,
        template_id=row.template_id,
        trial_until=row.trial_until,
        status=Status(row.status),
        retired_at=row.retired_at,
        retired_because=row.retired_because,
        version=row.version,
    )


def _purpose(row: sa.Row[Any]) -> Purpose:
    return Purpose(
        owner_id=UserId(row.owner_id),
        cadence=Cadence(row.cadence),
        review_on=row.review_on,
        decision=row.decision,
        baseline=row.baseline,
        target=row.target,
    )
