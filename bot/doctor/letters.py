"""What the coach could not send of its own accord, or does not know whether it did."""

from bot.delivery import outbox
from bot.delivery.model import State as Letter
from bot.doctor.database import LOCK_TIMEOUT_SECONDS, is_new, missing_migrations
from bot.doctor.model import Finding, State
from bot.errors import CoachError
from bot.storage.engine import open_database

NAME = "outbox"
TO_LOOK_AT = (Letter.FAILED, Letter.UNKNOWN)


async def letters(url: str) -> list[Finding]:
    """Nothing where the database cannot be asked: that is a finding of its own."""
    if is_new(url):
        return []
    database = open_database(url, lock_timeout_seconds=LOCK_TIMEOUT_SECONDS)
    try:
        async with database.read() as connection:
            if await connection.run_sync(missing_migrations):
                return []
            found = [await outbox.counts(connection, one) for one in await outbox.workspaces(connection)]
    except CoachError:
        return []
    finally:
        await database.close()
    counted = {state: sum(counts[state] for counts in found) for state in Letter}
    if bad := [f"{counted[state]} {state}" for state in TO_LOOK_AT if counted[state]]:
        return [
            Finding(NAME, State.ATTENTION, f"{', '.join(bad)}; coach outbox list --state {TO_LOOK_AT[0]} shows why")
        ]
    return [Finding(NAME, State.OK, f"{counted[Letter.PENDING]} waiting, {counted[Letter.SENT]} sent")]
