"""A backup from before the sends is put back: once that is told, nobody gets a letter twice."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.delivery import outbox
from bot.playground.slack import Slack
from bot.storage.engine import Database, is_sqlite, open_database
from tests.builders_delivery import HARBOR, a_letter, put_in
from tests.databases import new_postgresql, sqlite_url
from tests.faults.child import Life
from tests.faults.nursery import times_posted, work_to_the_end

KEYS = [f"n:{number}" for number in range(30)]


@pytest.mark.parametrize(("told", "times"), [(True, 1), (False, 2)])
async def test_what_was_sent_after_the_backup_is_looked_for_before_it_is_sent_again(
    slack: Slack,
    life: Callable[..., Life],
    database_url: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    told: bool,
    times: int,
) -> None:
    now = life().now
    async with at(database_url) as database:
        await put_in(database, [a_letter(key, recipient=f"U{n:03d}", due_at=now()) for n, key in enumerate(KEYS)])
    restored = backed_up(database_url, tmp_path, request)
    await work_to_the_end(life())
    assert times_posted(slack) == dict.fromkeys(KEYS, 1)
    if told:
        async with at(restored) as database, database.write() as connection:
            assert await outbox.doubt(connection, HARBOR, now()) == (len(KEYS), 0)
    await work_to_the_end(Life(restored, slack.api_url, slack.bot_token))
    assert times_posted(slack) == dict.fromkeys(KEYS, times)


@asynccontextmanager
async def at(url: str) -> AsyncIterator[Database]:
    """The database, closed again at the end: nobody may be connected to what PostgreSQL copies."""
    database = open_database(url)
    yield database
    await database.close()


def backed_up(url: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The address of a copy as it is now."""
    if not is_sqlite(url):
        return new_postgresql(request.getfixturevalue("postgres"), template=url)
    file = folder / "backup.db"
    with closing(sqlite3.connect(sa.make_url(url).database or "")) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)
    return sqlite_url(file)
