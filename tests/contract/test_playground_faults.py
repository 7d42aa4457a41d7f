"""Faults on order: what the real client meets, and what Slack has done meanwhile."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Delayed, ErrorCode, RateLimited, ResetAfterAccepting, ServerError, Slack, Slow, running


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack()) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    """A client that never posts twice by itself."""
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


async def test_a_429_carries_the_seconds_to_wait_and_accepts_nothing(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", RateLimited(seconds=7))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0HARBOR", text="x")
    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    assert caught.value.response.headers["Retry-After"] == "7"
    assert slack.messages("harbor") == []


async def test_a_reset_after_accepting_leaves_the_message_in_the_channel(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel="C0HARBOR", text="once")
    assert [one.text for one in slack.messages("harbor")] == ["once"]
    assert slack.calls[-1].status == 0


async def test_the_clients_own_retry_posts_twice_after_such_a_reset(slack: Slack) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    slack.faults.order("chat.postMessage", ResetAfterAccepting())
    await client.chat_postMessage(channel="C0HARBOR", text="twice")
    assert [one.text for one in slack.messages("harbor")] == ["twice", "twice"]


async def test_a_500_accepts_nothing(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", ServerError(503))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0HARBOR", text="x")
    assert caught.value.response.status_code == 503
    assert slack.messages("harbor") == []


async def test_faults_are_met_in_their_order_and_only_by_their_method(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", ErrorCode("fatal_error"), RateLimited())
    await client.auth_test()
    errors = []
    for _ in range(3):
        try:
            await client.chat_postMessage(channel="C0HARBOR", text="x")
        except SlackApiError as error:
            errors.append(error.response["error"])
    assert errors == ["fatal_error", "ratelimited"]
    assert len(slack.messages("harbor")) == 1


async def test_a_delayed_call_waits_until_it_is_let_go(slack: Slack, client: AsyncWebClient) -> None:
    go = asyncio.Event()
    slack.faults.order("chat.postMessage", Delayed(go))
    call = asyncio.create_task(client.chat_postMessage(channel="C0HARBOR", text="late"))
    await slack.until(lambda s: s.state.held == ["chat.postMessage"])
    assert slack.messages("harbor") == []
    go.set()
    assert (await call)["ok"]
    assert [one.text for one in slack.messages("harbor")] == ["late"]


async def test_a_delayed_answer_may_come_after_the_deed(slack: Slack, client: AsyncWebClient) -> None:
    go = asyncio.Event()
    slack.faults.order("chat.postMessage", Delayed(go, accepted=True))
    call = asyncio.create_task(client.chat_postMessage(channel="C0HARBOR", text="done"))
    await slack.until(lambda s: s.messages("harbor"))
    assert not call.done()
    go.set()
    await call


async def test_a_call_that_is_held_does_not_keep_the_stand_in_from_ending() -> None:
    async with running(Slack()) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        slack.faults.order("auth.test", Delayed(asyncio.Event()))
        call = asyncio.create_task(client.auth_test())
        await slack.until(lambda s: s.state.held)
    with pytest.raises(aiohttp.ClientConnectionError):
        await call


async def test_what_never_happens_ends_in_a_sentence_that_says_what_did(slack: Slack, client: AsyncWebClient) -> None:
    await client.auth_test()
    with pytest.raises(TimeoutError, match=r"Calls: auth.test 200. Deliveries: none."):
        await slack.until(lambda s: s.messages("harbor"), timeout=0.01)


async def test_waiting_gives_what_the_condition_gave(slack: Slack, client: AsyncWebClient) -> None:
    waiting = asyncio.create_task(slack.until(lambda s: s.messages("harbor")))
    await client.chat_postMessage(channel="C0HARBOR", text="here")
    assert [one.text for one in await waiting] == ["here"]


async def test_a_slow_call_may_take_effect_although_its_caller_gave_up(slack: Slack) -> None:
    hasty = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    slack.faults.order("chat.postMessage", Slow(60, accepted=True), Slow(60))
    for words in ("taken", "not taken"):
        with pytest.raises(TimeoutError):
            await hasty.chat_postMessage(channel="C0HARBOR", text=words)
    assert [one.text for one in slack.messages("harbor")] == ["taken"]


async def test_a_call_for_which_no_fault_is_ordered_meets_none(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", None, RateLimited())
    await client.chat_postMessage(channel="C0HARBOR", text="through")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0HARBOR", text="refused")
