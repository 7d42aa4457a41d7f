"""Schedules become letters, once for each local week, the same on SQLite and PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.delivery import claims, outbox
from bot.delivery.model import Kind, State
from bot.delivery.plan import Schedule, drop_schedules, next_of, plan, postpone, set_schedule
from bot.storage.engine import Database
from bot.storage.tables import outbox as table
from tests.builders_delivery import HARBOR, NOTES, a_letter, a_note, a_schedule, put_in

KINDS = NOTES | {"pulse": Kind(a_note, good_for=timedelta(days=14))}
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 10:00 in Paris
A_WEEK = timedelta(days=7)
A_MINUTE = timedelta(minutes=1)


async def put(database: Database, schedule: Schedule, now: datetime) -> datetime:
    async with database.write() as connection:
        return await set_schedule(connection, schedule, now)


async def planned(database: Database, now: datetime) -> list[str]:
    """What became a letter that was not one before, by its key."""
    before = set(await keys(database))
    async with database.write() as connection:
        while await plan(connection, HARBOR, KINDS, now):
            pass
        await claims.expire(connection, HARBOR, now)
    return [key for key in await keys(database) if key not in before]


async def keys(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.scalars(sa.select(table.c.dedupe_key).order_by(table.c.due_at))).all())


async def test_a_schedule_is_due_at_its_hour_where_its_owner_lives(database: Database) -> None:
    assert await put(database, a_schedule(), FRIDAY) == MONDAY
    assert await planned(database, MONDAY - A_MINUTE) == []
    assert await planned(database, MONDAY) == ["note:U0MARA:2026-W48"]
    assert await planned(database, MONDAY + A_MINUTE) == []
    assert await planned(database, MONDAY + A_WEEK) == ["note:U0MARA:2026-W49"]


async def test_what_comes_next_is_the_earliest_of_schedules_and_letters(database: Database) -> None:
    assert await next_due(database) is None
    await put(database, a_schedule("U0LEO", at="11:00", paused=True), FRIDAY)
    await put(database, a_schedule(), FRIDAY)
    assert await next_due(database) == MONDAY
    await put_in(database, [a_letter(due_at=FRIDAY + A_MINUTE)], FRIDAY)
    assert await next_due(database) == FRIDAY + A_MINUTE


async def next_due(database: Database) -> datetime | None:
    async with database.read() as connection:
        return await claims.next_due(connection, HARBOR, KINDS)


async def test_its_letter_is_for_its_owner_and_good_for_as_long_as_its_kind(database: Database) -> None:
    await put(database, a_schedule(), FRIDAY)
    await planned(database, MONDAY + A_MINUTE)
    async with database.read() as connection:
        row = (await connection.execute(sa.select(table))).one()
    assert (row.recipient, row.kind, row.due_at) == ("U0MARA", "note", MONDAY)
    assert row.expires_at == MONDAY + timedelta(days=2)
    assert row.reference == {"owner": "U0MARA", "day": "2026-11-23"}


async def test_two_planners_on_one_tick_make_one_letter_for_each_schedule(database: Database) -> None:
    for number in range(40):
        await put(database, a_schedule(f"U{number:02d}"), FRIDAY)

    async def one_turn() -> int:
        async with database.write() as connection:
            return await plan(connection, HARBOR, KINDS, MONDAY)

    turns = await asyncio.gather(*(one_turn() for _ in range(6)))
    assert sum(turns) == 40
    assert len(await keys(database)) == 40


async def test_after_three_weeks_asleep_one_letter_is_made_not_three(database: Database) -> None:
    await put(database, a_schedule(), FRIDAY)
    late = MONDAY + 3 * A_WEEK + timedelta(hours=3)
    assert await planned(database, late) == ["note:U0MARA:2026-W51"]
    async with database.read() as connection:
        assert await next_of(connection, HARBOR, "U0MARA", "note") == MONDAY + 4 * A_WEEK


async def test_what_is_too_late_is_visible_and_not_sent(database: Database) -> None:
    await put(database, a_schedule(), FRIDAY)
    saturday = MONDAY + timedelta(days=5)
    assert await planned(database, saturday) == ["note:U0MARA:2026-W48"]
    async with database.read() as connection:
        assert (await outbox.counts(connection, HARBOR))[State.EXPIRED] == 1


async def test_a_daily_schedule_makes_one_letter_a_local_day(database: Database) -> None:
    await put(database, a_schedule(zone="Asia/Tokyo", weekday=None, at="08:30"), FRIDAY)
    assert await planned(database, datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == ["note:U0MARA:2026-11-21"]
    assert await planned(database, datetime(2026, 11, 24, 0, 0, tzinfo=UTC)) == ["note:U0MARA:2026-11-24"]


async def test_a_quarterly_schedule_comes_every_thirteen_weeks(database: Database) -> None:
    schedule = a_schedule(kind="pulse", every_weeks=13)
    await put(database, schedule, FRIDAY)
    assert await planned(database, MONDAY) == ["pulse:U0MARA:2026-W48"]
    assert await planned(database, MONDAY + 12 * A_WEEK) == []
    assert await put(database, schedule, MONDAY + A_WEEK) == MONDAY + 13 * A_WEEK
    assert await planned(database, MONDAY + 13 * A_WEEK) == ["pulse:U0MARA:2027-W08"]


async def test_a_schedule_moved_after_this_weeks_letter_waits_for_the_next_week(database: Database) -> None:
    await put(database, a_schedule(), FRIDAY)
    await planned(database, MONDAY)
    thursday = MONDAY + timedelta(days=3)
    assert await put(database, a_schedule(weekday=3), MONDAY + A_MINUTE) == thursday + A_WEEK
    assert await planned(database, thursday) == []
    assert await planned(database, thursday + A_WEEK) == ["note:U0MARA:2026-W49"]


async def test_a_schedule_moved_before_this_weeks_letter_still_comes_this_week(database: Database) -> None:
    await put(database, a_schedule(weekday=4), MONDAY - A_MINUTE)
    assert await put(database, a_schedule(weekday=3), MONDAY) == MONDAY + timedelta(days=3)
    assert await planned(database, MONDAY + timedelta(days=4)) == ["note:U0MARA:2026-W48"]


async def test_a_new_zone_in_mid_week_makes_no_second_letter(database: Database) -> None:
    await put(database, a_schedule(zone="Pacific/Auckland", at="00:30"), FRIDAY)
    sent_at = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)  # Sunday still, in Los Angeles
    assert await planned(database, sent_at) == ["note:U0MARA:2026-W48"]
    await put(database, a_schedule(zone="America/Los_Angeles", at="09:00"), sent_at + A_MINUTE)
    assert await planned(database, datetime(2026, 11, 24, tzinfo=UTC)) == []
    assert await planned(database, datetime(2026, 12, 1, tzinfo=UTC)) == ["note:U0MARA:2026-W49"]


async def test_a_paused_schedule_makes_nothing_and_goes_on_without_making_up_for_it(database: Database) -> None:
    await put(database, a_schedule(paused=True), FRIDAY)
    assert await planned(database, MONDAY + 2 * A_WEEK) == []
    async with database.read() as connection:
        assert await next_of(connection, HARBOR, "U0MARA", "note") is None
    assert await put(database, a_schedule(), MONDAY + 2 * A_WEEK + A_MINUTE) == MONDAY + 3 * A_WEEK


async def test_a_postponed_schedule_leaves_out_what_falls_before(database: Database) -> None:
    await put(database, a_schedule(), FRIDAY)
    async with database.write() as connection:
        await postpone(connection, HARBOR, "U0MARA", "note", MONDAY + A_WEEK)
        assert await next_of(connection, HARBOR, "U0MARA", "note") == MONDAY + 2 * A_WEEK


async def test_what_a_schedule_makes_after_a_restored_backup_is_looked_for_first(database: Database) -> None:
    async def unsure() -> list[str]:
        async with database.read() as connection:
            found = await connection.scalars(sa.select(table.c.dedupe_key).where(table.c.ambiguous))
            return list(found.all())

    await put(database, a_schedule(), FRIDAY)
    async with database.write() as connection:
        assert await outbox.doubt(connection, HARBOR, MONDAY - A_MINUTE) == (0, 0)
        assert await outbox.doubt(connection, HARBOR, MONDAY + A_MINUTE) == (0, 1)
        assert await outbox.workspaces(connection) == [HARBOR]
    assert await planned(database, MONDAY + 2 * A_MINUTE) == await unsure() == ["note:U0MARA:2026-W48"]
    assert await planned(database, MONDAY + A_WEEK) == ["note:U0MARA:2026-W49"]
    assert await unsure() == ["note:U0MARA:2026-W48"]


async def test_a_dropped_schedule_is_gone(database: Database) -> None:
    await put(database, a_schedule(), FRIDAY)
    async with database.write() as connection:
        await drop_schedules(connection, HARBOR, "U0MARA")
    assert await planned(database, MONDAY) == []


async def test_schedules_of_an_unknown_kind_are_left_alone(database: Database) -> None:
    await put(database, a_schedule(kind="of-tomorrow"), FRIDAY)
    assert await planned(database, MONDAY) == []


async def test_monday_morning_stays_monday_morning_when_the_clocks_change(database: Database) -> None:
    sent = []
    await put(database, a_schedule(at="09:00"), datetime(2026, 3, 20, tzinfo=UTC))
    for week in range(32):
        now = datetime(2026, 3, 23, 12, tzinfo=UTC) + week * A_WEEK
        sent += await planned(database, now)
    async with database.read() as connection:
        due = (await connection.scalars(sa.select(table.c.due_at).order_by(table.c.due_at))).all()
    assert len(sent) == len(set(sent)) == 32
    hours = {f"{moment:%m-%d}": moment.hour for moment in due}
    assert [hours[day] for day in ("03-23", "03-30", "10-19", "10-26")] == [8, 7, 7, 8]
