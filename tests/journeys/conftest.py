"""A Slack for each journey."""

import time
from collections.abc import AsyncIterator

import pytest

from bot.playground.server import running
from bot.playground.slack import Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    began = time.time()
    # Its clock stands still: a click opens its window within three seconds on a busy machine too.
    async with running(Slack(clock=lambda: began)) as slack:
        yield slack
