"""Bringing a database up to date, at every start: nothing to do costs two queries, and Alembic is not even loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from bot.errors import DatabaseBroken
from bot.storage.engine import LOCK_TIMEOUT_SECONDS, connected, is_sqlite, postgresql_engine, sqlite_engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
"""Each migration's file begins with its revision."""
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
    if not _is_up_to_date(connection):
        _run_what_is_missing(connection)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DatabaseBroken("Rows of the database point to rows that are gone.")


def _is_up_to_date(connection: sa.Connection) -> bool:
    if not sa.inspect(connection).has_table("alembic_version"):
        return False
    return connection.scalars(sa.text("SELECT version_num FROM alembic_version")).all() == [NEWEST]


def _run_what_is_missing(connection: sa.Connection) -> None:
    from alembic import command  # late, here and below: 10 MB that a start with nothing to do needs not
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise DatabaseBroken("The database was written by a newer version of the coach.") from error


def configuration(connection: sa.Connection) -> "Config":
    """Alembic's, on this connection; there is no ini file."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
