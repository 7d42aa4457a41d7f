"""`coach outbox …`: what the coach sends of its own accord, and what became of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal

from typer import echo

from bot.cli.curating import quiet_settings
from bot.delivery import outbox
from bot.delivery.model import Entry, State
from bot.doctor.database import is_new, missing_migrations
from bot.errors import CoachError
from bot.storage.engine import Database, open_database

Change = Literal["retry", "cancel"]
_DONE = {"retry": "It is sent again", "cancel": "It is not sent"}


class NoOutbox(CoachError):
    """Nobody has started this version of the coach on this database yet."""

    remedy = "coach run makes it, or brings it up to date; check COACH_DATABASE_URL and COACH_DATA_DIR."


class NoSuchLetter(CoachError):
    """There is no letter with this key, or not in a state in which that can be done."""

    remedy = "coach outbox list shows every key and its state."


class NoSuchState(CoachError):
    """A letter is never in that state."""

    remedy = f"Choose from {', '.join(State)}."


async def show(names: Sequence[str], limit: int) -> None:
    """Print the letters of these states, or of all, the latest due first, then how many there are of each state.

    Raises: NoSuchState.
    """
    if unknown := set(names) - set(State):
        raise NoSuchState(f"There is no state {', '.join(sorted(unknown))}.")
    states = [State(name) for name in names]
    async with _opened() as database, database.read() as connection:
        for workspace_id in await outbox.workspaces(connection):
            for entry in await outbox.entries(connection, workspace_id, states=states, limit=limit):
                echo(_line(entry))
            counts = await outbox.counts(connection, workspace_id)
            echo(f"{workspace_id}: " + ", ".join(f"{count} {state}" for state, count in counts.items()))


async def change(keys: Sequence[str], what: Change) -> None:
    """Send letters after all, or not. Raises: NoSuchLetter for the first that is in no state for it."""
    async with _opened() as database:
        for key in keys:
            if not await _changed(database, key, what):
                raise NoSuchLetter(f"There is no letter {key} that could be changed.")
            echo(f"{_DONE[what]}: {key}")


async def restored() -> None:
    """After a backup was put back: have what was due by now looked for in Slack before it is sent."""
    async with _opened() as database, database.write() as connection:
        for workspace_id in await outbox.workspaces(connection):
            letters, schedules = await outbox.doubt(connection, workspace_id, _now())
            echo(f"{workspace_id}: {letters} letters and {schedules} schedules are looked for before they are sent.")


async def _changed(database: Database, key: str, what: Change) -> bool:
    async with database.write() as connection:
        for workspace_id in await outbox.workspaces(connection):
            if what == "retry" and await outbox.retry(connection, workspace_id, key, _now()):
                return True
            if what == "cancel" and await outbox.withdraw(connection, workspace_id, key):
                return True
    return False


@asynccontextmanager
async def _opened() -> AsyncIterator[Database]:
    """The database of the settings, as it is. Raises: NoOutbox; what the database raises."""
    url = quiet_settings().database_url
    if is_new(url):
        raise NoOutbox("The database is not there yet.")
    database = open_database(url)
    try:
        async with database.read() as connection:
            if await connection.run_sync(missing_migrations):
                raise NoOutbox("The database is of an older version.")
        yield database
    finally:
        await database.close()


def _line(entry: Entry) -> str:
    at = entry.sent_at or entry.not_before
    why = f"  {entry.error}" if entry.error else ""
    return f"{entry.state:<9}  {at:%Y-%m-%d %H:%M}Z  {entry.attempts:>2}×  {entry.recipient:<12}  {entry.key}{why}"


def _now() -> datetime:
    return datetime.now(UTC)
