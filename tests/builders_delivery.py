"""Letters and schedules for tests, and a worker that sends them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import outbox
from bot.delivery.model import Kind, Kinds, Later, Letter, Rendered
from bot.delivery.pacing import Pace
from bot.delivery.plan import Schedule
from bot.delivery.sending import Pause
from bot.delivery.speaker import Speaker
from bot.delivery.worker import Worker
from bot.playground.slack import Slack
from bot.storage.engine import Database
from bot.tasks import Tasks

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HARBOR = "T0HARBOR"
UNHURRIED = 60_000.0
"""Messages a minute of a workspace that does not mind."""


def a_letter(key: str = "nudge:U0MARA:2026-W48", *, recipient: str = "U0MARA", **more: Any) -> Letter:
    given = {"kind": "note", "due_at": NOW, "expires_at": NOW + timedelta(days=2), "reference": {"day": "2026-11-23"}}
    return Letter(HARBOR, key, recipient=recipient, **(given | more))


def a_schedule(owner: str = "U0MARA", *, zone: str = "Europe/Paris", at: str = "10:00", **more: Any) -> Schedule:
    given = {"kind": "note", "weekday": 0}
    return Schedule(HARBOR, owner, zone=ZoneInfo(zone), at=time.fromisoformat(at), **(given | more))


def in_words(words: str, *, blocks: bool = True) -> dict[str, object]:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": words}}
    return {"text": words, "blocks": [section]} if blocks else {"text": words}


async def a_note(letter: Letter, _now: datetime) -> Rendered | Later | None:
    return Rendered(letter.recipient, in_words(f"Note {letter.key}"))


NOTES: Kinds = {"note": Kind(a_note)}


async def put_in(database: Database, letters: Iterable[Letter], now: datetime = NOW) -> None:
    async with database.write() as connection:
        await outbox.enqueue_all(connection, list(letters), now)


async def states(database: Database) -> dict[str, str]:
    """The state of each letter, by its key."""
    async with database.read() as connection:
        return {one.key: one.state.value for one in await outbox.entries(connection, HARBOR, limit=100_000)}


@asynccontextmanager
async def a_worker(
    slack: Slack,
    database: Database,
    *,
    kinds: Kinds = NOTES,
    now: Callable[[], datetime] = lambda: NOW,
    make: Callable[..., Worker] = Worker,
    pause: Pause = asyncio.sleep,
    per_minute: float = UNHURRIED,
    **more: Any,
) -> AsyncIterator[Worker]:
    """A worker of Harbor as `wiring.py` makes it."""
    tasks = Tasks()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])
        yield make(
            workspace_id=HARBOR,
            database=database,
            speaker=Speaker(client, http, pause=pause),
            kinds=kinds,
            tasks=tasks,
            pace=Pace(per_minute=per_minute),
            now=now,
            pause=pause,
            **more,
        )
        await tasks.drain(10)
