"""The outbox as the rest of the coach uses it: put a letter in, take it back, look what became of it.

A flow that changes something writes or cancels its letters on the connection of that change, so both happen or neither:

    async with database.write() as connection:
        await store.accept(connection, commitment)
        await outbox.enqueue(connection, Letter(workspace, key=f"commitment:{id}:{due}:1", kind="check_in", …), now)

    async with database.write() as connection:
        await store.close(connection, commitment)
        await outbox.cancel(connection, workspace, about=f"commitment:{id}")

The words come later: `wiring.py` gives the worker a `Kind` for each kind of letter, whose `render` is called when it is
due. It reads what is true then and gives `Rendered`, or `Later`, or None where nobody needs the letter any more.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import OPEN, Entry, Letter, State
from bot.storage.ids import new_id
from bot.storage.tables import outbox, schedules
from bot.storage.upsert import upsert

ANOTHER_DAY = timedelta(days=1)
"""How long a letter that is tried again by hand is good for."""
KEPT = timedelta(days=90)
"""How long a letter that is done is remembered: its key, its kind, its recipient and its outcome."""


async def enqueue(connection: AsyncConnection, letter: Letter, now: datetime) -> bool:
    """Put a letter in. False where its key was there before, in whatever state: it is not sent a second time."""
    inserted = await connection.execute(upsert(connection, outbox).values(_row(letter, now)).on_conflict_do_nothing())
    return inserted.rowcount == 1


async def enqueue_all(connection: AsyncConnection, letters: Sequence[Letter], now: datetime) -> None:
    """Put in those whose key is new."""
    if letters:
        await connection.execute(
            upsert(connection, outbox).on_conflict_do_nothing(), [_row(letter, now) for letter in letters]
        )


async def cancel(
    connection: AsyncConnection,
    workspace_id: str,
    *,
    about: str | None = None,
    recipient: str | None = None,
    kind: str | None = None,
) -> int:
    """Take back what is not on its way: all about something, all for somebody, or those of a kind of either; how many.

    One that a worker holds at this moment is asked for its words once more and gives none, or was sent a moment ago.
    Raises: ValueError where neither `about` nor `recipient` is given.
    """
    if about is None and recipient is None:
        raise ValueError("Cancelling needs what the letters are about, or whom they are for.")
    given = {"about": about, "recipient": recipient, "kind": kind}
    cancelled = await connection.execute(
        sa.update(outbox)
        .where(outbox.c.workspace_id == workspace_id, outbox.c.state == State.PENDING)
        .where(*(outbox.c[name] == value for name, value in given.items() if value is not None))
        .values(state=State.CANCELLED)
    )
    return cancelled.rowcount


async def entry_of(connection: AsyncConnection, workspace_id: str, key: str) -> Entry | None:
    """What became of the letter with a key."""
    row = await connection.execute(_entries(workspace_id).where(outbox.c.dedupe_key == key))
    return next((_entry(found) for found in row), None)


async def entries(
    connection: AsyncConnection, workspace_id: str, *, states: Sequence[State] = (), limit: int = 100
) -> list[Entry]:
    """Letters of these states, or of all, the latest due first."""
    chosen = _entries(workspace_id).order_by(outbox.c.due_at.desc(), outbox.c.id.desc()).limit(limit)
    rows = await connection.execute(chosen.where(outbox.c.state.in_(states)) if states else chosen)
    return [_entry(row) for row in rows]


async def counts(connection: AsyncConnection, workspace_id: str) -> Mapping[State, int]:
    """How many letters there are of each state."""
    rows = await connection.execute(
        sa.select(outbox.c.state, sa.func.count()).where(outbox.c.workspace_id == workspace_id).group_by(outbox.c.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in State}


async def workspaces(connection: AsyncConnection) -> list[str]:
    """Whose letters and schedules there are: for whoever runs the coach, and for nobody else."""
    some = sa.union(sa.select(outbox.c.workspace_id), sa.select(schedules.c.workspace_id)).subquery()
    return list((await connection.scalars(sa.select(some.c.workspace_id).order_by(some.c.workspace_id))).all())


async def retry(connection: AsyncConnection, workspace_id: str, key: str, now: datetime) -> bool:
    """Send a letter after all that failed, expired, was cancelled or is unknown; False where it is none of these.

    It is sent without a look: whoever asks for it has looked.
    """
    again = await connection.execute(
        _of(workspace_id, key)
        .where(outbox.c.state.not_in((*OPEN, State.SENT)))
        .values(state=State.PENDING, ambiguous=False, not_before=now, last_error=None, expires_at=now + ANOTHER_DAY)
    )
    return again.rowcount == 1


async def withdraw(connection: AsyncConnection, workspace_id: str, key: str) -> bool:
    """Cancel one letter that is not on its way; False where there is none."""
    done = await connection.execute(
        _of(workspace_id, key).where(outbox.c.state == State.PENDING).values(state=State.CANCELLED)
    )
    return done.rowcount == 1


async def doubt(connection: AsyncConnection, workspace_id: str, now: datetime) -> tuple[int, int]:
    """After a backup was put back: whatever was due may stand in Slack already and is looked for before it is sent.

    How many letters that are, and how many schedules of which letters were made since.
    """
    doubted = await connection.execute(_to_be_looked_for(workspace_id).where(outbox.c.due_at <= now))
    restored = await connection.execute(
        sa.update(schedules)
        .where(schedules.c.workspace_id == workspace_id, schedules.c.next_at <= now)
        .values(restored_at=now)
    )
    return doubted.rowcount, restored.rowcount


async def doubt_these(connection: AsyncConnection, workspace_id: str, keys: Sequence[str]) -> None:
    """The same for letters of these keys, where nobody has begun to send them."""
    if keys:
        unsent = (outbox.c.dedupe_key.in_(keys), outbox.c.attempts == 0)
        await connection.execute(_to_be_looked_for(workspace_id).where(*unsent))


async def forget(connection: AsyncConnection, workspace_id: str, now: datetime) -> None:
    """Letters that are done leave after a while."""
    await connection.execute(
        sa.delete(outbox).where(
            outbox.c.workspace_id == workspace_id, outbox.c.state.not_in(OPEN), outbox.c.due_at < now - KEPT
        )
    )


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(now),
        "workspace_id": letter.workspace_id,
        "dedupe_key": letter.key,
        "kind": letter.kind,
        "recipient": letter.recipient,
        "about": letter.about,
        "reference": dict(letter.reference),
        "due_at": letter.due_at,
        "not_before": letter.due_at,
        "expires_at": letter.expires_at,
        "state": State.PENDING,
    }


def _of(workspace_id: str, key: str) -> sa.Update:
    return sa.update(outbox).where(outbox.c.workspace_id == workspace_id, outbox.c.dedupe_key == key)


def _to_be_looked_for(workspace_id: str) -> sa.Update:
    return (
        sa.update(outbox)
        .where(outbox.c.workspace_id == workspace_id, outbox.c.state.in_(OPEN))
        .values(
            state=State.PENDING,
            ambiguous=True,
            lease_owner=None,
            lease_until=None,
            first_attempt_at=sa.func.coalesce(outbox.c.first_attempt_at, outbox.c.due_at),
        )
    )


def _entries(workspace_id: str) -> sa.Select[Any]:
    where_it_stands = outbox.c["id", "dedupe_key", "kind", "recipient", "state", "due_at", "not_before", "attempts"]
    came_to = outbox.c["channel_id", "slack_ts", "sent_at", "last_error"]
    return sa.select(*where_it_stands, *came_to).where(outbox.c.workspace_id == workspace_id)


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(
        row.id,
        row.dedupe_key,
        row.kind,
        row.recipient,
        State(row.state),
        row.due_at,
        row.not_before,
        row.attempts,
        row.channel_id,
        row.slack_ts,
        row.sent_at,
        row.last_error,
    )
