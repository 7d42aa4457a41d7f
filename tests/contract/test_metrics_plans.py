"""What the metrics ask of the database is found by an index: the cost does not grow with the size of other teams."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.metrics import readings, store
from bot.storage import tables as t
from bot.storage.engine import Database
from tests.builders_metrics import HARBOR, LEO, MARA, MONDAY, NOW, a_metric, a_team, put_team

TEAM, METRIC = a_team(), a_metric()
TEAMS, EACH, DAYS = 60, 3, 20
QUESTIONS: dict[str, Callable[[AsyncConnection], Awaitable[object]]] = {
    "active metrics": lambda c: store.active_metrics(c, TEAM.id),
    "one metric": lambda c: store.find(c, HARBOR, METRIC.id),
    "by its form": lambda c: store.made_from(c, HARBOR, "view:1"),
    "last readings": lambda c: readings.last_readings(c, TEAM.id),
    "trend": lambda c: readings.trend(c, METRIC, 8, MONDAY),
    "last of one": lambda c: readings.last_of(c, METRIC, 8),
    "count": lambda c: readings.count(c, METRIC),
    "of a day": lambda c: readings.reading_on(c, METRIC, MONDAY),
    "history": lambda c: readings.history_since(c, METRIC, MONDAY - timedelta(days=14)),
    "living": lambda c: store.teams_with_a_living_metric(c, HARBOR, MONDAY),
}


@pytest.fixture
async def full(database: Database) -> Database:
    """Many teams of another workspace, each with its metrics and readings, beside one of ours."""
    async with database.write() as connection:
        await put_team(connection, TEAM)
        await store.add(connection, METRIC, "view:1")
        await readings.put_reading(connection, METRIC, MONDAY, 63, by=MARA, now=NOW)
        for n in range(TEAMS):
            team = a_team(f"team-{n}", workspace_id=HARBOR.__class__("T1QUAY"))
            await put_team(connection, team)
            for m in range(EACH):
                await store.add(connection, a_metric(id=f"metric-{n}-{m}", team=team, owner=LEO), f"view:{n}-{m}")
        rows = [_reading(n, m, day) for n in range(TEAMS) for m in range(EACH) for day in range(DAYS)]
        await connection.execute(sa.insert(t.readings), rows)
        await connection.execute(sa.text("ANALYZE"))
    return database


def _reading(n: int, m: int, day: int) -> dict[str, object]:
    ids = {"id": f"r-{n}-{m}-{day}", "metric_id": f"metric-{n}-{m}", "workspace_id": "T1QUAY", "team_id": f"team-{n}"}
    return ids | {"entered_by": LEO, "day": MONDAY - timedelta(days=day), "value": 1.0, "entered_at": NOW}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_question_reads_all_rows_of_a_table(full: Database, question: str) -> None:
    asked: list[tuple[str, object]] = []
    async with full.read() as connection:
        sync = connection.sync_connection
        assert sync

        @sa.event.listens_for(sync, "before_cursor_execute")
        def _note(_c: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
            asked.append((statement, parameters))

        await QUESTIONS[question](connection)
        sa.event.remove(sync, "before_cursor_execute", _note)
        plans = [await _plan(connection, statement, parameters) for statement, parameters in asked]
    assert plans
    assert [line for plan in plans for line in plan if _reads_all(line)] == []


async def _plan(connection: AsyncConnection, statement: str, parameters: object) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    found = await connection.exec_driver_sql(explain + statement, parameters)  # type: ignore[arg-type]
    return [str(row[-1]) for row in found]


def _reads_all(line: str) -> bool:
    return line.startswith("SCAN ") or "Seq Scan" in line
