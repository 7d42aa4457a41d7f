"""Databases for tests: migrated once a session, copied for each test, so that every test has its own."""

import asyncio
import itertools
import os
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa

from bot.storage.migrate import migrate

_numbers = itertools.count()


def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def copied_sqlite(template: Path, folder: Path) -> str:
    return sqlite_url(Path(shutil.copy(template, folder / f"coach-{next(_numbers)}.db")))


def migrated_sqlite(folder: Path) -> Path:
    """A file to copy: closing the last connection has folded its write-ahead log back into it."""
    file = folder / "template.db"
    in_a_thread(lambda: migrate(sqlite_url(file)))
    return file


def migrated_postgresql(server: str) -> str:
    """The address of a migrated database, to be used as a template."""
    url = new_postgresql(server)
    in_a_thread(lambda: migrate(url))
    return url


def new_postgresql(server: str, *, template: str | None = None) -> str:
    """The address of a database nobody else uses, empty or a copy of the template."""
    name = f"coach_test_{os.getpid()}_{next(_numbers)}"
    copied = f' TEMPLATE "{sa.make_url(template).database}"' if template else ""
    in_a_thread(lambda: _execute(server, f'CREATE DATABASE "{name}"{copied}'))
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_postgresql(server: str, url: str) -> None:
    in_a_thread(lambda: _execute(server, f'DROP DATABASE IF EXISTS "{sa.make_url(url).database}" WITH (FORCE)'))


def in_a_thread(work: Callable[[], Awaitable[None]]) -> None:
    """Fixtures that are not async may run while a loop does."""

    async def awaited() -> None:
        await work()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(awaited())).result()


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server.replace("+asyncpg", "", 1), timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
