"""The outbox as workers use it: claim what is due, say where it is about to be posted, write down what became of it.

A claim is a lease of a minute by the clock of the database. Only who holds it may write the outcome; what a dead worker
held is claimed by another when the minute is over, and looked for in Slack if it may stand there.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import CHANNEL_SECONDS, OPEN, WHOLE_WORKSPACE, Claimed, Kinds, Letter, Outcome, State
from bot.storage.ids import new_id
from bot.storage.tables import UtcTime, outbox, rate_gate, schedules
from bot.storage.upsert import upsert

LEASE = timedelta(seconds=60)
A_CHANNELS_PAUSE = timedelta(seconds=CHANNEL_SECONDS)


async def is_anything_due(connection: AsyncConnection, workspace_id: str, kinds: Kinds, now: datetime) -> bool:
    """Whether planning or claiming would find anything: a look that keeps nobody from writing."""
    planned = sa.exists().where(
        schedules.c.workspace_id == workspace_id,
        schedules.c.kind.in_(list(kinds)),
        schedules.c.next_at <= now,
        sa.not_(schedules.c.paused),
    )
    theirs = (outbox.c.workspace_id == workspace_id, outbox.c.kind.in_(list(kinds)))
    pending = sa.exists().where(*theirs, outbox.c.state == State.PENDING, outbox.c.not_before <= now)
    left = sa.exists().where(*theirs, _is_left(connection))
    return bool(await connection.scalar(sa.select(sa.or_(planned, pending, left))))


async def next_due(connection: AsyncConnection, workspace_id: str, kinds: Kinds) -> datetime | None:
    """When planning or claiming finds something next: a moment of the past where it would now."""
    theirs = schedules.c.workspace_id == workspace_id, schedules.c.kind.in_(list(kinds))
    planned = sa.select(sa.func.min(schedules.c.next_at)).where(*theirs, sa.not_(schedules.c.paused))
    waiting = outbox.c.workspace_id == workspace_id, outbox.c.kind.in_(list(kinds))
    pending = sa.select(sa.func.min(outbox.c.not_before)).where(*waiting, outbox.c.state == State.PENDING)
    return min([moment for one in (planned, pending) if (moment := await connection.scalar(one))], default=None)


async def expire(connection: AsyncConnection, workspace_id: str, now: datetime) -> int:
    """Set aside what is too old to be sent and surely was not; how many."""
    expired = await connection.execute(
        sa.update(outbox)
        .where(outbox.c.workspace_id == workspace_id, outbox.c.state == State.PENDING, outbox.c.not_before <= now)
        .where(outbox.c.expires_at <= now, sa.not_(outbox.c.ambiguous))
        .values(state=State.EXPIRED)
    )
    return expired.rowcount


async def claim(
    connection: AsyncConnection,
    workspace_id: str,
    kinds: Kinds,
    *,
    worker: str,
    now: datetime,
    most: int,
    lasts: timedelta = LEASE,
    besides: Collection[str] = (),
) -> list[Claimed]:
    """Up to so many letters that are due, each held by a lease of this claim; at most one for each recipient.

    `besides` are in hand already, though their lease may be over. What a worker left behind goes before what nobody
    has touched, then the oldest first.
    """
    free = sa.and_(
        outbox.c.workspace_id == workspace_id,
        outbox.c.kind.in_(list(kinds)),
        outbox.c.id.not_in(list(besides)),
        sa.not_(_waits_for_another(kinds)),
        sa.not_(_is_served_elsewhere(connection, worker)),
        sa.not_(_is_gated(now)),
    )
    is_worth_it = sa.or_(outbox.c.expires_at > now, outbox.c.ambiguous)
    pending = sa.and_(outbox.c.state == State.PENDING, outbox.c.not_before <= now, is_worth_it)
    held = {"lease_owner": f"{worker}:{new_id(now)}", "lease_until": clock_of(connection, lasts)}
    claimed = await _taken(connection, sa.and_(free, _is_left(connection)), most, held)
    if len(claimed) < most:
        claimed += await _taken(connection, sa.and_(free, pending), most - len(claimed), held)
    return claimed


async def _taken(
    connection: AsyncConnection, which: sa.ColumnElement[bool], most: int, held: Mapping[str, object]
) -> list[Claimed]:
    """In a materialised CTE, because PostgreSQL may run a subquery with LIMIT and SKIP LOCKED again for each row of the
    UPDATE around it, and so claim far more than the limit. Ordered as the index is, so that it reads no more than that.
    """
    picked = (
        sa.select(outbox.c.id)
        .where(which)
        .order_by(outbox.c.not_before)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("picked")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    taken = await connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == picked.c.id)
        .values(state=State.SENDING, attempts=outbox.c.attempts + 1, **held)
        .returning(*outbox.c)
    )
    return [_in_hand(row) for row in taken]


async def aim(connection: AsyncConnection, workspace_id: str, aimed: Sequence[tuple[Claimed, str]]) -> frozenset[str]:
    """From now on these letters may stand in Slack, each in its channel; the ids of those that are still held."""
    may_stand = (
        sa.update(outbox)
        .where(_is_held(workspace_id))
        .values(
            ambiguous=True,
            channel_id=sa.bindparam("to"),
            first_attempt_at=sa.func.coalesce(outbox.c.first_attempt_at, clock_of(connection)),
        )
    )
    await connection.execute(may_stand, [_holding(one) | {"to": channel} for one, channel in aimed])
    leases, ids = {one.lease for one, _ in aimed}, [one.id for one, _ in aimed]
    held = sa.select(outbox.c.id).where(
        outbox.c.workspace_id == workspace_id, outbox.c.id.in_(ids), outbox.c.lease_owner.in_(leases)
    )
    return frozenset((await connection.scalars(held)).all())


async def finish(connection: AsyncConnection, workspace_id: str, outcomes: Sequence[tuple[Claimed, Outcome]]) -> None:
    """Write down what became of letters that are still held: of the others, another worker knows better.

    The lease of a letter that was sent goes on for a moment, to keep others from writing to the same recipient.
    """
    finished = (
        sa.update(outbox)
        .where(_is_held(workspace_id))
        .values(
            state=sa.bindparam("to_state"),
            ambiguous=sa.bindparam("unsure"),
            not_before=sa.func.coalesce(sa.bindparam("later", type_=UtcTime), outbox.c.not_before),
            channel_id=sa.func.coalesce(sa.bindparam("channel", type_=sa.Text), outbox.c.channel_id),
            slack_ts=sa.bindparam("ts"),
            sent_at=sa.bindparam("at"),
            last_error=sa.bindparam("error"),
            lease_until=clock_of(connection, A_CHANNELS_PAUSE),
        )
    )
    await connection.execute(finished, [_finished(one, outcome) for one, outcome in outcomes])


async def hold_on(connection: AsyncConnection, one: Claimed, lasts: timedelta) -> None:
    """Begin the lease anew, where it is still held."""
    held = sa.update(outbox).where(_is_held(one.letter.workspace_id)).values(lease_until=clock_of(connection, lasts))
    await connection.execute(held, _holding(one))


async def let_go(connection: AsyncConnection, workspace_id: str, worker: str) -> None:
    """At a stop: what a worker's leases, which begin with its name, hold and surely was not posted is free at once."""
    await connection.execute(
        sa.update(outbox)
        .where(outbox.c.workspace_id == workspace_id, outbox.c.state == State.SENDING)
        .where(outbox.c.lease_owner.startswith(worker, autoescape=True), sa.not_(outbox.c.ambiguous))
        .values(state=State.PENDING, lease_owner=None, lease_until=None)
    )


async def close_gate(connection: AsyncConnection, workspace_id: str, channel_id: str, until: datetime) -> None:
    """No message goes to a channel before then, from any replica, also after a restart."""
    closed = upsert(connection, rate_gate).values(workspace_id=workspace_id, channel_id=channel_id, not_before=until)
    await connection.execute(
        closed.on_conflict_do_update(
            index_elements=["workspace_id", "channel_id"], set_={"not_before": closed.excluded.not_before}
        )
    )


async def closed_gates(connection: AsyncConnection, workspace_id: str, now: datetime) -> Mapping[str, datetime]:
    """Until when each channel takes no message."""
    rows = await connection.execute(
        sa.select(rate_gate.c.channel_id, rate_gate.c.not_before).where(
            rate_gate.c.workspace_id == workspace_id, rate_gate.c.not_before > now
        )
    )
    return {row.channel_id: row.not_before for row in rows}


async def forget_gates(connection: AsyncConnection, workspace_id: str, now: datetime) -> None:
    """Those that are open again."""
    await connection.execute(
        sa.delete(rate_gate).where(rate_gate.c.workspace_id == workspace_id, rate_gate.c.not_before <= now)
    )


def clock_of(connection: AsyncConnection, later: timedelta = timedelta(0)) -> sa.ColumnElement[datetime]:
    """The time of the database, which all replicas share, and so much later."""
    if connection.dialect.name == "sqlite":
        return sa.func.strftime("%Y-%m-%d %H:%M:%f", "now", f"{later.total_seconds():+} seconds", type_=UtcTime)
    return sa.type_coerce(sa.func.clock_timestamp() + sa.literal(later, sa.Interval), UtcTime)


def _is_left(connection: AsyncConnection) -> sa.ColumnElement[bool]:
    """A worker claimed it, and did not finish in time."""
    return sa.and_(outbox.c.state == State.SENDING, outbox.c.lease_until < clock_of(connection))


def _waits_for_another(kinds: Kinds) -> sa.ColumnElement[bool]:
    """An earlier letter for the same recipient is not done.

    The order is spelt out: SQLite takes a worse index for a comparison of (not_before, id).
    """
    other, its = outbox.alias("other").c, outbox.c
    same_time = sa.and_(other.not_before == its.not_before, other.id < its.id)
    return sa.exists().where(
        other.workspace_id == its.workspace_id,
        other.recipient == its.recipient,
        other.state.in_(OPEN),
        other.kind.in_(list(kinds)),
        sa.or_(other.not_before < its.not_before, same_time),
    )


def _is_served_elsewhere(connection: AsyncConnection, worker: str) -> sa.ColumnElement[bool]:
    """Another worker has just sent its recipient a letter; what this one sends, it paces itself."""
    other, its = outbox.alias("served").c, outbox.c
    return sa.exists().where(
        other.workspace_id == its.workspace_id,
        other.recipient == its.recipient,
        other.state == State.SENT,
        other.lease_until > clock_of(connection),
        sa.not_(other.lease_owner.startswith(worker, autoescape=True)),
    )


def _is_gated(now: datetime) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        rate_gate.c.workspace_id == outbox.c.workspace_id,
        rate_gate.c.channel_id.in_([outbox.c.channel_id, WHOLE_WORKSPACE]),
        rate_gate.c.not_before > now,
    )


def _is_held(workspace_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        outbox.c.workspace_id == workspace_id,
        outbox.c.id == sa.bindparam("its_id"),
        outbox.c.lease_owner == sa.bindparam("its_lease"),
        outbox.c.state == State.SENDING,
    )


def _holding(one: Claimed) -> dict[str, Any]:
    return {"its_id": one.id, "its_lease": one.lease}


def _in_hand(row: sa.Row[Any]) -> Claimed:
    letter = Letter(
        row.workspace_id,
        row.dedupe_key,
        row.kind,
        row.recipient,
        row.due_at,
        row.expires_at,
        row.reference,
        row.about,
    )
    since = row.first_attempt_at if row.ambiguous else None
    return Claimed(row.id, row.lease_owner, letter, row.attempts, since, row.channel_id)


def _finished(one: Claimed, outcome: Outcome) -> dict[str, Any]:
    return _holding(one) | {
        "to_state": outcome.state,
        "unsure": outcome.ambiguous,
        "later": outcome.not_before,
        "channel": outcome.channel_id,
        "ts": outcome.ts,
        "at": outcome.sent_at,
        "error": outcome.error,
    }
