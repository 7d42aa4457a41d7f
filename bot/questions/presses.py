"""What the database keeps of the buttons under an answer: who pressed what, once for each person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.questions.buttons import Pressed
from bot.questions.model import Status
from bot.storage.tables import answers, commitments, feedback, gaps, seen_events
from bot.storage.upsert import insert_once, upsert


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the buttons under it need it."""

    id: str
    user_id: str
    place: str
    status: Status
    card_id: str
    next_step: str | None
    shown: dict[str, Any] | None
    """The message as only its person saw it: Slack does not send that back with a click."""


async def given(connection: AsyncConnection, workspace_id: str, answer_id: str) -> Given | None:
    """The answer a button refers to; None once it was deleted."""
    found = await connection.execute(
        sa.select(*answers.c["id", "user_id", "place", "status", "card_ids", "next_step", "shown"])
        .where(answers.c.workspace_id == workspace_id)
        .where(answers.c.id == answer_id)
    )
    row = found.one_or_none()
    if row is None:
        return None
    card = next(iter(row.card_ids), "")
    return Given(row.id, row.user_id, row.place, Status(row.status), card, row.next_step, row.shown)


async def give_feedback(
    connection: AsyncConnection, workspace_id: str, answer_id: str, user_id: str, opinion: Pressed, now: datetime
) -> None:
    """One opinion of one person on one answer; the last one counts."""
    values = {"verdict": opinion.verdict, "reason": opinion.reason, "given_at": now}
    await connection.execute(
        upsert(connection, feedback)
        .values(workspace_id=workspace_id, answer_id=answer_id, user_id=user_id, **values)
        .on_conflict_do_update(index_elements=["answer_id", "user_id"], set_=values)
    )


async def share_once(connection: AsyncConnection, workspace_id: str, answer_id: str, now: datetime) -> bool:
    """Whether the answer had not been shared before; it is now."""
    return await insert_once(
        connection, seen_events, workspace_id=workspace_id, event_key=share_key(answer_id), seen_at=now
    )


def share_key(answer_id: str) -> str:
    return f"share:{answer_id}"


def tried(answer_id: str, user_id: str) -> str:
    """What a commitment is made from that began under an answer: one for each person."""
    return f"answer:{answer_id}:{user_id}"


async def pass_on(
    connection: AsyncConnection, workspace_id: str, answer_id: str, words: str, *, named: bool, now: datetime
) -> None:
    """With the asker's consent, the words of a question go to the curator. The first consent counts."""
    await connection.execute(
        sa.update(gaps)
        .where(gaps.c.workspace_id == workspace_id)
        .where(gaps.c.answer_id == answer_id)
        .where(gaps.c.passed_on_at.is_(None))
        .values(question=words, named=named, passed_on_at=now)
    )


async def pressed(connection: AsyncConnection, workspace_id: str, answer_id: str, user_id: str) -> Pressed:
    """What one person has done with one answer."""
    opinion = await connection.execute(
        sa.select(feedback.c.verdict, feedback.c.reason)
        .where(feedback.c.workspace_id == workspace_id)
        .where(feedback.c.answer_id == answer_id)
        .where(feedback.c.user_id == user_id)
    )
    committed = await connection.execute(
        sa.select(commitments.c.id)
        .where(commitments.c.workspace_id == workspace_id)
        .where(commitments.c.made_from == tried(answer_id, user_id))
    )
    passed = await connection.execute(
        sa.select(gaps.c.named)
        .where(gaps.c.workspace_id == workspace_id)
        .where(gaps.c.answer_id == answer_id)
        .where(gaps.c.user_id == user_id)
        .where(gaps.c.passed_on_at.is_not(None))
    )
    shared = await connection.execute(
        sa.select(seen_events.c.event_key)
        .where(seen_events.c.workspace_id == workspace_id)
        .where(seen_events.c.event_key == share_key(answer_id))
    )
    verdict, reason = opinion.one_or_none() or (None, None)
    named = passed.scalar_one_or_none()
    passed_on = None if named is None else "named" if named else "unnamed"
    return Pressed(verdict, reason, committed.first() is not None, passed_on, shared=shared.first() is not None)
