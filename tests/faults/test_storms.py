"""Everything at once, by a seed: replicas die and are born again while Slack refuses, dawdles and drops lines."""

import asyncio
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from bot.delivery.plan import set_schedule
from bot.playground.faults import Fault, RateLimited, ResetAfterAccepting, ServerError, Slow
from bot.playground.slack import Slack
from bot.storage.engine import Database, is_sqlite
from tests.builders_delivery import a_schedule, states
from tests.faults.child import POINTS, Life
from tests.faults.nursery import born, times_posted

LEASE_SECONDS, REPLY_SECONDS, DAWDLES_SECONDS = 3.0, 0.4, 0.6
"""A minute, ten seconds, and what is longer than that: a twentieth of the real ones."""
DEATHS = 6


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--storms")))


async def test_a_storm_loses_nothing_and_doubles_nothing(
    slack: Slack, letters: list[str], life: Callable[..., Life], opened: Callable[[], Database], seed: int
) -> None:
    chance = random.Random(seed)
    planned = await forty_schedules_due(opened(), life().now())
    slack.faults.order("chat.postMessage", *weather(chance, 200))
    slack.faults.order("conversations.history", *(RateLimited(1) if chance.random() < 0.3 else None for _ in range(50)))
    await until_all_is_sent(chance, life, replicas=1 if is_sqlite(life().database_url) else 3)
    times = times_posted(slack)
    assert len(times) == len(letters) + len(planned)
    assert dict(times) == dict.fromkeys([*letters, *planned], 1)
    assert set((await states(opened())).values()) == {"sent"}


def weather(chance: random.Random, calls: int) -> Iterator[Fault | None]:
    """What the next calls meet: mostly nothing."""
    bad: list[Fault] = [
        RateLimited(1),
        ServerError(500),
        ResetAfterAccepting(),
        Slow(DAWDLES_SECONDS, accepted=True),
        Slow(DAWDLES_SECONDS),
    ]
    return (chance.choice(bad) if chance.random() < 0.15 else None for _ in range(calls))


async def forty_schedules_due(database: Database, now: datetime) -> list[str]:
    """The keys of the letters they become."""
    schedules = [a_schedule(f"U{n:03d}", zone="UTC", weekday=now.weekday(), at="00:00") for n in range(60, 100)]
    async with database.write() as connection:
        for schedule in schedules:
            await set_schedule(connection, schedule, now - timedelta(days=1))
    return [schedule.key(now.date()) for schedule in schedules]


async def until_all_is_sent(chance: random.Random, life: Callable[..., Life], *, replicas: int) -> None:
    """So many processes at a time; each dies at a point of chance and is born again, until enough have died."""
    deaths = [(chance.choice(POINTS), chance.randint(1, 6)) for _ in range(DEATHS)]

    async def one_after_the_other() -> None:
        ended = -9
        while ended:
            point, nth = deaths.pop() if deaths else ("", 1)
            times = {"lease_seconds": LEASE_SECONDS, "reply_seconds": REPLY_SECONDS}
            async with born(life(point=point, nth=nth, **times)) as [child]:
                ended = await child.ended()

    await asyncio.gather(*(one_after_the_other() for _ in range(replicas)))
