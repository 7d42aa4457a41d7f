"""Connections to SQLite or PostgreSQL: reads beside each other, writes in a transaction, errors that say what to do.

SQLite has one writer: it takes the lock when its transaction begins, since a read that turns into a write is refused at
once. PostgreSQL takes any number. Source: sqlite.org/lang_transaction.html, docs.sqlalchemy.org (dialects/sqlite).
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import CoachError, DatabaseAway, DatabaseBroken, DatabaseLocked, DiskFull
from bot.storage.watch import Watch

LOCK_TIMEOUT_SECONDS = 15.0
CONNECT_TIMEOUT_SECONDS = 10
READERS = 4

# What the databases say, and what it means to whoever runs the coach. Sources: sqlite.org/rescode.html,
# postgresql.org/docs/current/errcodes-appendix.html (the first characters of SQLSTATE decide).
_SAYS: tuple[tuple[str, type[CoachError]], ...] = (
    ("unable to open database file", DatabaseAway),
    ("disk is full", DiskFull),
    ("is locked", DatabaseLocked),
    ("not a database", DatabaseBroken),
    ("malformed", DatabaseBroken),
    ("readonly database", DatabaseBroken),
    ("disk i/o error", DatabaseBroken),
    ("no such table", DatabaseBroken),
)
_SQLSTATES: tuple[tuple[str, type[CoachError]], ...] = (
    ("53100", DiskFull),
    ("55P03", DatabaseLocked),
    ("40", DatabaseLocked),
    ("42P01", DatabaseBroken),
    ("XX", DatabaseBroken),
    ("08", DatabaseAway),
    ("28", DatabaseAway),
    ("3D", DatabaseAway),
    ("53", DatabaseAway),
    ("57P", DatabaseAway),
)


@dataclass(frozen=True, slots=True)
class Database:
    """Give `read()` and `write()` to stores; nothing else opens connections."""

    readers: AsyncEngine
    writers: AsyncEngine
    watch: Watch = field(default_factory=Watch)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state and cannot write. Raises DatabaseAway, DatabaseLocked, DatabaseBroken."""
        async with self._transaction(self.readers) as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end and undone by any exception. Keep it short: SQLite has one at a time.

        Raises what `read` raises, and DiskFull.
        """
        async with self._transaction(self.writers) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        try:
            async with connected(engine) as connection, connection.begin():
                self.watch.here()
                yield connection
        except DatabaseAway as away:
            self.watch.away(str(away))
            raise

    async def close(self) -> None:
        await self.readers.dispose()
        await self.writers.dispose()


def open_database(url: str, *, lock_timeout_seconds: float = LOCK_TIMEOUT_SECONDS) -> Database:
    """A database that `migrate` has brought up to date; connects with the first use.

    `url`: sqlite+aiosqlite:///file or postgresql+asyncpg://… `lock_timeout_seconds`: how long SQLite waits to write.
    """
    if is_sqlite(url):
        readers = sqlite_engine(url, lock_timeout_seconds=lock_timeout_seconds, writes=False)
        return Database(readers, sqlite_engine(url, lock_timeout_seconds=lock_timeout_seconds))
    engine = postgresql_engine(url)
    return Database(engine.execution_options(postgresql_readonly=True), engine)


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def sqlite_engine(
    url: str, *, lock_timeout_seconds: float, writes: bool = True, foreign_keys: bool = True
) -> AsyncEngine:
    """`foreign_keys` off is for migrations, which may have to build a table anew. Raises DatabaseAway."""
    _make_folder(sa.make_url(url).database)
    pool: dict[str, Any] = {
        "pool_size": 1 if writes else READERS,
        "max_overflow": 0,
        "pool_timeout": 2 * lock_timeout_seconds,
    }
    # isolation_level None: the driver begins no transaction of its own, ours begins as we say.
    engine = create_async_engine(url, connect_args={"isolation_level": None}, hide_parameters=True, **pool)
    settings = {"busy_timeout": int(lock_timeout_seconds * 1000), "synchronous": "FULL"}
    settings |= {"foreign_keys": int(foreign_keys), "query_only": int(not writes)}

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for name, value in settings.items():
            cursor.execute(f"PRAGMA {name}={value}")
        if writes:  # a property of the file; SQLite does not wait where another connection sets it at this moment
            with suppress(sqlite3.OperationalError):
                cursor.execute("PRAGMA journal_mode=WAL")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_folder(file: str | None) -> None:
    try:
        Path(file or "").parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseAway(f"The folder of the database cannot be made: {error.strerror}.") from error


def postgresql_engine(url: str, **more: Any) -> AsyncEngine:
    """Raises DatabaseAway where the driver is not installed.

    Without compiling queries: for ours that costs the server more than it saves.
    """
    try:
        return create_async_engine(
            url,
            connect_args={"timeout": CONNECT_TIMEOUT_SECONDS, "server_settings": {"jit": "off"}},
            hide_parameters=True,
            **more or {"pool_pre_ping": True},
        )
    except (ModuleNotFoundError, ArgumentError) as error:
        raise DatabaseAway("asyncpg is not installed (extra `postgres`), or the address is none.") from error


def said_plainly(error: Exception) -> CoachError | None:
    """What a driver said, as an error with a remedy and without its words, which may quote a row.

    None for what no administrator can mend: a key that is taken, a value or a statement the database does not take.
    """
    driver = getattr(error, "orig", error)
    words, state = str(driver).lower(), str(getattr(driver, "sqlstate", None) or "")
    for kind in [kind for phrase, kind in _SAYS if phrase in words and not state]:
        return kind(f"The database file cannot be used ({kind.__name__}).")
    for kind in [kind for prefix, kind in _SQLSTATES if state.startswith(prefix)]:
        return kind(f"PostgreSQL answers with {state}.")
    if isinstance(error, sa.exc.TimeoutError):
        return DatabaseLocked("No connection became free in time.")
    if getattr(error, "connection_invalidated", False):
        return DatabaseAway("The connection to the database was lost.")
    return None


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection. Raises DatabaseAway, DatabaseLocked, DatabaseBroken or DiskFull."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (SQLAlchemyError, OSError, sqlite3.Error) as error:
            away = DatabaseAway(f"The database cannot be reached ({type(error).__name__}).")
            raise said_plainly(error) or away from error
        try:
            yield connection
        except SQLAlchemyError as error:
            if plain := said_plainly(error):
                raise plain from error
            raise
