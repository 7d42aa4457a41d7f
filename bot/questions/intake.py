"""What the database keeps of questions under way: each is taken once, and none is lost when the work is cut off."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.questions.incoming import Incoming, as_row, from_row
from bot.storage.ids import new_id
from bot.storage.tables import seen_events, unfinished
from bot.storage.upsert import upsert

HELD = timedelta(minutes=3)
"""How long work belongs to the process that took it; after that another may take it up."""
A_DAY = timedelta(days=1)
ASKED, POSTING = "asked", "posting"
"""Kinds of unfinished work: not answered yet; answered, and the answer may stand in Slack already."""


async def claim(connection: AsyncConnection, arrived: Sequence[Incoming], now: datetime) -> set[str]:
    """Note what arrived and give the ids of what is new. New work is kept as unfinished in the same transaction.

    One insert decides, on the primary key, so a second delivery is never worked on, nor the `message` twin of an
    `app_mention`: both have the key channel:ts.
    """
    if not arrived:
        return set()
    first = {(one.asked.workspace_id, one.key): one for one in reversed(arrived)}
    rows = [{"workspace_id": workspace, "event_key": key, "seen_at": now} for workspace, key in first]
    noted = upsert(connection, seen_events).on_conflict_do_nothing()
    # Rows as parameters: one statement, compiled once, for any number of them.
    returned = await connection.execute(noted.returning(*seen_events.c["workspace_id", "event_key"]), rows)
    new = [first[workspace_id, key] for workspace_id, key in returned]
    if new:
        await connection.execute(sa.insert(unfinished), [_unfinished_row(one, now) for one in new])
    return {one.asked.id for one in new}


async def forget(connection: AsyncConnection, workspace_id: str, now: datetime) -> None:
    """Slack delivers an event for a day at most, and an answer a day late helps nobody."""
    await connection.execute(
        sa.delete(seen_events).where(seen_events.c.workspace_id == workspace_id, seen_events.c.seen_at < now - A_DAY)
    )
    # By its id, which begins with the time it came: stored_at moves each time it is taken up.
    await connection.execute(
        sa.delete(unfinished).where(unfinished.c.workspace_id == workspace_id, unfinished.c.id < new_id(now - A_DAY))
    )


async def take_up(connection: AsyncConnection, workspace_id: str, now: datetime) -> list[tuple[Incoming, bool]]:
    """Work nobody holds any more, oldest first, now the caller's; and whether its answer may be posted already."""
    rows = await connection.execute(
        sa.update(unfinished)
        .where(unfinished.c.workspace_id == workspace_id, unfinished.c.stored_at <= now - HELD)
        .values(stored_at=now)
        .returning(unfinished.c.id, unfinished.c.workspace_id, unfinished.c.kind, unfinished.c.payload)
    )
    taken = [(from_row(row.id, row.workspace_id, row.payload), row.kind == POSTING) for row in rows]
    return sorted(taken, key=lambda one: one[0].asked.at)


async def keep(connection: AsyncConnection, workspace_id: str, ids: Iterable[str], now: datetime) -> None:
    """Still at work on these."""
    await connection.execute(
        sa.update(unfinished)
        .where(unfinished.c.workspace_id == workspace_id, unfinished.c.id.in_(list(ids)))
        .values(stored_at=now)
    )


async def let_go(connection: AsyncConnection, workspace_id: str, ids: Iterable[str], now: datetime) -> None:
    """Leave work to whoever starts next, at once."""
    await connection.execute(
        sa.update(unfinished)
        .where(unfinished.c.workspace_id == workspace_id, unfinished.c.id.in_(list(ids)))
        .values(stored_at=now - HELD)
    )


async def hold(connection: AsyncConnection, incoming: Incoming, now: datetime) -> None:
    """Keep work of the coach's own among the unfinished until it is done."""
    await connection.execute(sa.insert(unfinished).values(_unfinished_row(incoming, now)))


async def finish(connection: AsyncConnection, incoming: Incoming) -> None:
    """Nothing is left to do; the words go."""
    await connection.execute(
        sa.delete(unfinished).where(
            unfinished.c.workspace_id == incoming.asked.workspace_id, unfinished.c.id == incoming.asked.id
        )
    )


async def may_be_posted(connection: AsyncConnection, incoming: Incoming) -> None:
    """From now on the answer may stand in Slack: whoever takes the work up has to look first."""
    await connection.execute(
        sa.update(unfinished)
        .where(unfinished.c.workspace_id == incoming.asked.workspace_id, unfinished.c.id == incoming.asked.id)
        .values(kind=POSTING)
    )


def _unfinished_row(incoming: Incoming, now: datetime) -> dict[str, Any]:
    asked = incoming.asked
    return {
        "id": asked.id,
        "workspace_id": asked.workspace_id,
        "kind": ASKED,
        "payload": as_row(incoming),
        "stored_at": now,
    }
