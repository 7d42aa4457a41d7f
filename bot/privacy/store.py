"""Everything that is kept about one person, table by table, and its end.

What is deleted takes words, names and links with it. Of commitments and readings that are closed a row without a person
stays, so that a team's totals of the past do not change.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.model import OPEN, State
from bot.kernel.ids import UserId, WorkspaceId
from bot.storage import tables as t

NOBODY = "nobody"
"""Stands where a person stood who deleted what was kept of them, with a number that leads to nobody."""

THEIRS: Mapping[str, tuple[sa.Table, str]] = {
    "what Slack says of you and what you chose": (t.people, "user_id"),
    "teams you are or were in": (t.team_members, "user_id"),
    "days away": (t.away, "user_id"),
    "commitments": (t.commitments, "owner_id"),
    "steps of commitments": (t.commitment_events, "actor_id"),
    "metrics you own": (t.metrics, "owner_id"),
    "changes of metrics": (t.metric_versions, "actor_id"),
    "readings you entered": (t.readings, "entered_by"),
    "what you did with reports": (t.report_steps, "lead_id"),
    "answers to the pulse": (t.pulses, "lead_id"),
    "answers you got": (t.answers, "user_id"),
    "what your threads are about": (t.thread_memory, "user_id"),
    "opinions on answers": (t.feedback, "user_id"),
    "questions nothing answered": (t.gaps, "user_id"),
    "messages to you": (t.outbox, "recipient"),
    "when messages come to you": (t.schedules, "owner_id"),
}
"""Every table that names a person, and the column that does; a test holds that none is missing."""
_INSIDE = ("workspace_id", "dedupe_key", "lease_owner", "lease_until", "shown")
"""Columns that say nothing about the person."""


async def everything(connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId) -> dict[str, list[Any]]:
    """All rows about somebody, as JSON can hold them; only what is theirs."""
    kept: dict[str, list[Any]] = {}
    for name, (table, column) in THEIRS.items():
        rows = await connection.execute(sa.select(table).where(*_whose(table, column, workspace_id, user_id)))
        kept[name] = [_plain(row) for row in rows.mappings()]
    return {name: rows for name, rows in kept.items() if rows}


async def erase(connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId, now: datetime) -> None:
    """Delete what is somebody's; in what stays for the totals nobody is left. Metrics stay with their team."""
    nobody = f"{NOBODY}:{secrets.token_hex(8)}"
    await _erase_commitments(connection, workspace_id, user_id, nobody)
    for table, column in (
        (t.answers, "user_id"),
        (t.feedback, "user_id"),
        (t.thread_memory, "user_id"),
        (t.gaps, "user_id"),
        (t.away, "user_id"),
        (t.pulses, "lead_id"),
        (t.people, "user_id"),
        (t.team_members, "user_id"),
    ):
        await connection.execute(sa.delete(table).where(*_whose(table, column, workspace_id, user_id)))
    await _erase_letters(connection, workspace_id, user_id)
    for table, column in (
        (t.readings, "entered_by"),
        (t.metric_versions, "actor_id"),
        (t.metrics, "owner_id"),
        (t.report_steps, "lead_id"),
    ):
        gone: dict[str, Any] = {column: nobody} | ({"note": None} if table is t.report_steps else {})
        await connection.execute(sa.update(table).where(*_whose(table, column, workspace_id, user_id)).values(**gone))
    await _erase_work(connection, workspace_id, user_id)


async def forget_old(connection: AsyncConnection, workspace_id: WorkspaceId, before: datetime) -> None:
    """What is older leaves by itself: who got which answer, and the words of commitments closed by then."""
    await connection.execute(
        sa.delete(t.answers).where(t.answers.c.workspace_id == workspace_id).where(t.answers.c.asked_at < before)
    )
    c = t.commitments.c
    await connection.execute(
        sa.update(t.commitments)
        .where(c.workspace_id == workspace_id)
        .where(c.closed_at < before)
        .where(c.what != "")
        .values(what="", why=None, if_then=None, link=None)
    )


async def _erase_commitments(
    connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId, nobody: str
) -> None:
    c, e = t.commitments.c, t.commitment_events.c
    theirs = _whose(t.commitments, "owner_id", workspace_id, user_id)
    await connection.execute(sa.delete(t.commitments).where(*theirs).where(c.status == "open"))
    ids = sa.select(c.id).where(*theirs)
    steps = sa.update(t.commitment_events).where(e.commitment_id.in_(ids))
    await connection.execute(steps.values(actor_id=nobody))
    await connection.execute(steps.where(e.kind != "moved").values(told={}))  # a move tells days only; totals need them
    await connection.execute(
        sa.update(t.commitments)
        .where(*theirs)
        .values(
            owner_id=nobody,
            what="",
            why=None,
            if_then=None,
            link=None,
            made_from=None,
            answer_id=None,
            recurring=None,
        )
    )


async def _erase_letters(connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId) -> None:
    """Letters to them, and those to them as a lead, whose owner is team/person."""
    o, s = t.outbox.c, t.schedules.c
    to_them = sa.or_(o.recipient == user_id, o.recipient.like(f"%/{user_id}"))
    await connection.execute(
        sa.update(t.outbox)
        .where(o.workspace_id == workspace_id, to_them, o.state == State.PENDING)
        .values(state=State.CANCELLED)
    )
    await connection.execute(sa.delete(t.outbox).where(o.workspace_id == workspace_id, to_them, o.state.not_in(OPEN)))
    theirs = sa.or_(s.owner_id == user_id, s.owner_id.like(f"%/{user_id}"))
    await connection.execute(sa.delete(t.schedules).where(s.workspace_id == workspace_id, theirs))


async def _erase_work(connection: AsyncConnection, workspace_id: WorkspaceId, user_id: UserId) -> None:
    """Questions of theirs that are still under way."""
    rows = await connection.execute(
        sa.select(t.unfinished.c.id, t.unfinished.c.payload).where(t.unfinished.c.workspace_id == workspace_id)
    )
    ids = [row.id for row in rows if row.payload.get("user_id") == user_id]
    await connection.execute(
        sa.delete(t.unfinished).where(t.unfinished.c.workspace_id == workspace_id, t.unfinished.c.id.in_(ids))
    )


def _whose(
    table: sa.Table, column: str, workspace_id: WorkspaceId, user_id: UserId
) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.workspace_id == workspace_id, table.c[column] == user_id


def _plain(row: sa.RowMapping) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in _INSIDE and value is not None}
    plain = (str, int, float, bool, list, dict)
    return {name: value if isinstance(value, plain) else str(value) for name, value in told.items()}
