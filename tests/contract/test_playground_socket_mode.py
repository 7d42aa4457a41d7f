"""Socket Mode: Bolt's own handler against the stand-in."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Slack, running


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack()) as slack:
        yield slack


@pytest.fixture
def app(slack: Slack) -> AsyncApp:
    """An app that answers every DM with what it heard, and `/coach` with the words after it."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)

    @app.event("message")
    async def hear(event: dict[str, Any], say: Any) -> None:
        await say(f"heard {event['text']}", thread_ts=event["ts"])

    @app.command("/coach")
    async def command(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"You asked: {command['text']}")

    return app


@pytest.fixture
async def handler(slack: Slack, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, slack.app_token, logger=logging.getLogger("quiet"), ping_interval=0.1)
    logging.getLogger("quiet").disabled = True
    await handler.connect_async()
    await slack.until(lambda s: s.sockets.connected)
    yield handler
    await handler.close_async()


@pytest.mark.usefixtures("handler")
async def test_a_dm_reaches_bolt_and_its_answer_stands_in_the_thread(slack: Slack) -> None:
    done = await slack.dm("Mara", "hello")
    assert done.delivery.acknowledged
    [answer] = await slack.until(lambda s: s.thread_of(done.said))
    assert answer.text == "heard hello"


@pytest.mark.usefixtures("handler")
async def test_the_words_of_an_acknowledgement_are_seen_by_the_one_who_typed_the_command(slack: Slack) -> None:
    await slack.command("Mara", "/coach help", "harbor")
    assert [one.text for one in slack.seen_only_by("Mara")] == ["You asked: help"]
    assert slack.messages("harbor") == []


@pytest.mark.usefixtures("handler")
async def test_a_repeated_envelope_carries_its_number_and_reason(slack: Slack, app: AsyncApp) -> None:
    seen: list[dict[str, list[str]]] = []

    @app.middleware
    async def look(request: Any, next: Any) -> None:
        seen.append(dict(request.headers))
        await next()

    first = (await slack.dm("Mara", "hello")).delivery
    await slack.deliver_again(first, retry_num=1, reason="http_timeout")
    assert seen[0]["x-slack-retry-num"] == ["0"]
    assert (seen[1]["x-slack-retry-num"], seen[1]["x-slack-retry-reason"]) == (["1"], ["http_timeout"])


@pytest.mark.usefixtures("handler")
async def test_an_app_asked_to_reconnect_does_and_goes_on_hearing(slack: Slack) -> None:
    await slack.sockets.disconnect("refresh_requested")
    assert not slack.sockets.connected
    done = await slack.dm("Mara", "still there?")
    assert done.delivery.acknowledged
    assert len(slack.calls_of("apps.connections.open")) == 2


@pytest.mark.usefixtures("handler")
async def test_an_app_whose_line_was_cut_comes_back(slack: Slack) -> None:
    slack.sockets.break_off()
    await slack.until(lambda s: not s.sockets.connected)
    await slack.until(lambda s: s.sockets.connected)
    assert (await slack.dm("Mara", "still there?")).delivery.acknowledged


async def test_without_a_connection_a_delivery_fails_after_its_time(slack: Slack) -> None:
    slack.ack_seconds = 0.05
    assert (await slack.dm("Mara", "anyone?")).delivery.failure == "http_timeout"


async def test_an_envelope_the_app_does_not_acknowledge_fails(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(await link(slack)) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        talking = asyncio.create_task(slack.dm("Mara", "hello"))
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
        await socket.close()
        assert (await talking).delivery.failure == "connection_failed"


async def test_a_link_works_once(slack: Slack) -> None:
    url = await link(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_envelopes_go_to_the_connections_in_turn(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await link(slack)) for _ in range(2)]
        for socket in sockets:
            await socket.receive_json()
        talking = [asyncio.create_task(slack.dm("Mara", "hello")) for _ in sockets]
        envelopes = [await socket.receive_json() for socket in sockets]
        for socket, envelope in zip(sockets, envelopes, strict=True):
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert [(await one).delivery.acknowledged for one in talking] == [True, True]
        assert {one["envelope_id"] for one in slack.sockets.acks} == {one["envelope_id"] for one in envelopes}


async def test_the_eleventh_connection_is_one_too_many(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await link(slack)) for _ in range(11)]
        first = [await socket.receive_json() for socket in sockets]
        assert [one["type"] for one in first[:10]] == ["hello"] * 10
        assert (first[10]["type"], first[10]["reason"]) == ("disconnect", "too_many_websockets")


async def test_a_bot_token_opens_no_link(slack: Slack) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=slack.bot_token)


async def link(slack: Slack) -> str:
    client = AsyncWebClient(base_url=slack.api_url)
    return str((await client.apps_connections_open(app_token=slack.app_token))["url"])
