"""What waits is written together, and each who waits hears what became of their own."""

import asyncio
from collections.abc import Sequence

from bot.errors import DatabaseAway
from bot.storage.together import Together


class Written:
    """Gives each row back doubled; `batches` is what was written at a time."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.broken = False

    async def __call__(self, rows: Sequence[int]) -> list[int]:
        self.batches.append(list(rows))
        if self.broken:
            raise DatabaseAway("gone")
        return [2 * row for row in rows]


async def test_what_waits_at_the_same_time_goes_in_one_transaction() -> None:
    write = Written()
    together = Together(write, gather_seconds=0)
    assert await asyncio.gather(*map(together, range(5))) == [0, 2, 4, 6, 8]
    assert await together(7) == 14
    assert write.batches == [[0, 1, 2, 3, 4], [7]]


async def test_no_transaction_is_larger_than_it_may_be() -> None:
    write = Written()
    together = Together(write, at_once=2, gather_seconds=0)
    await asyncio.gather(*map(together, range(5)))
    assert write.batches == [[0, 1], [2, 3], [4]]


async def test_who_was_cut_off_meanwhile_keeps_nobody_else_waiting() -> None:
    together = Together(Written(), gather_seconds=0)
    waiting = [asyncio.create_task(together(row)) for row in range(3)]
    await asyncio.sleep(0)
    waiting[1].cancel()
    assert (await waiting[0], await waiting[2]) == (0, 4)


async def test_a_database_that_is_away_is_told_to_all_and_the_next_may_try_again() -> None:
    write = Written()
    together = Together(write, gather_seconds=0)
    write.broken = True
    told = await asyncio.gather(*map(together, range(3)), return_exceptions=True)
    assert [type(error) for error in told] == [DatabaseAway] * 3
    write.broken = False
    assert await together(1) == 2
