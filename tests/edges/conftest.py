"""A Slack for each test on the edge of it."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.server import running
from bot.playground.slack import Slack
from tests.databases import copied_sqlite


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack()) as slack:
        yield slack


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path) -> str:
    """One database is enough where the edge is Slack's."""
    return copied_sqlite(sqlite_template, tmp_path)
