"""A real `coach run`, in a process of its own, against a stand-in for Slack."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import aiohttp

from bot.slack_kit.manifest import EVENTS_PATH
from bot.storage.migrate import migrate
from tests.slack_side import a_free_port

ROOT = Path(__file__).parents[2]
INDEX = ROOT / ".coach/index"
LOOK_SECONDS = 0.02
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Running:
    """A process that serves HTTP: its address, its process id, and how long after its start it was ready."""

    url: str
    pid: int
    seconds: float

    @property
    def events_url(self) -> str:
        return f"{self.url}{EVENTS_PATH}"


@asynccontextmanager
async def coach_run(
    folder: Path, *, api_url: str, token: str, secret: str, core: int | None = None, ready: str = "/readyz"
) -> AsyncIterator[Running]:
    """`coach run` over HTTP with the index of the real base, until the end of the block; ready once it can answer.

    Its database stands already, as at every start but the first.
    """
    (folder / "index").symlink_to(INDEX, target_is_directory=True)
    await migrate(f"sqlite+aiosqlite:///{folder / 'coach.db'}")
    port = a_free_port()
    mine = {
        "COACH_DATA_DIR": str(folder),
        "COACH_SLACK_API_URL": api_url,
        "COACH_SLACK_BOT_TOKEN": token,
        "COACH_SLACK_SIGNING_SECRET": secret,
        "COACH_PORT": str(port),
        "COACH_LOG_LEVEL": "warning",
    }
    async with running(["-m", "bot", "run"], port, ready=ready, core=core, variables=mine) as coach:
        yield coach


@asynccontextmanager
async def running(
    words: Sequence[str], port: int, *, ready: str, core: int | None = None, variables: Mapping[str, str] | None = None
) -> AsyncIterator[Running]:
    """Python with these words, serving on this port; bound to one core where one is named and the system can."""
    began, url = perf_counter(), f"http://127.0.0.1:{port}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *words),
        cwd=ROOT,
        env=as_installed() | dict(variables or {}),
        preexec_fn=(lambda: os.sched_setaffinity(0, {core})) if core is not None else None,
    )
    try:
        await _answers(f"{url}{ready}")
        yield Running(url, process.pid, perf_counter() - began)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def as_installed() -> dict[str, str]:
    """Our surroundings without settings of a coach, and with byte code kept, as it is where people run it."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COACH_") and name != "PYTHONDONTWRITEBYTECODE"
    }


def cores() -> tuple[int | None, int | None]:
    """One core for what is measured, another for who asks; None where a process cannot be bound or there is one."""
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return (allowed[0], allowed[1]) if len(allowed) > 1 else (None, None)


async def _answers(url: str) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(url) as response:
                    if response.status in (200, 404):
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(LOOK_SECONDS)
