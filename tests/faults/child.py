"""A process that sends letters and, where it is told to, dies at a named point."""

import asyncio
import io
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection

import aiohttp
import aiosqlite
import asyncpg  # type: ignore[import-untyped]
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import outbox
from bot.delivery.model import OPEN, Claimed, Outcome, Rendered
from bot.delivery.pacing import Pace
from bot.delivery.reconcile import settle
from bot.delivery.speaker import Speaker, Spoken
from bot.delivery.worker import Worker
from bot.errors import CoachError
from bot.logs import set_up_logs
from bot.storage.alone import alone_on
from bot.storage.engine import Database, open_database
from bot.tasks import Tasks
from tests.builders_delivery import HARBOR, NOTES, NOW, UNHURRIED, a_letter

BEGUN = (aiosqlite, asyncpg)
"""Imported before the fork, so that a new process is at work at once."""
POINTS = (
    "before planning",
    "after planning",
    "before claiming",
    "after claiming",
    "before aiming",
    "after aiming",
    "before posting",
    "after the reply",
    "before finishing",
    "after finishing",
)
LOOK_SECONDS = 0.02
BEHIND = datetime.now(UTC) - NOW
"""One clock for all lives of a run: it began at the builders' Monday, so that their letters are due on any day."""


@dataclass(frozen=True)
class Life:
    """`ends_by` reaches the process when it comes to the point for the nth time; without a point nothing does."""

    database_url: str
    slack_url: str
    token: str
    point: str = ""
    nth: int = 1
    ends_by: signal.Signals = signal.SIGKILL
    looks: bool = True
    lease_seconds: float = 1.0
    reply_seconds: float = 10.0
    behind: timedelta = BEHIND

    def now(self) -> datetime:
        return datetime.now(UTC) - self.behind


class Mortal(Worker):
    """A worker with points at which its process may end."""

    life: Life
    said: Connection
    came = 0

    def come_to(self, point: str) -> None:
        self.came += point == self.life.point
        if point == self.life.point and self.came == self.life.nth:
            self.said.send(point)
            os.kill(os.getpid(), self.life.ends_by)

    async def _plan(self) -> None:
        self.come_to("before planning")
        await super()._plan()
        self.come_to("after planning")

    async def _claim(self) -> list[Claimed]:
        self.come_to("before claiming")
        claimed = await super()._claim()
        if claimed:
            self.come_to("after claiming")
        return claimed

    async def _aim_all(self, aimed: Sequence[tuple[Claimed, str]]) -> list[bool]:
        self.come_to("before aiming")
        mine = await super()._aim_all(aimed)
        self.come_to("after aiming")
        return mine

    async def _post(self, one: Claimed, written: Rendered) -> Spoken:
        self.come_to("before posting")
        spoken = await super()._post(one, written)
        self.come_to("after the reply")
        return spoken

    async def _finish_all(self, outcomes: Sequence[tuple[Claimed, Outcome]]) -> Sequence[None]:
        self.come_to("before finishing")
        done = await super()._finish_all(outcomes)
        self.come_to("after finishing")
        return done


async def blind(*_args: object, **_more: object) -> None:
    """Sends again without a look: what the faults must then show is doubled."""


def send(life: Life, said: Connection) -> None:
    """Send what is due until nothing is left."""
    set_up_logs(level="error", form="json", stream=io.StringIO())
    asyncio.run(_send(life, said))


def commit(life: Life, said: Connection) -> None:
    """Put letters in, one a transaction, and say each that is acknowledged; until killed."""
    asyncio.run(_commit(life, said))


def hold(life: Life, said: Connection) -> None:
    """Take the database for this process alone, say so, and keep it until killed."""
    try:
        with alone_on(life.database_url):
            said.send("held")
            signal.pause()
    except CoachError as refused:
        said.send(type(refused).__name__)


async def _send(life: Life, said: Connection) -> None:
    database, tasks = open_database(life.database_url), Tasks()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=life.reply_seconds)) as http:
        client = AsyncWebClient(life.token, base_url=life.slack_url, session=http, retry_handlers=[])
        worker = Mortal(
            workspace_id=HARBOR,
            database=database,
            speaker=Speaker(client, http),
            kinds=NOTES,
            tasks=tasks,
            pace=Pace(per_minute=UNHURRIED),
            now=life.now,
            lease=timedelta(seconds=life.lease_seconds),
            reconcile=settle if life.looks else blind,
        )
        worker.life, worker.said = life, said
        done = asyncio.Event()
        tasks.repeat(worker.turn, every_seconds=LOOK_SECONDS, name="send")
        tasks.repeat(partial(_look, database, done), every_seconds=LOOK_SECONDS, name="look")
        await done.wait()
        await tasks.drain(10)
    await database.close()


async def _look(database: Database, done: asyncio.Event) -> None:
    async with database.read() as connection:
        counts = await outbox.counts(connection, HARBOR)
    if sum(counts.values()) and not any(counts[state] for state in OPEN):
        done.set()


async def _commit(life: Life, said: Connection) -> None:
    database, number = open_database(life.database_url), 0
    while True:
        async with database.write() as connection:
            await outbox.enqueue(connection, a_letter(f"n:{number}", recipient=f"U{number:03d}"), life.now())
        said.send(f"n:{number}")
        number += 1
