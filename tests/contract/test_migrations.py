"""Migrating leads to what tables.py says, once, all or nothing, on both databases."""

import asyncio

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import DatabaseBroken
from bot.storage.engine import open_database
from bot.storage.migrate import NEWEST, configuration, migrate
from bot.storage.tables import metadata
from tests.house.test_imports import loaded_after


async def differences(engine: AsyncEngine) -> list[object]:
    """What Alembic would still change to get from the database to tables.py."""

    def compared(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with engine.begin() as connection:
        return await connection.run_sync(compared)


async def table_names(url: str) -> set[str]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    await engine.dispose()
    return set(names) - {"alembic_version"}


async def test_migrating_an_empty_database_gives_the_tables_of_this_code(empty_database_url: str) -> None:
    await migrate(empty_database_url)
    engine = create_async_engine(empty_database_url)
    assert await differences(engine) == []
    assert await table_names(empty_database_url) == set(metadata.tables)
    await engine.dispose()


async def test_the_comparison_sees_a_column_that_is_missing(empty_database_url: str) -> None:
    await migrate(empty_database_url)
    engine = create_async_engine(empty_database_url)
    async with engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE gaps DROP COLUMN named"))
    assert [change[0] for change in await differences(engine) if isinstance(change, tuple)] == ["add_column"]
    await engine.dispose()


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    await migrate(database_url)
    assert await table_names(database_url) == set(metadata.tables)


def test_a_database_that_is_up_to_date_is_opened_without_alembic(database_url: str) -> None:
    opened = f"import asyncio; from bot.storage.migrate import migrate; asyncio.run(migrate({database_url!r}))"
    assert "alembic" not in loaded_after(opened)


def test_the_newest_migration_is_the_one_that_alembic_ends_with() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_current_head() == NEWEST


async def test_replicas_that_start_together_migrate_once(empty_database_url: str) -> None:
    await asyncio.wait_for(asyncio.gather(*(migrate(empty_database_url) for _ in range(4))), timeout=30)
    assert await table_names(empty_database_url) == set(metadata.tables)


async def test_rows_are_kept_when_migrating_again(database_url: str) -> None:
    async def rows() -> int:
        opened = open_database(database_url)
        async with opened.read() as connection:
            count = await connection.scalar(sa.text("SELECT count(*) FROM seen_events"))
        await opened.close()
        return int(count or 0)

    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(sa.text("INSERT INTO seen_events VALUES ('T1', 'Ev1', '2026-11-23 10:00:00+00:00')"))
    await engine.dispose()
    await migrate(database_url)
    assert await rows() == 1


async def test_a_database_of_a_newer_coach_is_left_alone(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(DatabaseBroken, match="newer version"):
        await migrate(database_url)


async def test_a_migration_that_breaks_half_way_leaves_nothing(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def up_then_break(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise RuntimeError("power cut")

    upgrade = command.upgrade
    monkeypatch.setattr(command, "upgrade", up_then_break)
    with pytest.raises(RuntimeError, match="power cut"):
        await migrate(empty_database_url)
    assert await table_names(empty_database_url) == set()


async def test_going_back_leaves_an_empty_database(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "base"))
    await engine.dispose()
    assert await table_names(database_url) == set()
