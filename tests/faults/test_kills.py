"""kill -9 at every point on the way of a letter: none is lost, none comes twice, on both databases."""

import asyncio
from collections.abc import Callable

import pytest

from bot.playground.faults import Delayed
from bot.playground.slack import Slack
from bot.storage.engine import Database
from tests.builders_delivery import states
from tests.faults.child import POINTS, Life, commit
from tests.faults.nursery import Child, all_killed, born, times_posted, work_to_the_end

A_Life = Callable[..., Life]


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_loses_nothing_and_doubles_nothing(
    slack: Slack, letters: list[str], life: A_Life, opened: Callable[[], Database], point: str
) -> None:
    async with born(life(point=point)) as [child]:
        assert await child.says() == point
        assert await child.ended() == -9
    await work_to_the_end(life())
    assert times_posted(slack) == dict.fromkeys(letters, 1)
    assert set((await states(opened())).values()) == {"sent"}


async def test_a_kill_between_the_post_and_its_reply_doubles_nothing(
    slack: Slack, letters: list[str], life: A_Life
) -> None:
    reply = asyncio.Event()
    slack.faults.order("chat.postMessage", *[None] * 5, *[Delayed(reply, accepted=True)] * 20)
    async with born(life()) as [child]:
        await slack.until(lambda s: len(s.state.held) == 20, timeout=60)
        child.process.kill()
        assert await child.ended() == -9
    reply.set()
    await work_to_the_end(life())
    assert times_posted(slack) == dict.fromkeys(letters, 1)


async def test_without_a_look_before_a_resend_a_kill_doubles(slack: Slack, letters: list[str], life: A_Life) -> None:
    """What the other tests rest on: they would see a double."""
    async with born(life(point="after the reply", nth=10)) as [child]:
        assert await child.ended() == -9
    await work_to_the_end(life(looks=False))
    times = times_posted(slack)
    assert min(times[key] for key in letters) == 1
    assert max(times.values()) == 2


async def test_what_was_acknowledged_is_there_after_a_kill(
    slack: Slack, life: A_Life, opened: Callable[[], Database]
) -> None:
    with all_killed([Child(life(), commit)]) as [child]:
        acknowledged = {await child.says() for _ in range(100)}
        child.process.kill()
        await child.ended()
        acknowledged |= set(child.words())
    assert acknowledged <= set(await states(opened()))
