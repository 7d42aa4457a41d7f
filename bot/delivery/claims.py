"""The outbox as workers use it: claim what is due, say where it is about to be posted, write down what became of it.

A claim is a lease of a minute by the clock of the database. Only who holds it may write the outcome; what a dead worker
held is claimed by another when the minute is over, and looked for in Slack if it may stand there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import OPEN, WHOLE_WORKSPACE, Claimed, Kinds, Letter, Outcome, State
from bot.storage.tables import UtcTime, outbox, rate_gate, schedules
from bot.storage.upsert import upsert

LEASE = timedelta(seconds=60)


async def is_anything_due(connection: AsyncConnection, workspace_id: str, kinds: Kinds, now: datetime) -> bool:
    """Whether planning or claiming would find anything: a look that keeps nobody from writing."""
    planned = sa.exists().where(
        schedules.c.workspace_id == workspace_id,
        schedules.c.kind.in_(list(kinds)),
        schedules.c.next_at <= now,
        sa.not_(schedules.c.paused),
    )
    claimable = sa.exists().where(_is_due(connection, workspace_id, kinds, now))
    return bool(await connection.scalar(sa.select(sa.or_(planned, claimable))))


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
    connection: AsyncConnection, workspace_id: str, kinds: Kinds, *, owner: str, now: datetime, most: int
) -> list[Claimed]:
    """Up to so many letters that are due, now this worker's; at most one for each recipient, the oldest first.

    Source: the rows are picked in a materialised CTE because PostgreSQL may run a subquery with LIMIT and SKIP LOCKED
    again for each row of the UPDATE around it, and so claim far more than the limit.
    """
    earlier = outbox.alias("earlier")
    waits_for_another = sa.exists().where(
        earlier.c.workspace_id == outbox.c.workspace_id,
        earlier.c.recipient == outbox.c.recipient,
        earlier.c.kind.in_(list(kinds)),
        earlier.c.state.in_(OPEN),
        sa.tuple_(earlier.c.not_before, earlier.c.id) < sa.tuple_(outbox.c.not_before, outbox.c.id),
    )
    gated = sa.exists().where(
        rate_gate.c.workspace_id == outbox.c.workspace_id,
        rate_gate.c.channel_id.in_([outbox.c.channel_id, WHOLE_WORKSPACE]),
        rate_gate.c.not_before > now,
    )
    picked = (
        sa.select(outbox.c.id)
        .where(_is_due(connection, workspace_id, kinds, now), sa.or_(outbox.c.expires_at > now, outbox.c.ambiguous))
        .where(sa.not_(waits_for_another), sa.not_(gated))
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("picked")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    claimed = await connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == picked.c.id)
        .values(
            state=State.SENDING,
            lease_owner=owner,
            lease_until=clock_of(connection, LEASE),
            attempts=outbox.c.attempts + 1,
        )
        .returning(*outbox.c)
    )
    return [_claimed(row) for row in claimed]


async def aim(
    connection: AsyncConnection, workspace_id: str, owner: str, channels: Mapping[str, str]
) -> frozenset[str]:
    """From now on these letters may stand in Slack, each in its channel; the ids of those still this worker's."""
    aimed = (
        sa.update(outbox)
        .where(outbox.c.id == sa.bindparam("its_id"), _is_mine(workspace_id, owner))
        .values(
            ambiguous=True,
            channel_id=sa.bindparam("to"),
            first_attempt_at=sa.func.coalesce(outbox.c.first_attempt_at, clock_of(connection)),
        )
    )
    await connection.execute(aimed, [{"its_id": id, "to": channel} for id, channel in channels.items()])
    mine = sa.select(outbox.c.id).where(outbox.c.id.in_(list(channels)), _is_mine(workspace_id, owner))
    return frozenset((await connection.scalars(mine)).all())


async def finish(
    connection: AsyncConnection, workspace_id: str, owner: str, outcomes: Sequence[tuple[str, Outcome]]
) -> None:
    """Write down what became of letters that are still this worker's: of the others, another knows better."""
    finished = (
        sa.update(outbox)
        .where(outbox.c.id == sa.bindparam("its_id"), _is_mine(workspace_id, owner))
        .values(
            state=sa.bindparam("to_state"),
            ambiguous=sa.bindparam("unsure"),
            not_before=sa.func.coalesce(sa.bindparam("later", type_=UtcTime), outbox.c.not_before),
            channel_id=sa.func.coalesce(sa.bindparam("channel", type_=sa.Text), outbox.c.channel_id),
            slack_ts=sa.bindparam("ts"),
            sent_at=sa.bindparam("at"),
            last_error=sa.bindparam("error"),
            lease_owner=None,
            lease_until=None,
        )
    )
    await connection.execute(finished, [_finished(id, outcome) for id, outcome in outcomes])


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


async def let_go(connection: AsyncConnection, workspace_id: str, owner: str) -> None:
    """At a stop: what this worker holds and surely did not post is free for others at once."""
    await connection.execute(
        sa.update(outbox)
        .where(_is_mine(workspace_id, owner), sa.not_(outbox.c.ambiguous))
        .values(state=State.PENDING, lease_owner=None, lease_until=None)
    )


def clock_of(connection: AsyncConnection, later: timedelta = timedelta(0)) -> sa.ColumnElement[datetime]:
    """The time of the database, which all replicas share, and so much later."""
    if connection.dialect.name == "sqlite":
        return sa.func.strftime("%Y-%m-%d %H:%M:%f", "now", f"{later.total_seconds():+} seconds", type_=UtcTime)
    return sa.type_coerce(sa.func.clock_timestamp() + sa.literal(later, sa.Interval), UtcTime)


def _is_due(connection: AsyncConnection, workspace_id: str, kinds: Kinds, now: datetime) -> sa.ColumnElement[bool]:
    due = sa.and_(outbox.c.state == State.PENDING, outbox.c.not_before <= now)
    left = sa.and_(outbox.c.state == State.SENDING, outbox.c.lease_until < clock_of(connection))
    return sa.and_(outbox.c.workspace_id == workspace_id, outbox.c.kind.in_(list(kinds)), sa.or_(due, left))


def _is_mine(workspace_id: str, owner: str) -> sa.ColumnElement[bool]:
    mine = (outbox.c.workspace_id == workspace_id, outbox.c.lease_owner == owner, outbox.c.state == State.SENDING)
    return sa.and_(*mine)


def _claimed(row: sa.Row[Any]) -> Claimed:
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
    return Claimed(row.id, letter, row.attempts, row.first_attempt_at if row.ambiguous else None, row.channel_id)


def _finished(id: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "its_id": id,
        "to_state": outcome.state,
        "unsure": outcome.ambiguous,
        "later": outcome.not_before,
        "channel": outcome.channel_id,
        "ts": outcome.ts,
        "at": outcome.sent_at,
        "error": outcome.error,
    }
