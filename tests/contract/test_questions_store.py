"""What the questions keep in the database, the same on SQLite and PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import CoachError
from bot.questions import intake, presses, store
from bot.questions.arrivals import Arrivals
from bot.questions.buttons import Pressed
from bot.questions.incoming import CHANNEL, DM, Incoming
from bot.questions.model import Answer, Asked, Gap, Memory
from bot.storage.engine import Database
from bot.storage.ids import new_id
from tests.builders import an_answer, nothing, small_talk, the_closest

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HARBOR, QUAY = "T0HARBOR", "T1QUAY"


def incoming(
    key: str = "C1:1", *, workspace: str = HARBOR, place: str = DM, text: str = "who measures?", at: datetime = NOW
) -> Incoming:
    return Incoming(Asked(new_id(at), workspace, "U0MARA", place, text, at, "C1", "1.1"), key=key)


async def saved(database: Database, answer: Answer, **more: Any) -> Incoming:
    asked = incoming(**more)
    async with database.write() as connection:
        await store.save(connection, asked, answer, ms=5, shown=None)
    return asked


async def test_of_many_deliveries_at_once_exactly_one_is_new(database: Database) -> None:
    arrivals = [Arrivals(database, lambda: NOW) for _ in range(3)]
    outcomes = await asyncio.gather(*(one.is_new(incoming()) for _ in range(10) for one in arrivals))
    assert outcomes.count(True) == 1


async def test_a_burst_is_noted_in_few_transactions_and_each_arrival_once(database: Database) -> None:
    arrivals = Arrivals(database, lambda: NOW)
    outcomes = await asyncio.gather(*(arrivals.is_new(incoming(f"C1:{n % 150}")) for n in range(300)))
    assert outcomes.count(True) == 150


async def test_the_same_message_in_another_workspace_is_another_message(database: Database) -> None:
    async with database.write() as connection:
        new = await intake.claim(connection, [incoming(), incoming(workspace=QUAY)], NOW)
    assert len(new) == 2


async def test_work_is_taken_up_once_and_only_when_nobody_holds_it(database: Database) -> None:
    first = incoming(text="words of Mara")
    async with database.write() as connection:
        await intake.claim(connection, [first, incoming("C1:2", workspace=QUAY)], NOW)
        assert await intake.take_up(connection, HARBOR, NOW + timedelta(seconds=1)) == []
        await intake.may_be_posted(connection, first)
        await intake.let_go(connection, HARBOR, [first.asked.id], NOW)
        assert await intake.take_up(connection, HARBOR, NOW) == [(first, True)]
        assert await intake.take_up(connection, HARBOR, NOW) == []
        await intake.finish(connection, first)
        assert await intake.take_up(connection, HARBOR, NOW + timedelta(days=1)) == []


async def test_work_that_takes_long_stays_with_whoever_is_at_it(database: Database) -> None:
    first = incoming()
    later = NOW + intake.HELD
    async with database.write() as connection:
        await intake.claim(connection, [first], NOW)
        await intake.keep(connection, HARBOR, [first.asked.id], later)
        assert await intake.take_up(connection, HARBOR, later) == []
        assert len(await intake.take_up(connection, HARBOR, later + intake.HELD)) == 1


async def test_what_is_a_day_old_is_forgotten(database: Database) -> None:
    old, young = incoming("C1:1", at=NOW - timedelta(days=2)), incoming("C1:2")
    async with database.write() as connection:
        await intake.claim(connection, [old], old.asked.at)
        await intake.claim(connection, [young], NOW)
        await intake.forget(connection, HARBOR, NOW)
        assert await intake.claim(connection, [incoming("C1:1"), incoming("C1:2")], NOW) != set()
        left = await intake.take_up(connection, HARBOR, NOW + timedelta(hours=1))
    assert old.asked.id not in [one.asked.id for one, _ in left]
    assert young.asked.id in [one.asked.id for one, _ in left]


async def test_a_thread_remembers_its_last_question_and_a_greeting_changes_nothing(database: Database) -> None:
    asked = await saved(database, an_answer(searched="who measures"))
    await saved(database, an_answer(searched="who reports", card="who-reports"), key="C1:2")
    await saved(database, small_talk(), key="C1:3")
    assert asked.thread_key
    async with database.read() as connection:
        memory = await store.memory_of(connection, asked.thread_key)
        elsewhere = await store.memory_of(connection, (QUAY, "C1", "1.1"))
    assert memory == Memory("who reports", ("who-reports",), ("measure",))
    assert elsewhere is None


async def test_the_first_answer_in_a_channel_is_known_as_such(database: Database) -> None:
    async with database.read() as connection:
        assert await store.is_first_in_channel(connection, HARBOR, "C1")
    await saved(database, an_answer())
    async with database.read() as connection:
        assert await store.is_first_in_channel(connection, HARBOR, "C1")  # that was a DM
    await saved(database, an_answer(), key="C1:2", place=CHANNEL)
    async with database.read() as connection:
        assert not await store.is_first_in_channel(connection, HARBOR, "C1")
        assert await store.is_first_in_channel(connection, HARBOR, "C2")


async def test_the_last_opinion_of_a_person_counts_and_only_for_them(database: Database) -> None:
    asked = await saved(database, an_answer())
    async with database.write() as connection:
        for opinion in (Pressed("helpful"), Pressed("not_helpful"), Pressed("not_helpful", "old")):
            await presses.give_feedback(connection, HARBOR, asked.asked.id, "U0LEO", opinion, NOW)
        assert await presses.pressed(connection, HARBOR, asked.asked.id, "U0LEO") == Pressed("not_helpful", "old")
        assert await presses.pressed(connection, HARBOR, asked.asked.id, "U0MARA") == Pressed()


async def test_an_answer_saved_again_after_a_crash_stays_one_answer(database: Database) -> None:
    asked = incoming()
    for _ in range(2):
        async with database.write() as connection:
            await store.save(connection, asked, nothing(), ms=5, shown=None)
    async with database.read() as connection:
        assert await store.gaps_by_topic(connection, HARBOR) == [Gap("survey", 1)]


async def test_gaps_are_counted_by_topic_and_words_shown_only_with_consent(database: Database) -> None:
    passed = await saved(database, nothing(topic="metrics"), key="C1:1", text="leave in Denmark?")
    await saved(database, the_closest(), key="C1:2", text="something private")
    await saved(database, nothing(topic="metrics"), key="C1:3", text="another private thing")
    await saved(database, an_answer(), key="C1:4")
    await saved(database, nothing(topic="metrics"), key="C1:5", workspace=QUAY)
    async with database.write() as connection:
        await presses.pass_on(connection, HARBOR, passed.asked.id, "leave in Denmark?", named=True, now=NOW)
        await presses.pass_on(connection, HARBOR, passed.asked.id, "other words", named=False, now=NOW)
    async with database.read() as connection:
        assert await store.gaps_by_topic(connection, HARBOR) == [
            Gap("metrics", 2, ("leave in Denmark?",)),
            Gap("survey", 1),
        ]
        assert sum(gap.count for gap in await store.gaps_by_topic(connection)) == 4
        assert len(await store.gaps_by_topic(connection, HARBOR, since=NOW)) == 2
        assert await store.gaps_by_topic(connection, HARBOR, since=NOW + timedelta(days=1)) == []
        assert (await presses.pressed(connection, HARBOR, passed.asked.id, "U0MARA")).passed_on == "named"


async def test_a_gap_is_closed_once_and_its_words_go(database: Database) -> None:
    passed = await saved(database, nothing(), text="leave in Denmark?")
    async with database.write() as connection:
        await presses.pass_on(connection, HARBOR, passed.asked.id, "leave in Denmark?", named=True, now=NOW)
        [gap] = await store.open_gaps(connection, HARBOR)
        assert (gap.question, gap.user_id) == ("leave in Denmark?", "U0MARA")
        assert await store.open_gaps(connection, QUAY) == []
        assert [await store.close_gap(connection, gap, NOW) for _ in range(2)] == [True, False]
        assert await store.open_gaps(connection, HARBOR) == []
        assert await store.gaps_by_topic(connection, HARBOR) == []


async def test_an_arrival_that_cannot_be_noted_says_why(database: Database) -> None:
    arrivals = Arrivals(Broken(), lambda: NOW)  # type: ignore[arg-type]
    outcomes = await asyncio.gather(*(arrivals.is_new(incoming()) for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in outcomes] == [CoachError, CoachError]


class Broken:
    def write(self) -> object:
        raise CoachError("away")
