"""Clock changes, and schedules that are edited in mid-week while the coach sleeps and wakes: never twice in a week."""

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
import sqlalchemy as sa

from bot.delivery.plan import Schedule, first_after, latest_and_next, plan, set_schedule
from bot.kernel.weeks import day_of, week_of
from bot.storage.engine import Database
from bot.storage.tables import outbox
from tests.builders_delivery import HARBOR, NOTES, a_schedule

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TEN_YEARS = 522
ZONES = sorted(available_timezones())
HOURS = ("00:00", "00:30", "01:30", "02:30", "09:00", "23:30")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    storms = metafunc.config.getoption("--storms")
    if "zone" in metafunc.fixturenames:
        metafunc.parametrize("zone", ZONES if storms > 1 else random.Random(0).sample(ZONES, 12))
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(5 * storms))


def test_a_weekly_schedule_has_one_occurrence_each_local_week_for_ten_years(zone: str) -> None:
    for weekday, hour in enumerate((*HOURS, "12:00")):
        schedule = a_schedule(zone=zone, weekday=weekday, at=hour)
        day = first_after(schedule, BEGIN)
        weeks = []
        for _ in range(TEN_YEARS):
            due = schedule.on(day)
            latest, following = latest_and_next(schedule, due, due)
            assert latest == day
            weeks.append(schedule.key(day))
            day = following
        assert len(set(weeks)) == TEN_YEARS
        assert week_of(day) == week_of(first_after(schedule, BEGIN) + TEN_YEARS * timedelta(days=7))


async def test_edits_sleep_and_clock_changes_never_make_two_letters_in_a_week(database: Database, seed: int) -> None:
    """`weeks`: the local week of each letter, in the zone its owner lived in when it was made."""
    chance, now = random.Random(seed), BEGIN
    schedule, weeks = edited(chance), list[str]()
    async with database.write() as connection:
        await set_schedule(connection, schedule, now)
    for _ in range(150):
        now += timedelta(hours=chance.choice((1, 5, 12, 30, 30, 100, 24 * 21)))
        async with database.write() as connection:
            before = await connection.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0
            await plan(connection, HARBOR, NOTES, now)
            made = await connection.scalars(sa.select(outbox.c.due_at).order_by(outbox.c.due_at.desc()))
            due = list(made.all())
            if len(due) > before:
                assert len(due) == before + 1
                assert due[0] <= now
                weeks.append(week_of(day_of(due[0], schedule.zone)))
            if chance.random() < 0.4:
                schedule = edited(chance)
                assert await set_schedule(connection, schedule, now) > now
    assert len(weeks) > 10
    assert weeks == sorted(set(weeks))


def edited(chance: random.Random) -> Schedule:
    """Another zone, weekday and hour."""
    zone, hour = ZoneInfo(chance.choice(ZONES)), time.fromisoformat(chance.choice(HOURS))
    return Schedule(HARBOR, "team:1", "note", zone, hour, weekday=chance.randrange(7))
