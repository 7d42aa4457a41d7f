"""What the database keeps of questions and answers. Words of a person stay only as long as something needs them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.questions.incoming import CHANNEL, Incoming
from bot.questions.model import Answer, Gap, Memory, Status
from bot.storage.ids import new_id
from bot.storage.tables import answers, gaps, thread_memory
from bot.storage.upsert import insert_once, upsert
from knowledge.card import CardId


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A question that was passed on and waits for a card. `user_id` is set where the asker wants to hear."""

    id: str
    workspace_id: str
    question: str
    user_id: str | None


async def memory_of(connection: AsyncConnection, thread: tuple[str, str, str]) -> Memory | None:
    """What the thread (workspace, channel, ts) was about last."""
    workspace_id, channel_id, thread_ts = thread
    found = await connection.execute(
        sa.select(*thread_memory.c["question", "card_ids", "evidence_ids"])
        .where(thread_memory.c.workspace_id == workspace_id)
        .where(thread_memory.c.channel_id == channel_id)
        .where(thread_memory.c.thread_ts == thread_ts)
    )
    row = found.one_or_none()
    return Memory(row.question, tuple(row.card_ids), tuple(row.evidence_ids)) if row else None


async def is_first_in_channel(connection: AsyncConnection, workspace_id: str, channel_id: str) -> bool:
    """Whether the coach has not answered in this channel before."""
    found = await connection.execute(
        sa.select(answers.c.id)
        .where(answers.c.workspace_id == workspace_id)
        .where(answers.c.channel_id == channel_id)
        .where(answers.c.place == CHANNEL)
        .limit(1)
    )
    return found.first() is None


async def save(
    connection: AsyncConnection, incoming: Incoming, answer: Answer, *, ms: int, shown: dict[str, Any] | None
) -> None:
    """The answer, what its thread remembers, and the gap where nothing answered."""
    asked = incoming.asked
    await insert_once(
        connection,
        answers,
        id=asked.id,
        workspace_id=asked.workspace_id,
        user_id=asked.user_id,
        channel_id=asked.channel_id or "",
        thread_ts=asked.thread_ts,
        place=asked.place,
        status=answer.status.value,
        topic=answer.topic or None,
        card_ids=list(answer.cards),
        confidence=answer.confidence,
        writer=answer.writer,
        prompt_hash=answer.prompt_hash,
        asked_at=asked.at,
        ms=ms,
        next_step=answer.next_step,
        shown=shown,
    )
    if incoming.thread_key:
        await remember(connection, incoming, answer, incoming.thread_key)
    if answer.status in (Status.NOTHING, Status.CLOSEST):
        await _keep_gap(connection, incoming, answer)


async def remember(
    connection: AsyncConnection, incoming: Incoming, answer: Answer, thread: tuple[str, str, str]
) -> None:
    """Keep what a thread is about; greetings change nothing."""
    if not answer.searched:
        return
    workspace_id, channel_id, thread_ts = thread
    memory = {
        "question": answer.memory.question,
        "card_ids": list(answer.memory.cards),
        "evidence_ids": list(answer.memory.evidence),
        "user_id": incoming.asked.user_id,
        "answer_id": incoming.asked.id,
        "updated_at": incoming.asked.at,
    }
    key = {"workspace_id": workspace_id, "channel_id": channel_id, "thread_ts": thread_ts}
    await connection.execute(
        upsert(connection, thread_memory)
        .values(**key, **memory)
        .on_conflict_do_update(index_elements=list(key), set_=memory)
    )


async def open_gaps(connection: AsyncConnection, workspace_id: str) -> list[OpenGap]:
    """Questions that were passed on and have no answer yet, oldest first."""
    rows = await connection.execute(
        sa.select(*gaps.c["id", "workspace_id", "question", "user_id", "named"])
        .where(gaps.c.workspace_id == workspace_id)
        .where(gaps.c.passed_on_at.is_not(None))
        .where(gaps.c.answered_at.is_(None))
        .order_by(gaps.c.passed_on_at, gaps.c.id)
    )
    return [OpenGap(row.id, row.workspace_id, row.question, row.user_id if row.named else None) for row in rows]


async def close_gap(connection: AsyncConnection, gap: OpenGap, now: datetime) -> bool:
    """The gap has an answer; its words go. False where it was closed before, so that nobody is told twice."""
    closed = await connection.execute(
        sa.update(gaps)
        .where(gaps.c.workspace_id == gap.workspace_id)
        .where(gaps.c.id == gap.id)
        .where(gaps.c.answered_at.is_(None))
        .values(answered_at=now, question=None)
    )
    return closed.rowcount == 1


async def gaps_by_topic(
    connection: AsyncConnection, workspace_id: str | None = None, *, since: datetime | None = None
) -> list[Gap]:
    """What nothing answered, the commonest topic first; words only where their asker passed them on.

    Without a workspace it counts over all of them, for the curator at the command line; with `since`, only what was
    asked from then on.
    """
    rows = await connection.execute(
        sa.select(gaps.c.topic, gaps.c.question)
        .where(gaps.c.answered_at.is_(None))
        .where(sa.true() if workspace_id is None else gaps.c.workspace_id == workspace_id)
        .where(sa.true() if since is None else gaps.c.asked_at >= since)
        .order_by(gaps.c.asked_at, gaps.c.id)
    )
    by_topic: dict[str, list[str | None]] = {}
    for row in rows:
        by_topic.setdefault(row.topic or "", []).append(row.question)
    found = [Gap(topic, len(asked), tuple(one for one in asked if one)) for topic, asked in by_topic.items()]
    return sorted(found, key=lambda gap: (-gap.count, gap.topic))


async def cards_told(connection: AsyncConnection) -> frozenset[CardId]:
    """Cards that stand in any answer so far, over all workspaces, for the curator at the command line."""
    rows = await connection.execute(sa.select(answers.c.card_ids).order_by(answers.c.id))
    return frozenset(id for row in rows for id in row.card_ids)


async def _keep_gap(connection: AsyncConnection, incoming: Incoming, answer: Answer) -> None:
    asked = incoming.asked
    await insert_once(
        connection,
        gaps,
        id=new_id(asked.at),
        workspace_id=asked.workspace_id,
        answer_id=asked.id,
        user_id=asked.user_id,
        topic=answer.topic or None,
        asked_at=asked.at,
        named=False,
    )
