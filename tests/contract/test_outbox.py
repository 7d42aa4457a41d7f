"""Letters in the outbox, the same on SQLite and PostgreSQL: once for each key, claimed once, written down once."""

import asyncio
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.delivery import claims, outbox
from bot.delivery.model import WHOLE_WORKSPACE, Claimed, Outcome, State
from bot.storage.engine import Database
from bot.storage.tables import outbox as table
from tests.builders_delivery import HARBOR, NOTES, NOW, a_letter, put_in, states

LATER = NOW + timedelta(hours=1)


async def claimed(database: Database, worker: str = "w1", *, most: int = 50, at: datetime = NOW) -> list[Claimed]:
    async with database.write() as connection:
        return await claims.claim(connection, HARBOR, NOTES, worker=worker, now=at, most=most)


async def finished(database: Database, one: Claimed, outcome: Outcome) -> None:
    async with database.write() as connection:
        await claims.finish(connection, HARBOR, [(one, outcome)])


async def aimed(database: Database, one: Claimed, channel: str = "D1") -> bool:
    async with database.write() as connection:
        return one.id in await claims.aim(connection, HARBOR, [(one, channel)])


async def lose_leases(database: Database) -> None:
    """As if a minute had passed: the lease is by the clock of the database."""
    async with database.write() as connection:
        over = claims.clock_of(connection, timedelta(seconds=-1))
        await connection.execute(sa.update(table).where(table.c.state == State.SENDING).values(lease_until=over))


async def test_a_letter_is_put_in_once_for_each_key(database: Database) -> None:
    async with database.write() as connection:
        new = [await outbox.enqueue(connection, a_letter(), NOW) for _ in range(2)]
    assert new == [True, False]


async def test_a_letter_put_in_together_with_a_change_goes_with_it(database: Database) -> None:
    async def change_then_break() -> None:
        async with database.write() as connection:
            await outbox.enqueue(connection, a_letter(), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_then_break()
    assert await states(database) == {}


async def test_many_who_put_in_the_same_letter_at_once_make_one(database: Database) -> None:
    await asyncio.gather(*(put_in(database, [a_letter()]) for _ in range(10)))
    assert len(await claimed(database)) == 1


async def test_what_is_claimed_comes_back_as_it_was_put_in(database: Database) -> None:
    await put_in(database, [letter := a_letter(about="commitment:c1", reference={"id": "c1", "version": 2})])
    [one] = await claimed(database)
    assert one.letter == letter
    assert (one.attempts, one.since, one.channel_id) == (1, None, None)


async def test_a_letter_is_not_claimed_before_it_is_due_nor_after_it_expired(database: Database) -> None:
    await put_in(database, [a_letter(due_at=LATER, expires_at=LATER + timedelta(hours=1))])
    assert await claimed(database) == []
    assert await claimed(database, at=LATER + timedelta(hours=2)) == []
    assert len(await claimed(database, at=LATER)) == 1


async def test_each_letter_is_claimed_by_one_worker(database: Database) -> None:
    await put_in(database, [a_letter(f"n:{n}", recipient=f"U{n}") for n in range(100)])
    taken = await asyncio.gather(*(claimed(database, most=30) for _ in range(5)))
    ids = [one.id for ones in taken for one in ones]
    assert len(ids) == len(set(ids)) == 100
    assert max(len(ones) for ones in taken) <= 30


async def test_a_recipient_has_one_letter_under_way_at_a_time_the_oldest_first(database: Database) -> None:
    await put_in(database, [a_letter("n:2", due_at=NOW), a_letter("n:1", due_at=NOW - timedelta(minutes=1))])
    [first] = await claimed(database)
    assert first.letter.key == "n:1"
    assert await claimed(database) == []
    await finished(database, first, Outcome(State.SENT))
    assert [one.letter.key for one in await claimed(database)] == ["n:2"]


async def test_another_worker_leaves_a_recipient_alone_for_a_second_after_a_letter(database: Database) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2"), a_letter("n:3", recipient="U0LEO")])
    [one] = await claimed(database, most=1)
    await finished(database, one, Outcome(State.SENT))
    assert [found.letter.recipient for found in await claimed(database, "w2", most=1)] == ["U0LEO"]
    assert await claimed(database, "w2") == []
    async with database.write() as connection:
        over = claims.clock_of(connection, timedelta(seconds=-1))
        await connection.execute(sa.update(table).where(table.c.state == State.SENT).values(lease_until=over))
    assert len(await claimed(database, "w2")) == 1


async def test_a_letter_of_an_unknown_kind_waits_and_holds_nobody_up(database: Database) -> None:
    await put_in(database, [a_letter("n:1", kind="of-tomorrow", due_at=NOW - timedelta(hours=1)), a_letter("n:2")])
    assert [one.letter.key for one in await claimed(database)] == ["n:2"]


async def test_who_lost_the_lease_may_neither_aim_nor_finish(database: Database) -> None:
    await put_in(database, [a_letter()])
    [one] = await claimed(database)
    await lose_leases(database)
    [again] = await claimed(database)
    assert again.id == one.id
    assert not await aimed(database, one)
    await finished(database, one, Outcome(State.FAILED))
    assert await aimed(database, again)
    await finished(database, one, Outcome(State.FAILED))
    await finished(database, again, Outcome(State.SENT, ts="1.1"))
    assert await states(database) == {one.letter.key: "sent"}


async def test_a_letter_that_was_never_aimed_may_be_sent_without_a_look(database: Database) -> None:
    await put_in(database, [a_letter()])
    await claimed(database)
    await lose_leases(database)
    [again] = await claimed(database)
    assert (again.attempts, again.since) == (2, None)


async def test_a_letter_that_was_aimed_is_looked_for_from_its_first_attempt_on(database: Database) -> None:
    await put_in(database, [a_letter()])
    [one] = await claimed(database)
    assert await aimed(database, one)
    await lose_leases(database)
    [again] = await claimed(database)
    assert again.since is not None
    assert again.channel_id == "D1"
    await aimed(database, again)
    await lose_leases(database)
    [third] = await claimed(database)
    assert third.since == again.since


async def test_a_lease_is_by_the_clock_of_the_database_and_a_minute_long(database: Database) -> None:
    await put_in(database, [a_letter()])
    await claimed(database)
    assert await claimed(database, at=NOW + timedelta(days=1)) == []
    async with database.read() as connection:
        left = sa.select(table.c.lease_until, claims.clock_of(connection))
        lease_until, now = (await connection.execute(left)).one()
    assert timedelta(seconds=30) < lease_until - now <= timedelta(seconds=60)


async def test_a_refused_letter_waits_and_needs_no_look(database: Database) -> None:
    await put_in(database, [a_letter()])
    [one] = await claimed(database)
    await aimed(database, one)
    await finished(database, one, Outcome(State.PENDING, not_before=LATER, error="ratelimited"))
    assert await claimed(database) == []
    [again] = await claimed(database, at=LATER)
    assert again.since is None


async def test_a_closed_gate_holds_its_channel_and_the_gate_of_all_holds_everything(database: Database) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2", recipient="U0LEO")])
    [one] = await claimed(database, most=1)
    await aimed(database, one, channel="D1")
    await finished(database, one, Outcome(State.PENDING))
    async with database.write() as connection:
        await claims.close_gate(connection, HARBOR, "D1", LATER)
    assert [found.letter.key for found in await claimed(database, most=1)] != [one.letter.key]
    async with database.write() as connection:
        await claims.close_gate(connection, HARBOR, WHOLE_WORKSPACE, LATER)
        assert await claims.closed_gates(connection, HARBOR, NOW) == {"D1": LATER, WHOLE_WORKSPACE: LATER}
    assert await claimed(database) == []
    assert len(await claimed(database, at=LATER)) == 1
    async with database.write() as connection:
        await claims.forget_gates(connection, HARBOR, LATER)
        assert await claims.closed_gates(connection, HARBOR, NOW) == {}


async def test_what_is_cancelled_by_what_it_is_about_is_not_sent(database: Database) -> None:
    about = {"about": "commitment:c1"}
    await put_in(database, [a_letter("c:1", **about), a_letter("c:2", **about, recipient="U0LEO"), a_letter("n:1")])
    async with database.write() as connection:
        assert await outbox.cancel(connection, HARBOR, about="commitment:c1") == 2
        assert await outbox.cancel(connection, "T1QUAY", recipient="U0MARA") == 0
        assert await outbox.cancel(connection, HARBOR, recipient="U0MARA", kind="other") == 0
    assert await states(database) == {"c:1": "cancelled", "c:2": "cancelled", "n:1": "pending"}
    async with database.write() as connection:
        assert await outbox.cancel(connection, HARBOR, recipient="U0MARA") == 1
        with pytest.raises(ValueError, match="whom they are for"):
            await outbox.cancel(connection, HARBOR, kind="note")


async def test_what_is_too_old_expires_unless_it_may_stand_in_slack(database: Database) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2", recipient="U0LEO")])
    one = next(found for found in await claimed(database) if found.letter.key == "n:1")
    await aimed(database, one)
    async with database.write() as connection:
        await outbox.doubt(connection, HARBOR, NOW)
    await put_in(database, [a_letter("n:3", recipient="U0INES")])
    async with database.write() as connection:
        assert await claims.expire(connection, HARBOR, NOW + timedelta(days=3)) == 1
    assert await states(database) == {"n:1": "pending", "n:2": "pending", "n:3": "expired"}
    assert len(await claimed(database, at=NOW + timedelta(days=3))) == 2


async def test_a_letter_that_failed_is_sent_again_when_somebody_asks_for_it(database: Database) -> None:
    await put_in(database, [a_letter()])
    [one] = await claimed(database)
    async with database.write() as connection:
        assert not await outbox.retry(connection, HARBOR, one.letter.key, NOW)
    await finished(database, one, Outcome(State.UNKNOWN, ambiguous=True, error="not_in_channel"))
    late = NOW + timedelta(days=30)
    async with database.write() as connection:
        assert await outbox.retry(connection, HARBOR, one.letter.key, late)
    [again] = await claimed(database, at=late)
    assert again.since is None


async def test_a_letter_is_withdrawn_only_while_it_is_not_on_its_way(database: Database) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2", recipient="U0LEO")])
    [one] = await claimed(database, most=1)
    async with database.write() as connection:
        [other] = await outbox.entries(connection, HARBOR, states=[State.PENDING])
        assert not await outbox.withdraw(connection, HARBOR, one.letter.key)
        assert await outbox.withdraw(connection, HARBOR, other.key)
        assert (await outbox.counts(connection, HARBOR))[State.CANCELLED] == 1


async def test_what_became_of_a_letter_is_found_by_its_key(database: Database) -> None:
    await put_in(database, [a_letter("n:1")])
    [one] = await claimed(database)
    await finished(database, one, Outcome(State.SENT, channel_id="D1", ts="1.2", sent_at=NOW))
    async with database.read() as connection:
        entry = await outbox.entry_of(connection, HARBOR, "n:1")
        assert await outbox.entry_of(connection, "T1QUAY", "n:1") is None
    assert entry
    assert (entry.state, entry.channel_id, entry.ts, entry.sent_at) == (State.SENT, "D1", "1.2", NOW)


async def test_letters_that_are_done_are_forgotten_after_three_months(database: Database) -> None:
    await put_in(database, [a_letter("n:1"), a_letter("n:2", recipient="U0LEO")])
    [one] = await claimed(database, most=1)
    await finished(database, one, Outcome(State.SENT))
    async with database.write() as connection:
        await outbox.forget(connection, HARBOR, NOW + timedelta(days=89))
        assert len(await states(database)) == 2
        await outbox.forget(connection, HARBOR, NOW + timedelta(days=91))
    assert list((await states(database)).values()) == ["pending"]
