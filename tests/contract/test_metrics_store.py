"""What the metrics keep in the database, the same on SQLite and PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.kernel.ids import MetricId, TeamId
from bot.metrics import readings, store
from bot.metrics.model import Cadence, Metric, Status, kept_on, retired
from bot.storage import tables as t
from bot.storage.engine import Database
from bot.teams.model import ChangedMeanwhile
from tests.builders_metrics import HARBOR, LEO, MARA, MONDAY, NOW, QUAY, a_metric, a_team, put_team

HARBOR_TEAM, QUAY_TEAM = a_team(), a_team("team-quay", workspace_id=QUAY)
FOREIGN = a_metric("Theirs", id="metric-theirs", team=QUAY_TEAM)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _teams(database: Database) -> None:
    async with database.write() as connection:
        await put_team(connection, HARBOR_TEAM)
        await put_team(connection, QUAY_TEAM)
        await store.add(connection, FOREIGN, "view:theirs")


async def added(database: Database, *metrics: Metric) -> None:
    async with database.write() as connection:
        for metric in metrics:
            assert await store.add(connection, metric, f"view:{metric.id}")


async def logged(database: Database, metric: Metric, *values: tuple[date, float], now: datetime = NOW) -> None:
    async with database.write() as connection:
        for day, value in values:
            await readings.put_reading(connection, metric, day, value, by=MARA, now=now)


async def test_a_metric_comes_back_as_it_was_put_in_and_only_in_its_workspace(database: Database) -> None:
    metric = a_metric(baseline=41.5, target=80, trial_until=MONDAY)
    await added(database, metric)
    async with database.read() as connection:
        assert await store.find(connection, HARBOR, metric.id) == metric
        assert await store.find(connection, QUAY, metric.id) is None
        assert await store.active_metrics(connection, HARBOR_TEAM.id) == [metric]
        assert await store.active_metrics(connection, TeamId("team-nowhere")) == []


async def test_one_form_makes_one_metric_however_often_it_is_sent_off(database: Database) -> None:
    async with database.write() as connection:
        sent = [await store.add(connection, a_metric(id=f"metric-{n}"), "view:V1") for n in range(3)]
        made = await store.made_from(connection, HARBOR, "view:V1")
        elsewhere = await store.made_from(connection, QUAY, "view:V1")
    assert sent == [True, False, False]
    assert made
    assert made.id == "metric-0"
    assert elsewhere is None


async def test_a_change_keeps_the_version_before_it_and_the_second_of_two_is_told(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)
    later = kept_on(metric, date(2027, 3, 1))
    async with database.write() as connection:
        await store.put(connection, metric, later, LEO, NOW)
        assert await store.find(connection, HARBOR, metric.id) == later
        with pytest.raises(ChangedMeanwhile):
            await store.put(connection, metric, retired(metric, NOW, None), MARA, NOW)
        versions = (await connection.execute(sa.select(t.metric_versions))).all()
    assert [(row.version, row.actor_id, row.before["review_on"]) for row in versions] == [(1, LEO, "2027-01-18")]
    assert versions[0].before["fields"]["formula"] == "answered within 24 h / all questions"


async def test_two_who_change_a_metric_at_once_do_not_both_win(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)

    async def change(until: date) -> None:
        async with database.write() as connection:
            await store.put(connection, metric, kept_on(metric, until), LEO, NOW)

    outcomes = await asyncio.gather(*(change(MONDAY + n * DAY) for n in (30, 60)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["ChangedMeanwhile", "NoneType"]


async def test_a_retired_metric_is_found_with_its_reason_and_no_longer_active(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)
    async with database.write() as connection:
        await store.put(connection, metric, retired(metric, NOW, "It told us what it had to tell."), MARA, NOW)
        found = await store.find(connection, HARBOR, metric.id)
        assert await store.active_metrics(connection, HARBOR_TEAM.id) == []
    assert found
    assert (found.status, found.retired_because) == (Status.RETIRED, "It told us what it had to tell.")


async def test_of_four_metrics_at_once_the_team_keeps_three(database: Database) -> None:
    async def add(n: int) -> bool:
        async with database.write() as connection:
            if len(await store.hold_team(connection, HARBOR_TEAM.id)) >= 3:
                return False
            return await store.add(connection, a_metric(id=f"metric-{n}"), f"view:{n}")

    assert sorted(await asyncio.gather(*map(add, range(4)))) == [False, True, True, True]


async def test_a_correction_is_history_and_the_last_value_stands(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)
    async with database.write() as connection:
        for minute, value in enumerate((41.0, 14.0, 14.0, 42.5)):
            now = NOW + timedelta(minutes=minute)
            before = await readings.put_reading(connection, metric, MONDAY, value, by=MARA, now=now)
        history = await readings.history_since(connection, metric, MONDAY)
        standing = await readings.reading_on(connection, metric, MONDAY)
    assert before
    assert before.value == 14.0
    assert [(one.value, one.corrected_at is None) for one in history] == [(41.0, False), (14.0, False), (42.5, True)]
    assert standing == history[-1]


async def test_of_many_values_for_a_day_at_once_one_stands(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)
    await asyncio.gather(*(logged(database, metric, (MONDAY, float(n))) for n in range(5)))
    async with database.read() as connection:
        history = await readings.history_since(connection, metric, MONDAY)
    assert len(history) == 5
    assert len([one for one in history if one.corrected_at is None]) == 1


async def test_the_last_reading_of_each_metric_of_the_team_is_the_one_of_its_last_day(database: Database) -> None:
    answered, waiting = a_metric(), a_metric("Median time to first reply", id="metric-median", unit="hours")
    await added(database, answered, waiting)
    await logged(database, answered, (MONDAY, 50), (MONDAY - 7 * DAY, 41), (MONDAY, 52))
    await logged(database, FOREIGN, (MONDAY, 9))
    async with database.read() as connection:
        last = await readings.last_readings(connection, HARBOR_TEAM.id)
    assert {id: (one.day, one.value) for id, one in last.items()} == {answered.id: (MONDAY, 52)}


async def test_the_trend_is_of_the_weeks_asked_for_oldest_first(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)
    await logged(database, metric, *((MONDAY - n * 7 * DAY, 60.0 - n) for n in range(10)))
    async with database.read() as connection:
        eight = await readings.trend(connection, metric, 8, MONDAY)
        last = await readings.last_of(connection, metric, 3)
    assert [one.value for one in eight] == [53, 54, 55, 56, 57, 58, 59, 60]
    assert [one.value for one in last] == [58, 59, 60]


async def test_what_is_due_stale_and_to_be_reviewed_is_known_for_each_team(database: Database) -> None:
    fresh = a_metric("Fresh", id="metric-fresh", defined_at=NOW - 90 * DAY)
    due = a_metric("Due", id="metric-due", defined_at=NOW - 90 * DAY, review_on=MONDAY)
    stale = a_metric("Stale", id="metric-stale", defined_at=NOW - 90 * DAY)
    await added(database, fresh, due, stale)
    await logged(database, fresh, (MONDAY - DAY, 1))
    await logged(database, due, (MONDAY - 7 * DAY, 1))
    await logged(database, stale, (MONDAY - 15 * DAY, 1))
    async with database.read() as connection:
        assert await store.readings_due(connection, HARBOR_TEAM, NOW) == [due, stale]
        assert await store.stale(connection, HARBOR_TEAM, NOW) == [stale]
        assert await store.review_due(connection, HARBOR_TEAM, NOW) == [due]


async def test_a_team_whose_metric_is_read_within_its_cadence_has_a_living_one(database: Database) -> None:
    weekly = a_metric(id="metric-weekly")
    monthly = a_metric(id="metric-monthly", cadence=Cadence.MONTHLY)
    await added(database, weekly, monthly)
    await logged(database, FOREIGN, (MONDAY, 1))
    await logged(database, weekly, (MONDAY - 8 * DAY, 1))
    async with database.read() as connection:
        assert await store.teams_with_a_living_metric(connection, HARBOR, MONDAY) == set()
    await logged(database, monthly, (MONDAY - 8 * DAY, 1))
    async with database.read() as connection:
        assert await store.teams_with_a_living_metric(connection, HARBOR, MONDAY) == {HARBOR_TEAM.id}
        assert await store.teams_with_a_living_metric(connection, HARBOR, MONDAY + 24 * DAY) == set()


async def test_a_value_is_kept_for_a_metric_of_its_own_workspace_only(database: Database) -> None:
    metric = a_metric()
    await added(database, metric)
    await logged(database, metric, (MONDAY, 50))
    stranger = replace(metric, workspace_id=QUAY)
    async with database.read() as connection:
        assert await readings.reading_on(connection, stranger, MONDAY) is None
        assert await readings.trend(connection, stranger, 8, MONDAY) == []
        assert await store.find(connection, QUAY, MetricId(metric.id)) is None
