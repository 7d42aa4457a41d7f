"""A process that is frozen for longer than its lease, and a second one beside it where only one may be."""

import asyncio
import os
import signal
from collections.abc import Callable

import pytest

from bot.playground.slack import Slack
from bot.storage.engine import is_sqlite
from tests.faults.child import Life, hold
from tests.faults.nursery import Child, all_killed, born, times_posted, work_to_the_end

A_Life = Callable[..., Life]
LEASE_SECONDS = 2.0


@pytest.mark.parametrize("point", ["after claiming", "before aiming", "after aiming"])
async def test_a_process_that_stood_still_for_longer_than_its_lease_sends_nothing_twice(
    slack: Slack, letters: list[str], life: A_Life, point: str
) -> None:
    async with born(life(point=point, ends_by=signal.SIGSTOP, lease_seconds=LEASE_SECONDS)) as [frozen]:
        assert await frozen.says() == point
        if is_sqlite(life().database_url):  # nobody else may send: the lease just runs out
            await asyncio.sleep(1.2 * LEASE_SECONDS)
        else:
            await work_to_the_end(life())
            assert times_posted(slack) == dict.fromkeys(letters, 1)
        os.kill(frozen.process.pid or 0, signal.SIGCONT)
        assert await frozen.ended() == 0
    assert times_posted(slack) == dict.fromkeys(letters, 1)


async def test_a_second_process_on_one_sqlite_file_is_refused_until_the_first_is_dead(life: A_Life) -> None:
    if not is_sqlite(life().database_url):
        assert await words_of_two(life) == (["held"], ["held"])
        return
    assert await words_of_two(life) == (["held"], ["DatabaseLocked"])
    with all_killed([Child(life(), hold)]) as [third]:
        assert await third.says() == "held"


async def words_of_two(life: A_Life) -> tuple[list[str], list[str]]:
    """What a process says that takes the database for itself, and a second one beside it; both are killed then."""
    with all_killed([Child(life(), hold)]) as [first]:
        one = [await first.says()]
        with all_killed([Child(life(), hold)]) as [second]:
            return one, [await second.says()]
