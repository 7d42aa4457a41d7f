"""A Slack for each test on the edge of it."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.server import running
from bot.playground.slack import Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack()) as slack:
        yield slack
