"""Everything the doctor looks at, in order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.doctor.database import database
from bot.doctor.knowledge import knowledge
from bot.doctor.letters import letters
from bot.doctor.machine import data_folder, model
from bot.doctor.model import Finding
from bot.doctor.slack import slack
from bot.settings import Settings


async def findings(settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """One finding after the other. `clock` gives the present time, with its zone."""
    yield data_folder(settings.data_dir)
    yield await database(settings.database_url)
    for finding in await letters(settings.database_url):
        yield finding
    for finding in await asyncio.to_thread(knowledge, settings):
        yield finding
    yield model(settings.model)
    for finding in await slack(settings, clock):
        yield finding
