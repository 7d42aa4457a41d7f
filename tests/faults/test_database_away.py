"""PostgreSQL is stopped at once and started again: the workers go on by themselves, nothing is lost or doubled."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from bot.playground.slack import Slack
from bot.storage.engine import Database, open_database
from bot.storage.migrate import migrate
from tests.builders_delivery import a_letter, put_in, states
from tests.faults.child import Life
from tests.faults.nursery import born, times_posted
from tests.postgres import REQUIRED, NoPostgres, Server, private_server

PEOPLE = 150


@pytest.fixture
def server() -> Server:
    try:
        with private_server() as server:
            yield server
    except NoPostgres as reason:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture
async def database(server: Server) -> AsyncIterator[Database]:
    await migrate(server.address)
    opened = open_database(server.address)
    yield opened
    await opened.close()


@pytest.mark.parametrize("posts", [1, 40])
async def test_a_server_that_crashes_and_comes_back_costs_no_letter(
    slack: Slack, server: Server, database: Database, posts: int
) -> None:
    keys = [f"n:{number}" for number in range(PEOPLE)]
    await put_in(database, [a_letter(key, recipient=f"U{number:03d}") for number, key in enumerate(keys)])
    life = Life(server.address, slack.api_url, slack.bot_token)
    async with born(life, life) as children:
        await slack.until(lambda s: len(s.calls_of("chat.postMessage")) >= posts, timeout=60)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        assert await asyncio.gather(*(child.ended() for child in children)) == [0, 0]
    assert times_posted(slack) == dict.fromkeys(keys, 1)
    assert set((await states(database)).values()) == {"sent"}
