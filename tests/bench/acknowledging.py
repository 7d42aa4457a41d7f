"""How many signed events a second a real `coach run` acknowledges, beside an app that does nothing else; and how soon
while it works out answers. What is measured has a core of its own; who asks, and the stand-in for Slack, the other.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import aiohttp

from bot.slack_kit.manifest import EVENTS_PATH
from tests.bench.coach_process import INDEX, Running, coach_run, cores, running
from tests.bench.delivery import quick_slack
from tests.bench.events import asked, overheard
from tests.bench.golden import single_questions
from tests.bench.measuring import Report, at, load
from tests.bench.quick_slack import SECRET
from tests.slack_side import a_free_port

EVENTS, ROUNDS, AT_ONCE = 2_000, 5, 16
QUESTIONS, A_SECOND, BETWEEN = 200, 10, 4
"""So many questions, so many of them a second, and so many other events after each."""

Numbers = Iterator[int]
Make = Callable[[int], dict[str, Any]]


def acknowledging(report: Report) -> None:
    """Both apps in turn, the median of the rounds; then the coach alone, asked ten questions a second."""
    from knowledge.library import Library

    Library.open_or_build(into=INDEX)
    asyncio.run(_acknowledging(report))


async def _acknowledging(report: Report) -> None:
    core, ours = cores()
    if ours is not None:
        os.sched_setaffinity(0, {ours})
    report(f"\nSigned events, {AT_ONCE} at once, {load()}")
    async with _bare(core) as bare, _coach(core) as coach, aiohttp.ClientSession() as http:
        numbers, rates = count(1), {"bare": list[float](), "coach": list[float]()}
        for _ in range(ROUNDS):
            for name, app in (("bare", bare), ("coach", coach)):
                rates[name].append(await _rate(http, app, numbers))
        alone, beside = median(rates["bare"]), median(rates["coach"])
        report(f"  Bolt and Starlette alone     {alone:6.0f} acknowledged a second")
        report(f"  coach run                    {beside:6.0f}, {beside / alone:.2f} of it   goal: 0.8")
        took = await _while_answering(http, coach, numbers)
        p50, p99 = (1000 * at(took, percent) for percent in (50, 99))
        report(
            f"  while it answers {A_SECOND} a second  p50 {p50:.0f}, p99 {p99:.0f} ms of {len(took)}   goal: p99 of 50"
        )


@asynccontextmanager
async def _bare(core: int | None) -> AsyncIterator[Running]:
    port = a_free_port()
    async with running(["-m", "tests.bench.bare", str(port)], port, ready="/", core=core) as app:
        yield app


@asynccontextmanager
async def _coach(core: int | None) -> AsyncIterator[Running]:
    async with quick_slack() as slack:
        told = {"api_url": f"{slack}/api/", "token": "xoxb-bench", "secret": SECRET}
        with TemporaryDirectory() as folder:
            async with coach_run(Path(folder), core=core, **told) as coach:
                yield coach


async def _rate(http: aiohttp.ClientSession, app: Running, numbers: Numbers) -> float:
    """Events a second; they are signed before the clock runs."""
    events = iter([overheard(next(numbers)) for _ in range(EVENTS)])
    began = perf_counter()

    async def send() -> None:
        for event in events:
            await _sent(http, app, event)

    await asyncio.gather(*(send() for _ in range(AT_ONCE)))
    return EVENTS / (perf_counter() - began)


async def _while_answering(http: aiohttp.ClientSession, coach: Running, numbers: Numbers) -> list[float]:
    """Seconds until each of all these events was acknowledged, questions among them."""
    texts, sent = cycle(golden.question for golden in single_questions()), list[asyncio.Task[float]]()
    pause = 1 / (A_SECOND * (1 + BETWEEN))
    for _ in range(QUESTIONS):
        for event in (asked(next(numbers), next(texts)), *(overheard(next(numbers)) for _ in range(BETWEEN))):
            sent.append(asyncio.create_task(_sent(http, coach, event)))
            await asyncio.sleep(pause)
    return await asyncio.gather(*sent)


async def _sent(http: aiohttp.ClientSession, app: Running, event: dict[str, Any]) -> float:
    began = perf_counter()
    async with http.post(f"{app.url}{EVENTS_PATH}", **event) as response:
        assert response.status == 200, response.status
    return perf_counter() - began
