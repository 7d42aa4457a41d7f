"""No report reads a table from end to end, on either database; and a team's report reads that team alone."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.metrics import readings
from bot.metrics import store as metrics
from bot.reports import store
from bot.reports.gathering import team_period
from bot.reports.model import Step
from bot.reports.organisation import overview
from bot.reports.periods import last_weeks
from bot.storage import tables as t
from bot.storage.engine import Database
from tests.builders_metrics import a_metric
from tests.builders_reports import DAY, HARBOR, LEO, MARA, MONDAY, NOW, harbor, put_team, scenario_seven

TABLES = set(t.metadata.tables)
OF_A_TEAM = ("team_id=?", "(id=?)", "metric_id=?", "owner_id=?", "user_id=?", "recipient=?", "answer_id=?")
"""What narrows a search to one team, to somebody in it, or to one row."""

Asked = list[tuple[str, Any]]


@pytest.fixture(autouse=True)
async def _seeded(database: Database) -> None:
    async with database.write() as connection:
        for team in (harbor(), harbor("team-pier"), harbor("team-quay")):
            await put_team(connection, team)
            await scenario_seven(connection, team)
            metric = a_metric(id=f"m-{team.id}", team=team, defined_at=NOW - 70 * DAY)
            await metrics.add(connection, metric, f"view:{team.id}")
            await readings.put_reading(connection, metric, MONDAY, 40, by=MARA, now=NOW)
            await store.add_step(connection, team, LEO, "2026-W47", Step.OPENED, NOW)


@asynccontextmanager
async def listening(database: Database, asked: Asked) -> AsyncIterator[AsyncConnection]:
    """A connection of which every question is noted."""

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _x: object, _many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    engine = database.readers.sync_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        async with database.read() as connection:
            yield connection
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


async def asked_for_a_team(database: Database) -> Asked:
    asked: Asked = []
    async with listening(database, asked) as connection:
        await team_period(connection, harbor(), LEO, last_weeks(4, NOW.date()), NOW, floor=5)
    return asked


async def asked_for_the_organisation(database: Database) -> Asked:
    asked: Asked = []
    async with listening(database, asked) as connection:
        await overview(connection, HARBOR, NOW, 5)
    return asked


async def test_a_team_s_report_reads_no_table_from_end_to_end(database: Database) -> None:
    asked = await asked_for_a_team(database)
    assert len(asked) > 10
    assert await full_scans(database, asked) == []


async def test_the_organisation_s_page_reads_no_table_from_end_to_end(database: Database) -> None:
    asked = await asked_for_the_organisation(database)
    assert len(asked) == 6
    assert await full_scans(database, asked) == []


async def test_a_team_s_report_searches_by_what_is_that_team_s(database: Database) -> None:
    if database.readers.dialect.name != "sqlite":
        return  # the same indexes; what PostgreSQL chooses among them depends on how large the tables are
    async with database.read() as connection:
        plans = [line for one in await asked_for_a_team(database) for line in await sqlite_plan(connection, one)]
    searches = [line for line in plans if line.startswith("SEARCH")]
    assert [line for line in searches if not any(narrowed in line for narrowed in OF_A_TEAM)] == []


async def test_a_full_scan_would_be_found(database: Database) -> None:
    """The check can fail: nothing is indexed by the words of a commitment."""
    asked: Asked = []
    async with listening(database, asked) as connection:
        await connection.execute(sa.select(t.commitments.c.id).where(t.commitments.c.what == "x"))
    assert len(await full_scans(database, asked)) == 1


async def full_scans(database: Database, asked: Asked) -> list[str]:
    async with database.read() as connection:
        if connection.dialect.name == "sqlite":
            lines = [line for one in asked for line in await sqlite_plan(connection, one)]
            return [line for line in lines if (found := re.match(r"SCAN (\w+)", line)) and found[1] in TABLES]
        # So small a table is read whole whatever there is: the question is whether it would have to be.
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            await connection.execute(sa.text(f"SET LOCAL enable_{way} = off"))
        return [scan for one in asked for scan in whole_tables(await postgresql_plan(connection, one))]


async def sqlite_plan(connection: AsyncConnection, asked: tuple[str, Any]) -> list[str]:
    rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", asked[1])
    return [row[3] for row in rows]


async def postgresql_plan(connection: AsyncConnection, asked: tuple[str, Any]) -> dict[str, Any]:
    told = (await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked[0]}", asked[1])).scalar_one()
    plan: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return plan


def whole_tables(plan: dict[str, Any]) -> Iterator[str]:
    """Sequential scans, and index scans that look for nothing: an index read from end to end is no better."""
    kind = plan["Node Type"]
    if kind == "Seq Scan" or (
        "Index" in kind and "Scan" in kind and "Index Cond" not in plan and "Bitmap Heap" not in kind
    ):
        yield f"{kind} of {plan.get('Relation Name') or plan.get('Index Name')}"
    for part in plan.get("Plans", ()):
        yield from whole_tables(part)
