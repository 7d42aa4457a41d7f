"""A real browser, a playground with the real coach and its real cards, and a page of one person in it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot.playground.demo import playing, with_index_of
from bot.playground.play import Play
from bot.playground.seeds import SEEDS
from bot.settings import Settings
from tests.browser.chromium import ARGUMENTS, REQUIRED, chromium
from tests.browser.person import Persona

BUILT = Path(__file__).parents[2] / ".coach/index"


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium. Without one: skipped, or failed where COACH_REQUIRE_BROWSER is 1."""
    if (program := chromium()) is None:
        reason = "No Chromium is here (apt-get install chromium), so nothing was tried in a browser."
        pytest.fail(reason) if os.environ.get(REQUIRED) == "1" else pytest.skip(reason)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def playground(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Play]:
    """One for all: its knowledge base is opened once. Ask for `play`, which begins again for each test."""
    folder = tmp_path_factory.mktemp("playground")
    with_index_of(folder, BUILT)
    settings = Settings(_env_file=None, data_dir=folder)
    async with playing(settings, SEEDS["empty"], folder=folder, port=0, snapshot=folder / "taken.snapshot") as play:
        yield play


@pytest_asyncio.fixture(loop_scope="session")
async def play(playground: Play) -> Play:
    await playground.reset()
    return playground


@pytest_asyncio.fixture(loop_scope="session")
async def mara(browser: Browser, play: Play) -> AsyncIterator[Persona]:
    """Mara before the page, at a usual size, by day; whatever the browser complains of fails the test."""
    async with Persona.before(browser, play, "Mara") as persona:
        yield persona


@pytest_asyncio.fixture(loop_scope="session")
async def page(mara: Persona) -> Page:
    return mara.page
