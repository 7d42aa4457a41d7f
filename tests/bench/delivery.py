"""How fast letters go out, at what cost, and how quick the coach acknowledges meanwhile; how long planning takes."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import sqlalchemy as sa

from bot.delivery import outbox
from bot.delivery.model import Letter, State
from bot.delivery.plan import plan, set_schedule
from bot.storage.engine import Database, open_database
from bot.storage.migrate import migrate
from bot.storage.tables import schedules
from tests.bench.events import asked
from tests.builders_delivery import HARBOR, NOTES, a_letter, a_schedule, put_in
from tests.databases import new_postgresql, sqlite_url
from tests.postgres import postgres_server
from tests.slack_side import a_free_port

LETTERS, PEOPLE, TEAMS = 10_000, 9_500, 20_000
"""Five hundred people get two letters, which must go a second apart."""
AT_ONCE = 500
LOOK_SECONDS = 0.1
Report = Callable[[str], None]


@dataclass
class Run:
    """What one run took. `acknowledged`: the seconds of each event of Slack meanwhile."""

    seconds: float = 0.0
    processor_seconds: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)
    acknowledged: list[float] = field(default_factory=list)


def delivery(report: Report) -> None:
    """Print the figures, each with its unit; the machine is shared by workers, database, stand-in and clients."""
    asyncio.run(_delivery(report))


async def _delivery(report: Report) -> None:
    report(f"\nDelivery of {LETTERS:,} due messages, Slack answering after 20 ms")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres_server())
        async with quick_slack() as slack:
            for name, processes in (("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 3)):
                url = sqlite_url(folder / "send.db") if name == "SQLite" else new_postgresql(server)
                _report_run(f"{name} × {processes}", await _run(url, slack, processes), report)
        for name, url in (("SQLite", sqlite_url(folder / "plan.db")), ("PostgreSQL", new_postgresql(server))):
            seconds, processor = await _planned(url)
            took = f"{seconds:.1f} s ({processor:.1f} s of processor, without the database)"
            report(f"  {name:<15}{TEAMS:,} teams planned after three missed weeks in {took}")


def _report_run(name: str, run: Run, report: Report) -> None:
    refused = run.seen["refused"] / (run.seen["posts"] + run.seen["refused"])
    lost, doubled = LETTERS - run.seen["letters"], run.seen["posts"] - run.seen["letters"]
    report(
        f"  {name:<15}{LETTERS / run.seconds:5.0f} a second,"
        f" {1000 * run.processor_seconds / LETTERS:.2f} ms of processor each,"
        f" {refused:.2%} refused, {lost} lost, {doubled} doubled;"
        f" an event acknowledged in {_p99(run.acknowledged):.0f} ms (p99 of {len(run.acknowledged)})"
    )


def _p99(seconds: Sequence[float]) -> float:
    return 1000 * sorted(seconds)[int(0.99 * len(seconds))] if seconds else float("nan")


async def _run(url: str, slack: str, processes: int) -> Run:
    run = Run()
    async with _filled(url) as database, AsyncExitStack() as stack:
        ports = [a_free_port() for _ in range(processes)]
        senders = [await stack.enter_async_context(_python("sender", slack, url, str(port))) for port in ports]
        for sender in senders:
            await _line(sender)
        began = time.perf_counter()
        for sender in senders:
            _write(sender, "go")
        asking = asyncio.create_task(_ask(ports[0], run.acknowledged))
        await _all_sent(database)
        run.seconds = time.perf_counter() - began
        asking.cancel()
        for sender in senders:
            _close(sender)
            run.processor_seconds += json.loads(await _line(sender))["seconds"]
    async with aiohttp.ClientSession() as http, http.get(f"{slack}/counts") as response:
        run.seen = await response.json()
    return run


@asynccontextmanager
async def _filled(url: str) -> AsyncIterator[Database]:
    await migrate(url)
    database, now = open_database(url), datetime.now(UTC)
    letters = [_letter(number, now) for number in range(LETTERS)]
    for begin in range(0, LETTERS, AT_ONCE):
        await put_in(database, letters[begin : begin + AT_ONCE], now)
    yield database
    await database.close()


def _letter(number: int, now: datetime) -> Letter:
    until = now + timedelta(days=1)
    return a_letter(f"bench:{number}", recipient=f"U{number % PEOPLE:05d}", due_at=now, expires_at=until)


async def _all_sent(database: Database) -> None:
    while True:
        async with database.read() as connection:
            if (await outbox.counts(connection, HARBOR))[State.SENT] == LETTERS:
                return
        await asyncio.sleep(LOOK_SECONDS)


async def _ask(port: int, acknowledged: list[float]) -> None:
    """A question of somebody's, five times a second."""
    async with aiohttp.ClientSession() as http:
        number = 0
        while True:
            number += 1
            began = time.perf_counter()
            async with http.post(f"http://127.0.0.1:{port}/slack/events", **asked(number)) as response:
                assert response.status == 200
            acknowledged.append(time.perf_counter() - began)
            await asyncio.sleep(0.2)


async def _planned(url: str) -> tuple[float, float]:
    """Seconds to turn the schedules of all teams into letters, once each; and seconds of the processor, without
    what the database took.
    """
    await migrate(url)
    database, now = open_database(url), datetime.now(UTC)
    async with database.write() as connection:
        first = await set_schedule(connection, a_schedule("team:0"), now - timedelta(weeks=4))
        row = (await connection.execute(sa.select(schedules))).mappings().one()
        assert first == row["next_at"]
        await connection.execute(sa.insert(schedules), [dict(row, owner_id=f"team:{n}") for n in range(1, TEAMS)])
    began, at_work, planned = time.perf_counter(), time.thread_time(), 0
    while planned < TEAMS:
        async with database.write() as connection:
            planned += await plan(connection, HARBOR, NOTES, now)
    took = time.perf_counter() - began, time.thread_time() - at_work
    async with database.read() as connection:
        assert sum((await outbox.counts(connection, HARBOR)).values()) == TEAMS
    await database.close()
    return took


@asynccontextmanager
async def quick_slack() -> AsyncIterator[str]:
    """The address of a quick stand-in for Slack, in a process of its own."""
    async with _python("quick_slack") as process:
        yield await _line(process)


@asynccontextmanager
async def _python(module: str, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", f"tests.bench.{module}", *arguments, **pipes)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    return (await process.stdout.readline()).decode().strip()


def _write(process: asyncio.subprocess.Process, line: str) -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n".encode())


def _close(process: asyncio.subprocess.Process) -> None:
    assert process.stdin
    process.stdin.close()
