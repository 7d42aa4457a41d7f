"""Where Slack does not draw a chart, the figures still arrive as words, with their buttons; once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.speaker import Place, Speaker
from bot.playground.faults import ErrorCode
from bot.playground.model import Message
from bot.playground.slack import Slack
from bot.slack_kit.charts import CHART, chart
from bot.slack_kit.pieces import actions, button, message, section
from tests.slack_side import no_pause

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TREND = message(
    "41, then 52.",
    [
        section("41, then 52."),
        chart("Trend", ["16 Nov", "23 Nov"], {"Answered": [41.0, 52.0]}),
        actions("next", button("Log a reading", "log")),
    ],
)


@pytest.fixture
async def speaker(slack: Slack) -> AsyncIterator[Speaker]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])
        yield Speaker(client, http, pause=no_pause)


def kinds(shown: Message) -> list[str]:
    return [one["type"] for one in shown.blocks]


async def said(speaker: Speaker, slack: Slack) -> Message:
    await speaker.say(await speaker.dm("U0MARA"), TREND, mark="trend", since=NOW)
    return slack.dm_of("Mara")[-1]


async def test_a_chart_stands_beside_its_figures(speaker: Speaker, slack: Slack) -> None:
    shown = await said(speaker, slack)
    assert kinds(shown) == ["section", CHART, "actions"]


async def test_a_message_whose_chart_is_refused_goes_without_it(speaker: Speaker, slack: Slack) -> None:
    slack.faults.order("chat.postMessage", ErrorCode("invalid_blocks"))
    shown = await said(speaker, slack)
    assert kinds(shown) == ["section", "actions"]
    assert len(slack.dm_of("Mara")) == 1


async def test_a_message_refused_without_its_chart_too_goes_as_words(speaker: Speaker, slack: Slack) -> None:
    slack.faults.order("chat.postMessage", *[ErrorCode("invalid_blocks")] * 2)
    shown = await said(speaker, slack)
    assert (shown.text, shown.blocks) == ("41, then 52.", [])


async def test_a_word_to_one_person_goes_without_its_chart(speaker: Speaker, slack: Slack) -> None:
    slack.faults.order("chat.postEphemeral", ErrorCode("invalid_blocks"))
    await speaker.whisper(Place("C0HARBOR"), "U0MARA", TREND)
    [shown] = slack.seen_only_by("Mara")
    assert kinds(shown) == ["section", "actions"]


async def test_a_message_drawn_anew_goes_without_its_chart(speaker: Speaker, slack: Slack) -> None:
    spoken = await speaker.say(await speaker.dm("U0MARA"), message("Wait."), mark="trend", since=NOW)
    slack.faults.order("chat.update", ErrorCode("invalid_blocks"))
    await speaker.change(spoken, TREND)
    assert kinds(slack.dm_of("Mara")[0]) == ["section", "actions"]


async def test_an_answer_to_a_command_goes_without_its_chart(speaker: Speaker, slack: Slack) -> None:
    place = slack.state.channel(slack.state.workspaces[0], "harbor")
    url = slack.state.new_response_url(slack.state.workspaces[0], place, slack.state.person("Mara"))
    slack.faults.order("response_url", ErrorCode("invalid_blocks"))
    assert await speaker.reply_to_url(url, TREND)
    [shown] = slack.seen_only_by("Mara")
    assert kinds(shown) == ["section", "actions"]


async def test_a_link_that_is_used_up_is_not_tried_again(speaker: Speaker, slack: Slack) -> None:
    assert not await speaker.reply_to_url(f"{slack.state.base_url}/hooks/T0HARBOR/gone", TREND)
    assert len(slack.calls_of("response_url")) == 1
