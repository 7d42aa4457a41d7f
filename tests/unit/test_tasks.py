"""Work that outlives its request is waited for, and what repeats survives a bad turn."""

import asyncio

import pytest

from bot.errors import DatabaseAway
from bot.tasks import Tasks


async def test_a_stop_waits_for_what_is_under_way() -> None:
    done = []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append("all of it")

    tasks = Tasks()
    tasks.start(work, name="work")
    assert await tasks.drain(5) == 0
    assert done == ["all of it"]


async def test_what_takes_longer_than_the_stop_may_is_cut_off_and_counted() -> None:
    ended = asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    tasks = Tasks()
    tasks.start(endless, name="endless")
    await asyncio.sleep(0)
    assert await tasks.drain(0) == 1
    assert ended.is_set()
    assert tasks.under_way == frozenset()


async def test_what_work_raises_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    async def failing() -> None:
        raise ValueError("words of a person")

    tasks = Tasks()
    tasks.start(failing, name="failing")
    await tasks.drain(5)
    logged = capsys.readouterr()
    assert "task.failed" in logged.out + logged.err
    assert "words of a person" not in logged.out + logged.err


async def test_what_repeats_goes_on_after_a_turn_that_failed() -> None:
    turns: list[int] = []
    enough = asyncio.Event()

    async def turn() -> None:
        turns.append(len(turns))
        if len(turns) == 3:
            enough.set()
        raise ConnectionError("away")

    tasks = Tasks()
    tasks.repeat(turn, every_seconds=0.001, name="turn")
    async with asyncio.timeout(5):
        await enough.wait()
    await tasks.drain(5)


async def test_what_fails_again_and_again_is_logged_once_and_once_more_when_it_works(
    capsys: pytest.CaptureFixture[str],
) -> None:
    raised: list[Exception | None] = [OSError(), OSError(), OSError(), ValueError(), ValueError(), None, None]
    raised += [DatabaseAway("away"), DatabaseAway("away"), None]
    over = asyncio.Event()

    async def turn() -> None:
        if not raised:
            over.set()
        elif error := raised.pop(0):
            raise error

    tasks = Tasks()
    tasks.repeat(turn, every_seconds=0.001, name="turn")
    async with asyncio.timeout(5):
        await over.wait()
    await tasks.drain(5)
    told = [line for line in capsys.readouterr().out.splitlines() if "task." in line]
    assert ["OSError" in told[0], "ValueError" in told[1], "task.works_again" in told[2]] == [True] * 3
    assert len(told) == 3


async def test_a_stop_ends_what_repeats_also_in_the_middle_of_a_turn() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def turn() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    tasks = Tasks()
    tasks.repeat(turn, every_seconds=60, name="turn")
    await began.wait()
    async with asyncio.timeout(5):
        await tasks.drain(0)
    assert ended.is_set()


async def test_what_repeats_takes_a_turn_at_once_when_it_is_asked_to_and_so_does_what_it_sets_going() -> None:
    turns: list[str] = []
    tasks = Tasks()

    async def consequence() -> None:
        await asyncio.sleep(0)
        turns.append("consequence")

    async def turn() -> None:
        turns.append("turn")
        tasks.start(consequence, name="consequence")

    tasks.repeat(turn, every_seconds=3600, name="turn")
    async with asyncio.timeout(5):
        await tasks.turn()
        assert turns[-2:] == ["turn", "consequence"]
        before = len(turns)
        await tasks.turn()
    assert turns[before:] == ["turn", "consequence"]
    await tasks.drain(5)


async def test_a_stop_lets_go_whoever_waits_for_a_turn() -> None:
    began = asyncio.Event()

    async def endless() -> None:
        began.set()
        await asyncio.Event().wait()

    tasks = Tasks()
    tasks.repeat(endless, every_seconds=60, name="endless")
    await began.wait()
    waiting = asyncio.create_task(tasks.turn())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tasks.drain(0)
        await waiting
