"""SQLite and PostgreSQL keep the same promises."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DatabaseBroken
from bot.storage.engine import Database
from bot.storage.ids import new_id
from bot.storage.tables import answers, feedback, gaps, metadata, seen_events, thread_memory, unfinished
from bot.storage.upsert import insert_once, upsert

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
PARIS = timezone(timedelta(hours=1))


async def an_answer(connection: AsyncConnection, answer_id: str = "a1", **more: object) -> None:
    row = {
        "id": answer_id,
        "workspace_id": "T1",
        "user_id": "U0MARA",
        "channel_id": "D1",
        "place": "dm",
        "status": "answered",
        "card_ids": ["survey-ladder", "measure-first"],
        "confidence": 0.91,
        "writer": "reviewed",
        "asked_at": NOW,
        "ms": 12,
    }
    await connection.execute(sa.insert(answers).values(row | more))


async def count(database: Database, table: sa.Table) -> int:
    async with database.read() as connection:
        return int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


async def test_what_was_written_is_read_back(database: Database) -> None:
    async with database.write() as connection:
        await an_answer(connection)
    async with database.read() as connection:
        row = (await connection.execute(sa.select(answers))).one()
    assert row.card_ids == ["survey-ladder", "measure-first"]
    assert (row.confidence, row.topic, row.asked_at) == (0.91, None, NOW)


async def test_times_come_back_as_utc_whatever_their_zone(database: Database) -> None:
    async with database.write() as connection:
        await insert_once(connection, seen_events, workspace_id="T1", event_key="e", seen_at=NOW.astimezone(PARIS))
    async with database.read() as connection:
        seen = await connection.scalar(sa.select(seen_events.c.seen_at))
    assert seen == NOW
    assert seen is not None
    assert seen.utcoffset() == timedelta(0)


async def test_times_are_compared_as_moments(database: Database) -> None:
    async with database.write() as connection:
        await insert_once(connection, seen_events, workspace_id="T1", event_key="e", seen_at=NOW)
    before = sa.select(seen_events.c.event_key).where(
        seen_events.c.seen_at < (NOW + timedelta(minutes=1)).astimezone(PARIS)
    )
    async with database.read() as connection:
        assert await connection.scalar(before) == "e"


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        async with database.write() as connection:
            await insert_once(connection, seen_events, workspace_id="T1", event_key="e", seen_at=datetime(2026, 11, 23))


async def test_an_exception_undoes_the_transaction(database: Database) -> None:
    async def write_then_break() -> None:
        async with database.write() as connection:
            await an_answer(connection)
            raise RuntimeError("after the write")

    with pytest.raises(RuntimeError, match="after the write"):
        await write_then_break()
    assert await count(database, answers) == 0


async def test_a_cancelled_task_undoes_its_transaction_and_frees_the_writer(database: Database) -> None:
    written = asyncio.Event()

    async def written_then_waiting() -> None:
        async with database.write() as connection:
            await an_answer(connection)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(written_then_waiting())
    await asyncio.wait_for(written.wait(), timeout=10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count(database, answers) == 0
    async with database.write() as connection:
        await an_answer(connection)
    assert await count(database, answers) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, DatabaseBroken)):
        async with database.read() as connection:
            await an_answer(connection)
    assert await count(database, answers) == 0


async def test_a_reader_sees_nothing_of_an_open_transaction(database: Database) -> None:
    async with database.write() as connection:
        await an_answer(connection)
        assert await count(database, answers) == 0
    assert await count(database, answers) == 1


async def test_one_of_many_deliveries_of_an_event_wins(database: Database) -> None:
    async def deliver() -> bool:
        async with database.write() as connection:
            return await insert_once(connection, seen_events, workspace_id="T1", event_key="Ev1", seen_at=NOW)

    won = await asyncio.wait_for(asyncio.gather(*(deliver() for _ in range(20))), timeout=30)
    assert sorted(won) == [False] * 19 + [True]


async def test_the_same_event_in_another_workspace_is_another_event(database: Database) -> None:
    async with database.write() as connection:
        first = await insert_once(connection, seen_events, workspace_id="T1", event_key="Ev1", seen_at=NOW)
        other = await insert_once(connection, seen_events, workspace_id="T2", event_key="Ev1", seen_at=NOW)
    assert (first, other) == (True, True)


async def test_many_writers_and_readers_get_through(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.write() as connection:
            await an_answer(connection, f"a{number}")

    await asyncio.wait_for(
        asyncio.gather(*(write(number) for number in range(40)), *(count(database, answers) for _ in range(40))),
        timeout=60,
    )
    assert await count(database, answers) == 40


async def test_a_second_opinion_replaces_the_first(database: Database) -> None:
    async def click(verdict: str) -> None:
        row = {"answer_id": "a1", "user_id": "U1", "workspace_id": "T1", "verdict": verdict, "given_at": NOW}
        async with database.write() as connection:
            given = upsert(connection, feedback).values(row)
            await connection.execute(
                given.on_conflict_do_update(
                    index_elements=["answer_id", "user_id"], set_={"verdict": given.excluded.verdict}
                )
            )

    async with database.write() as connection:
        await an_answer(connection)
    await click("helpful")
    await click("not_helpful")
    async with database.read() as connection:
        assert (await connection.execute(sa.select(feedback.c.verdict))).scalars().all() == ["not_helpful"]


async def test_a_taken_key_is_told_as_such(database: Database) -> None:
    async with database.write() as connection:
        await an_answer(connection)
    with pytest.raises(IntegrityError):
        async with database.write() as connection:
            await an_answer(connection)


async def test_an_opinion_needs_its_answer(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as connection:
            await connection.execute(
                sa.insert(feedback).values(
                    answer_id="gone", user_id="U1", workspace_id="T1", verdict="helpful", given_at=NOW
                )
            )


async def test_deleting_an_answer_deletes_what_hangs_on_it(database: Database) -> None:
    own = {"workspace_id": "T1", "user_id": "U1", "answer_id": "a1"}
    memory = {"channel_id": "D1", "thread_ts": "1.2", "question": "?", "card_ids": [], "evidence_ids": []}
    async with database.write() as connection:
        await an_answer(connection)
        await connection.execute(sa.insert(feedback).values(own | {"verdict": "helpful", "given_at": NOW}))
        await connection.execute(sa.insert(gaps).values(own | {"id": "g1", "asked_at": NOW}))
        await connection.execute(sa.insert(thread_memory).values(own | memory | {"updated_at": NOW}))
        await connection.execute(sa.delete(answers).where(answers.c.workspace_id == "T1"))
    for table in (feedback, gaps, thread_memory):
        assert await count(database, table) == 0, table.name


async def test_work_cut_off_by_a_stop_keeps_its_form(database: Database) -> None:
    payload = {"event": {"ts": "1.2", "text": "wörds 👩\u200d💻"}, "retries": 0, "seen": None}
    async with database.write() as connection:
        await connection.execute(
            sa.insert(unfinished).values(
                id=new_id(NOW), workspace_id="T1", kind="event", payload=payload, stored_at=NOW
            )
        )
    async with database.read() as connection:
        assert await connection.scalar(sa.select(unfinished.c.payload)) == payload


def test_every_table_belongs_to_a_workspace() -> None:
    for table in metadata.tables.values():
        keyed = {table.primary_key.columns.keys()[0], *(index.columns.keys()[0] for index in table.indexes)}
        assert "workspace_id" in keyed, table.name
