"""What the database keeps of commitments: how each stands, and every step it took."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.model import Because, Commitment, Happened, Promise, Status, Step
from bot.kernel.ids import CommitmentId, MetricId, TeamId, UserId, WorkspaceId
from bot.storage import tables as t
from bot.storage.upsert import insert_once
from bot.teams import store as teams
from bot.teams.model import ChangedMeanwhile, Visibility

c = t.commitments.c


async def add(connection: AsyncConnection, commitment: Commitment, first: Happened, made_from: str | None) -> bool:
    """A new commitment. False where one was made from the same thing before: one click makes one."""
    row = _row(commitment) | {
        "id": commitment.id,
        "workspace_id": commitment.workspace_id,
        "owner_id": commitment.owner_id,
        "made_at": commitment.made_at,
        "made_from": made_from,
    }
    is_new = await insert_once(connection, t.commitments, **row)
    if is_new:
        await _add_step(connection, commitment, first)
    return is_new


async def put(connection: AsyncConnection, commitment: Commitment, happened: Happened) -> None:
    """Store the next step. Raises: ChangedMeanwhile, where somebody else took one since it was read."""
    changed = await connection.execute(
        sa.update(t.commitments)
        .where(c.workspace_id == commitment.workspace_id)
        .where(c.id == commitment.id)
        .where(c.version == commitment.version - 1)
        .values(**_row(commitment))
    )
    if changed.rowcount != 1:
        raise ChangedMeanwhile("This commitment")
    try:
        await _add_step(connection, commitment, happened)
    except IntegrityError:
        raise ChangedMeanwhile("This commitment") from None


async def find(connection: AsyncConnection, workspace_id: WorkspaceId, id: str) -> Commitment | None:
    rows = await connection.execute(sa.select(t.commitments).where(c.workspace_id == workspace_id).where(c.id == id))
    row = rows.one_or_none()
    return commitment_of(row) if row else None


async def made_from(connection: AsyncConnection, workspace_id: WorkspaceId, thing: str) -> Commitment | None:
    """The commitment that was made from an answer, a message or a window."""
    rows = await connection.execute(
        sa.select(t.commitments).where(c.workspace_id == workspace_id).where(c.made_from == thing)
    )
    row = rows.one_or_none()
    return commitment_of(row) if row else None


async def last_step(connection: AsyncConnection, commitment: Commitment) -> Happened:
    """What brought it into the state it is in: the event of its version."""
    e = t.commitment_events.c
    rows = await connection.execute(
        sa.select(e.kind, e.actor_id, e.at, e.told)
        .where(e.commitment_id == commitment.id)
        .where(e.version == commitment.version)
    )
    row = rows.one()
    return Happened(Step(row.kind), UserId(row.actor_id), row.at, dict(row.told))


async def open_of(connection: AsyncConnection, workspace_id: WorkspaceId, owner_id: UserId) -> list[Commitment]:
    """What somebody has promised and not closed, what is due first above."""
    return await _of(connection, workspace_id, owner_id, c.status == Status.OPEN, order=(c.due, c.id))


async def recent_of(
    connection: AsyncConnection, workspace_id: WorkspaceId, owner_id: UserId, most: int
) -> list[Commitment]:
    """Somebody's last ones, in whatever state, the newest first."""
    return await _of(connection, workspace_id, owner_id, sa.true(), order=(c.made_at.desc(), c.id.desc()), most=most)


async def due_of(
    connection: AsyncConnection, workspace_id: WorkspaceId, owner_id: UserId, until: date
) -> list[Commitment]:
    """What somebody has open that is due up to a day, what is due first above."""
    return await _of(
        connection, workspace_id, owner_id, sa.and_(c.status == Status.OPEN, c.due <= until), order=(c.due, c.id)
    )


async def gone_quiet(
    connection: AsyncConnection, workspace_id: WorkspaceId, ended_before: datetime, most: int
) -> list[Commitment]:
    """Open ones whose due day ended before a moment, oldest first: they are to fall silent."""
    rows = await connection.execute(
        sa.select(t.commitments)
        .where(c.workspace_id == workspace_id)
        .where(c.status == Status.OPEN)
        .where(c.due_ends_at <= ended_before)
        .order_by(c.due_ends_at, c.id)
        .limit(most)
    )
    return [commitment_of(row) for row in rows]


async def delete(connection: AsyncConnection, workspace_id: WorkspaceId, id: CommitmentId) -> None:
    """With its steps, as if it had never been made."""
    await connection.execute(sa.delete(t.commitments).where(c.workspace_id == workspace_id).where(c.id == id))


async def _of(
    connection: AsyncConnection,
    workspace_id: WorkspaceId,
    owner_id: UserId,
    where: sa.ColumnElement[bool],
    *,
    order: Sequence[sa.ColumnElement[Any]],
    most: int = 200,
) -> list[Commitment]:
    rows = await connection.execute(
        sa.select(t.commitments)
        .where(c.workspace_id == workspace_id)
        .where(c.owner_id == owner_id)
        .where(where)
        .order_by(*order)
        .limit(most)
    )
    return [commitment_of(row) for row in rows]


async def _add_step(connection: AsyncConnection, commitment: Commitment, happened: Happened) -> None:
    await connection.execute(
        sa.insert(t.commitment_events).values(
            commitment_id=commitment.id,
            version=commitment.version,
            workspace_id=commitment.workspace_id,
            team_id=commitment.promise.team_id,
            kind=happened.step.value,
            actor_id=happened.actor_id,
            at=happened.at,
            told=happened.told,
        )
    )
    if commitment.promise.team_id:
        await teams.acted(connection, commitment.promise.team_id, happened.actor_id, happened.at)


def _row(commitment: Commitment) -> dict[str, Any]:
    promise = commitment.promise
    return {
        "team_id": promise.team_id,
        "what": promise.what,
        "why": promise.why,
        "if_then": promise.if_then,
        "metric_id": promise.metric_id,
        "visibility": promise.visibility.value,
        "card_id": promise.card_id,
        "answer_id": promise.answer_id,
        "link": promise.link,
        "recurring": promise.recurring,
        "time_zone": commitment.zone.key,
        "due": promise.due,
        "due_ends_at": commitment.due_ends_at,
        "moves": commitment.moves,
        "asked_times": commitment.asked_times,
        "asked_on": commitment.asked_on,
        "status": commitment.status.value,
        "on_time": commitment.on_time,
        "because": commitment.because.value if commitment.because else None,
        "closed_at": commitment.closed_at,
        "version": commitment.version,
    }


def commitment_of(row: sa.Row[Any]) -> Commitment:
    """A row of the table as the value it stands for."""
    promise = Promise(
        what=row.what,
        due=row.due,
        visibility=Visibility(row.visibility),
        why=row.why,
        if_then=row.if_then,
        metric_id=MetricId(row.metric_id) if row.metric_id else None,
        team_id=TeamId(row.team_id) if row.team_id else None,
        card_id=row.card_id,
        answer_id=row.answer_id,
        link=row.link,
        recurring=row.recurring,
    )
    return Commitment(
        id=CommitmentId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        owner_id=UserId(row.owner_id),
        promise=promise,
        zone=ZoneInfo(row.time_zone),
        made_at=row.made_at,
        status=Status(row.status),
        moves=row.moves,
        asked_times=row.asked_times,
        asked_on=row.asked_on,
        on_time=row.on_time,
        because=Because(row.because) if row.because else None,
        closed_at=row.closed_at,
        version=row.version,
    )
