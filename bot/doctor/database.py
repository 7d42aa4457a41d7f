"""The database: reached, writable, of the version this coach needs."""

from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.doctor.model import Finding, State
from bot.errors import CoachError, DatabaseBroken
from bot.storage.engine import is_sqlite, open_database
from bot.storage.migrate import configuration

LOCK_TIMEOUT_SECONDS = 2


async def database(url: str) -> Finding:
    """Begins a write and undoes it, so that a lock or a read-only file shows."""
    name, kind = "database", "SQLite" if is_sqlite(url) else "PostgreSQL"
    if is_new(url):
        return Finding(name, State.OK, "SQLite, not there yet; coach run makes it")
    try:
        database = open_database(url, lock_timeout_seconds=LOCK_TIMEOUT_SECONDS)
        try:
            async with database.write() as connection:
                behind = await connection.run_sync(missing_migrations)
        finally:
            await database.close()
    except CoachError as error:
        return Finding(name, State.WRONG, f"{kind}. {error} {error.remedy}")
    if behind:
        return Finding(name, State.ATTENTION, f"{kind}, migrations behind: {behind}. coach run brings it up to date.")
    return Finding(name, State.OK, f"{kind}, reached; its migrations are at the head")


def is_new(url: str) -> bool:
    """Whether this is a SQLite file that nobody has made yet."""
    if not is_sqlite(url):
        return False
    file = sa.make_url(url).database
    return bool(file) and not Path(str(file)).exists()


def missing_migrations(connection: sa.Connection) -> int:
    """How many migrations the database lacks. Raises DatabaseBroken where a newer coach wrote it."""
    done = MigrationContext.configure(connection).get_current_heads()
    known = [script.revision for script in ScriptDirectory.from_config(configuration(connection)).walk_revisions()]
    if unknown := set(done) - set(known):
        raise DatabaseBroken(f"Its version {', '.join(sorted(unknown))} is newer than this coach.")
    return known.index(done[0]) if done else len(known)
