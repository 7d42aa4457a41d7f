"""A Slack with many people in it, the database of a test, and how long the storms last."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.playground.server import running
from bot.playground.slack import Slack
from bot.storage.engine import Database, open_database
from tests.builders_delivery import a_letter, put_in
from tests.faults.child import Life
from tests.faults.nursery import crowd

PEOPLE = 200


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack(crowd(PEOPLE))) as slack:
        yield slack


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Callable[[], Database]]:
    """Open the database; while children use it on SQLite the test keeps its hands off."""
    found: list[Database] = []

    def open_it() -> Database:
        found.append(open_database(database_url))
        return found[-1]

    yield open_it
    for database in found:
        await database.close()


@pytest.fixture
def life(slack: Slack, database_url: str) -> Callable[..., Life]:
    """The life of a child in this Slack, on this database."""

    def a_life(**more: Any) -> Life:
        return Life(database_url, slack.api_url, slack.bot_token, **more)

    return a_life


@pytest.fixture
async def letters(opened: Callable[[], Database]) -> list[str]:
    """The keys of sixty letters that are due, each for somebody else."""
    keys = [f"n:{number}" for number in range(60)]
    due = [a_letter(key, recipient=f"U{number:03d}") for number, key in enumerate(keys)]
    await put_in(opened(), due)
    return keys


@pytest.fixture
def storms(request: pytest.FixtureRequest) -> int:
    """How many seeds a storm is run with."""
    return int(request.config.getoption("--storms"))
