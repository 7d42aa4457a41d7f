"""How long reports and Home take in a large organisation, on both databases; and that other teams cost nothing."""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from bot.home.blocks import home_tab
from bot.home.store import mine
from bot.kernel.ids import TeamId, UserId, WorkspaceId
from bot.reports.flow import organisation_report, team_report
from bot.reports.gathering import team_period
from bot.reports.organisation import overview
from bot.reports.periods import last_weeks
from bot.storage.engine import Database, open_database
from bot.teams import store as teams
from bot.teams.model import Person, Staff
from tests import databases
from tests.bench.seeding import NOW, PER_TEAM, TODAY, WORKSPACE, seed_postgresql, seed_sqlite, team_id, user_id
from tests.postgres import NoPostgres, postgres_server

MANY, FEW = 20_000, 200
TEAM_REPORTS, PAGES = 300, 20

Report = Callable[[str], None]


def reports(report: Report, many: int = MANY) -> None:
    """Print the figures of both databases, beside those with few teams in them."""
    report(f"\nReports with {many} teams, {many * PER_TEAM} commitments, {many * PER_TEAM * 2} events; in ms")
    for count in (FEW, many):
        with tempfile.TemporaryDirectory() as folder:
            template = databases.migrated_sqlite(Path(folder))
            begun = time.perf_counter()
            seed_sqlite(str(template), count)
            seeded = time.perf_counter() - begun
            asyncio.run(_report(databases.sqlite_url(template), f"SQLite, {count} teams", count, seeded, report))
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server())
        except NoPostgres as reason:
            report(f"  PostgreSQL: not measured, {reason}")
            return
        for count in (FEW, many):
            url = databases.migrated_postgresql(server)
            begun = time.perf_counter()
            asyncio.run(seed_postgresql(url, count))
            seeded = time.perf_counter() - begun
            asyncio.run(_report(url, f"PostgreSQL, {count} teams", count, seeded, report))
            databases.drop_postgresql(server, url)


async def _report(url: str, name: str, count: int, seeded: float, report: Report) -> None:
    database = open_database(url)
    try:
        chance = random.Random(7)
        numbers = [chance.randrange(count) for _ in range(TEAM_REPORTS)]
        await _team(database, numbers[0])
        spent = [await _timed(lambda n=n: _team(database, n)) for n in numbers]  # type: ignore[misc]
        homes = [await _timed(lambda n=n: _home(database, n)) for n in numbers]  # type: ignore[misc]
        pages = [await _timed(lambda: _page(database)) for _ in range(PAGES)]
    finally:
        await database.close()
    report(f"  {name:<26}seeded in {seeded:.0f} s")
    report(f"    a team's report         {_spread(spent)}")
    report(f"    a Home tab              {_spread(homes)}")
    report(f"    the organisation's page {_spread(pages)}")


async def _team(database: Database, number: int) -> None:
    async with database.read() as connection:
        team = await teams.team(connection, WORKSPACE, TeamId(team_id(number)))
        assert team
        lead = UserId(user_id(number, 0))
        period = await team_period(connection, team, lead, last_weeks(4, TODAY), NOW, floor=5)
    assert team_report(period).sections


async def _home(database: Database, number: int) -> None:
    """What the Home tab of a member reads and draws, without the way to Slack."""
    person = Person(WorkspaceId(WORKSPACE), UserId(user_id(number, 1)), ZoneInfo("Europe/Paris"))
    assert home_tab(await mine(database, person, Staff(), NOW))["blocks"]


async def _page(database: Database) -> None:
    async with database.read() as connection:
        assert organisation_report(await overview(connection, WORKSPACE, NOW, 5)).sections


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await work()
    return 1000 * (time.perf_counter() - begun)


def _spread(spent: list[float]) -> str:
    return f"p50 {median(spent):7.1f}   p95 {quantiles(spent, n=20)[-1]:7.1f}   most {max(spent):7.1f}"
