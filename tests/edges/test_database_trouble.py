"""A database that is locked, away, broken or full is told by its name and remedy, and comes back by itself."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import CoachError, DatabaseAway, DatabaseBroken, DatabaseLocked, DiskFull
from bot.storage.engine import Database, open_database
from bot.storage.migrate import migrate
from bot.storage.tables import seen_events, unfinished
from bot.storage.upsert import insert_once
from bot.storage.watch import Watch
from tests import databases
from tests.logged import logged

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NOWHERE = "postgresql+asyncpg://coach@127.0.0.1:1/coach"


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    url = databases.copied_sqlite(sqlite_template, tmp_path)
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Iterator[str]:
    url = databases.new_postgresql(postgres, template=postgres_template)
    yield url
    databases.drop_postgresql(postgres, url)


async def write_one(database: Database, key: str = "Ev1") -> None:
    async with database.write() as connection:
        await insert_once(connection, seen_events, workspace_id="T1", event_key=key, seen_at=NOW)


async def store(database: Database, row: dict[str, object]) -> None:
    async with database.write() as connection:
        await connection.execute(sa.insert(unfinished).values(row))


async def trouble_with(url: str) -> CoachError:
    database = open_database(url, lock_timeout_seconds=0.2)
    try:
        with pytest.raises(CoachError) as caught:
            await asyncio.wait_for(write_one(database), timeout=30)
        return caught.value
    finally:
        await database.close()


async def test_a_file_another_process_writes_is_locked_and_free_again_afterwards(file: Path) -> None:
    database = open_database(databases.sqlite_url(file), lock_timeout_seconds=0.2)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked):
            await write_one(database)
        other.execute("ROLLBACK")
    await write_one(database)
    await database.close()


async def test_a_reader_is_not_held_up_by_a_writer(file: Path) -> None:
    database = open_database(databases.sqlite_url(file), lock_timeout_seconds=0.2)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with database.read() as connection:
            assert await connection.scalar(sa.select(sa.func.count()).select_from(seen_events)) == 0
    await database.close()


async def test_a_file_that_is_no_database_is_broken(tmp_path: Path) -> None:
    (tmp_path / "coach.db").write_bytes(b"these are minutes of a meeting\n" * 100)
    assert isinstance(await trouble_with(databases.sqlite_url(tmp_path / "coach.db")), DatabaseBroken)
    with pytest.raises(DatabaseBroken):
        await migrate(databases.sqlite_url(tmp_path / "coach.db"))


async def test_a_database_nobody_migrated_is_broken(empty_database_url: str) -> None:
    assert isinstance(await trouble_with(empty_database_url), DatabaseBroken)


async def test_a_folder_that_is_a_file_is_away(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DatabaseAway):
        await migrate(databases.sqlite_url(tmp_path / "data" / "coach.db"))


async def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    await migrate(databases.sqlite_url(tmp_path / "new" / "data" / "coach.db"))
    assert (tmp_path / "new" / "data" / "coach.db").exists()


async def test_a_full_disk_is_told_and_what_was_there_is_kept(file: Path) -> None:
    database = open_database(databases.sqlite_url(file))
    await write_one(database)
    async with database.write() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=1")  # no page more than there are
    big = {"id": "u1", "workspace_id": "T1", "kind": "event", "payload": "x" * 5_000_000, "stored_at": NOW}
    with pytest.raises(DiskFull):
        await store(database, big)
    async with database.read() as connection:
        assert await connection.scalar(sa.select(seen_events.c.event_key)) == "Ev1"
    await database.close()


async def test_what_is_committed_survives_a_process_that_ends_without_closing(file: Path) -> None:
    database = open_database(databases.sqlite_url(file))
    await write_one(database)
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("SELECT event_key FROM seen_events").fetchall() == [("Ev1",)]
    await database.close()


async def test_every_connection_of_sqlite_is_set_up(file: Path) -> None:
    database = open_database(databases.sqlite_url(file))
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
    async with database.read() as reader, database.write() as writer:
        for connection in (reader, writer):
            found = {name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in wanted}
            assert found == wanted
    await database.close()


async def test_a_server_that_is_not_there_is_away() -> None:
    assert isinstance(await trouble_with(NOWHERE), DatabaseAway)
    with pytest.raises(DatabaseAway):
        await migrate(NOWHERE)


async def test_a_database_that_does_not_exist_is_away(postgres: str) -> None:
    assert isinstance(await trouble_with(postgres.rsplit("/", 1)[0] + "/nobody_made_this"), DatabaseAway)


async def test_an_address_that_is_none_is_away() -> None:
    with pytest.raises(DatabaseAway):
        open_database("postgresql+asyncpg:coach")


async def test_a_connection_that_is_cut_is_away_and_the_next_one_works(postgres: str, postgres_url: str) -> None:
    database = open_database(postgres_url)
    await write_one(database, "before")
    with pytest.raises(DatabaseAway):
        await write_while_cut(database, postgres, postgres_url)
    await write_one(database, "after")
    await cut_all(postgres, postgres_url)  # idle in the pool this time
    async with database.read() as connection:
        assert (await connection.execute(sa.select(seen_events.c.event_key))).scalars().all() == ["before", "after"]
    await database.close()


async def test_a_database_that_goes_and_comes_back_is_two_lines_in_the_log(file: Path) -> None:
    seconds = iter([100.0, 107.5])
    database = replace(open_database(databases.sqlite_url(file)), watch=Watch(lambda: next(seconds)))
    with logged() as lines:
        with moved_away(file):
            for _ in range(5):
                with pytest.raises(DatabaseAway):
                    await write_one(database)
        for key in ("Ev1", "Ev2"):
            await write_one(database, key)
    await database.close()
    told = [json.loads(line) for line in lines.getvalue().splitlines() if '"database.' in line]
    assert [(one["event"], one.get("seconds")) for one in told] == [("database.away", None), ("database.back", 7.5)]


@contextmanager
def moved_away(file: Path) -> Iterator[None]:
    """A folder stands in the place of the file."""
    elsewhere = file.rename(file.with_suffix(".moved"))
    file.mkdir()
    yield
    file.rmdir()
    elsewhere.rename(file)


async def write_while_cut(database: Database, server: str, url: str) -> None:
    async with database.write() as connection:
        await connection.execute(sa.select(1))
        await cut_all(server, url)
        await connection.execute(sa.select(1))


async def cut_all(server: str, url: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    name = sa.make_url(url).database
    cut = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    async with engine.connect() as connection:
        await connection.execute(cut, {"name": name})
    await engine.dispose()


async def test_a_mistake_of_ours_is_not_called_trouble(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.read() as connection:
            await connection.execute(sa.text("SELECT no_such_column FROM seen_events"))


async def test_no_trouble_repeats_what_was_to_be_stored(file: Path) -> None:
    database = open_database(databases.sqlite_url(file))
    row = {"id": "u1", "workspace_id": "T1", "kind": "event", "payload": {"text": "I was afraid"}, "stored_at": NOW}
    await store(database, row)
    with pytest.raises(DBAPIError) as caught:
        await store(database, row)
    assert "afraid" not in str(caught.value)
    await database.close()
