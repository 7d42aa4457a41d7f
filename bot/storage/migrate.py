"""Bringing a database up to date, at every start: nothing to do costs one query."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.pool import NullPool

from bot.errors import DatabaseBroken
from bot.storage.engine import LOCK_TIMEOUT_SECONDS, connected, is_sqlite, postgresql_engine, sqlite_engine

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x636F616368  # an advisory lock of PostgreSQL: several replicas start together


async def migrate(url: str) -> None:
    """Every migration that is missing, in one transaction: all of them or none.

    Raises DatabaseAway, DatabaseLocked, DiskFull, and DatabaseBroken where a newer coach wrote the database.
    """
    if is_sqlite(url):
        engine = sqlite_engine(url, lock_timeout_seconds=LOCK_TIMEOUT_SECONDS, foreign_keys=False)
    else:
        engine = postgresql_engine(url, poolclass=NullPool)
    try:
        async with connected(engine) as connection, connection.begin():
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise DatabaseBroken("The database was written by a newer version of the coach.") from error
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DatabaseBroken("Rows of the database point to rows that are gone.")


def configuration(connection: sa.Connection) -> Config:
    """Alembic's, on this connection; there is no ini file."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
