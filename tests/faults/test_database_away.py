"""PostgreSQL is stopped at once and started again: the workers go on by themselves, nothing is lost or doubled."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from bot.playground.slack import Slack
from bot.storage.engine import Database, open_database
from bot.storage.migrate import migrate
from tests.builders_delivery import a_letter, put_in, states
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.faults.child import Life
from tests.faults.nursery import born, times_posted
from tests.postgres import REQUIRED, NoPostgres, Server, private_server
from tests.slack_side import coach_in

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


async def test_a_coach_whose_database_goes_and_comes_back_writes_one_line_each(
    slack: Slack, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    await migrate(server.address)
    async with coach_in(slack, ScriptedAnswers({}), server.address) as coach:
        await coach.tasks.turn()
        await asyncio.to_thread(server.stop)
        for _ in range(4):
            await coach.tasks.turn()
        await asyncio.to_thread(server.start)
        for _ in range(2):
            await coach.tasks.turn()
    told = capsys.readouterr().out.splitlines()
    assert [sum(event in line for line in told) for event in ("database.away", "database.back", "task.")] == [1, 1, 0]
