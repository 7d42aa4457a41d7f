"""What the stand-in tells an app over HTTP, and when it tells it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground import NotPossible, Slack, harbor, quay, running, serving
from bot.playground.offstage import offstage


@dataclass
class Bot:
    """An app that writes down what it hears, and answers as it is told."""

    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    hold: asyncio.Event | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, request: Request) -> Response:
        body = await request.body()
        self.heard.append((dict(request.headers), body))
        self.arrived.set()
        if self.hold:
            await self.hold.wait()
        if b"url_verification" in body:
            return JSONResponse({"challenge": json.loads(body)["challenge"]})
        return Response(status_code=self.status)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body)["event"] for _, body in self.heard]


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def slack(bot: Bot) -> AsyncIterator[Slack]:
    app = Starlette(routes=[Route("/slack/events", bot.hear, methods=["POST"])])
    async with serving(app) as served, running(Slack(harbor(), quay(), ack_seconds=1)) as slack:
        slack.bot_url = served.url + "/slack/events"
        yield slack


async def test_a_delivery_is_signed_so_that_slacks_own_verifier_takes_it(slack: Slack, bot: Bot) -> None:
    await slack.dm("Mara", "hello")
    await slack.command("Mara", "/coach help", "harbor")
    verifier = SignatureVerifier(slack.signing_secret)
    assert [verifier.is_valid_request(body, headers) for headers, body in bot.heard] == [True, True]


async def test_a_forged_or_old_delivery_does_not_verify(slack: Slack, bot: Bot) -> None:
    sent = (await slack.dm("Mara", "hello")).delivery
    await slack.deliver_again(sent, secret="another secret")
    await slack.deliver_again(sent, age_seconds=301)
    verifier = SignatureVerifier(slack.signing_secret)
    assert [verifier.is_valid_request(body, headers) for headers, body in bot.heard] == [True, False, False]


async def test_the_request_url_is_verified_by_a_challenge(slack: Slack) -> None:
    delivery = await slack.verify_url()
    assert delivery.answer == {"challenge": delivery.payload["challenge"]}


async def test_a_repeated_delivery_is_the_same_event_with_its_number_and_reason(slack: Slack, bot: Bot) -> None:
    first = (await slack.dm("Mara", "hello")).delivery
    await slack.deliver_again(first, retry_num=2, reason="http_error")
    (headers, body), (again_headers, again) = bot.heard
    assert json.loads(body) == json.loads(again)
    assert "x-slack-retry-num" not in headers
    assert (again_headers["x-slack-retry-num"], again_headers["x-slack-retry-reason"]) == ("2", "http_error")


async def test_every_event_has_an_id_of_its_own(slack: Slack) -> None:
    for _ in range(3):
        await slack.dm("Mara", "hello")
    assert len({one.payload["event_id"] for one in slack.deliveries}) == 3


@pytest.mark.parametrize(("status", "failure"), [(200, ""), (500, "http_error"), (302, "http_error")])
async def test_only_a_200_acknowledges(slack: Slack, bot: Bot, status: int, failure: str) -> None:
    bot.status = status
    delivery = (await slack.dm("Mara", "hello")).delivery
    assert (delivery.acknowledged, delivery.failure) == (not failure, failure)


async def test_an_app_that_is_late_or_away_has_not_acknowledged(slack: Slack, bot: Bot) -> None:
    bot.hold, slack.ack_seconds = asyncio.Event(), 0.05
    assert (await slack.dm("Mara", "hello")).delivery.failure == "http_timeout"
    bot.hold.set()
    slack.bot_url = "http://127.0.0.1:9/nobody"
    assert (await slack.dm("Mara", "hello")).delivery.failure == "connection_failed"


async def test_in_a_story_an_app_may_take_its_time(slack: Slack, bot: Bot) -> None:
    bot.hold, slack.ack_seconds = asyncio.Event(), 0.01
    with offstage():
        saying = asyncio.create_task(slack.dm("Mara", "hello"))
    await bot.arrived.wait()
    await asyncio.sleep(5 * slack.ack_seconds)
    bot.hold.set()
    assert (await saying).delivery.acknowledged


async def test_a_dm_is_in_history_before_the_app_hears_of_it(slack: Slack, bot: Bot) -> None:
    bot.hold = asyncio.Event()
    talking = asyncio.create_task(slack.dm("Mara", "hello"))
    async with asyncio.timeout(5):
        await bot.arrived.wait()
    [shown] = slack.dm_of("Mara")
    assert (bot.events[0]["ts"], bot.events[0]["channel_type"]) == (shown.ts, "im")
    bot.hold.set()
    await talking


async def test_a_mention_is_told_once_and_twice_where_channel_messages_are_heard_too(slack: Slack, bot: Bot) -> None:
    await slack.mention("Mara", "harbor", "what share of boards get reports?")
    assert [one["type"] for one in bot.events] == ["app_mention"]
    slack.subscribe("message.channels")
    slack.grant("channels:history")
    twice = await slack.mention("Mara", "harbor", "and managers?")
    assert sorted(one["type"] for one in bot.events[1:]) == ["app_mention", "message"]
    assert {one["ts"] for one in bot.events[1:]} == {twice.said.ts}
    assert bot.events[0]["text"].startswith("<@U0COACH> ")


async def test_channel_messages_need_the_subscription_the_scope_and_the_bot_inside(slack: Slack, bot: Bot) -> None:
    await slack.say("Mara", "harbor", "not subscribed")
    slack.subscribe("message.channels")
    await slack.say("Mara", "harbor", "no scope")
    slack.grant("channels:history")
    await slack.say("Mara", "random", "no bot")
    await slack.say("Mara", "harbor", "now")
    assert [one["text"] for one in bot.events] == ["now"]


async def test_a_mention_in_a_dm_or_where_the_bot_is_not_is_no_app_mention(slack: Slack, bot: Bot) -> None:
    await slack.dm("Mara", "@coach hello")
    await slack.mention("Mara", "random", "hello")
    assert [one["type"] for one in bot.events] == ["message"]


async def test_a_declined_scope_silences_its_events(slack: Slack, bot: Bot) -> None:
    slack.withdraw("im:history", "app_mentions:read")
    await slack.dm("Mara", "hello")
    await slack.mention("Mara", "harbor", "hello")
    assert bot.heard == []


async def test_a_reply_names_its_thread(slack: Slack, bot: Bot) -> None:
    first = (await slack.dm("Mara", "hello")).said
    await slack.reply("Mara", first, "and?")
    assert [one.get("thread_ts") for one in bot.events] == [None, first.ts]
    assert bot.events[1]["parent_user_id"] == "U0MARA"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
        ("@Leo in #harbor", "<@U0LEO> in <#C0HARBOR|harbor>"),
        ("@channel <!channel>", "<!channel> &lt;!channel&gt;"),
        ("see https://example.com/a?b=1&c=2", "see <https://example.com/a?b=1&amp;c=2>"),
        ("mail @nobody", "mail @nobody"),
    ],
)
async def test_typed_words_arrive_as_slack_writes_them(slack: Slack, bot: Bot, typed: str, sent: str) -> None:
    await slack.dm("Mara", typed)
    assert bot.events[0]["text"] == sent


async def test_edits_deletions_joins_bots_and_echoes_reach_an_app_that_hears_the_channel(
    slack: Slack, bot: Bot
) -> None:
    slack.subscribe("message.channels")
    slack.grant("channels:history")
    said = (await slack.say("Mara", "harbor", "typo")).said
    await slack.edit(said, "fixed")
    await slack.remove(said)
    await slack.join("Gwen", "harbor")
    await slack.say("deploys", "harbor", "v2 is out")
    assert [one.get("subtype") for one in bot.events] == [
        None,
        "message_changed",
        "message_deleted",
        "channel_join",
        "bot_message",
    ]
    assert (bot.events[1]["previous_message"]["text"], bot.events[1]["message"]["text"]) == ("typo", "fixed")
    assert "user" not in bot.events[4]


async def test_an_opened_tab_says_which(slack: Slack, bot: Bot) -> None:
    await slack.open_messages_tab("Mara")
    await slack.open_home("Mara")
    assert [(one["type"], one["tab"]) for one in bot.events] == [
        ("app_home_opened", "messages"),
        ("app_home_opened", "home"),
    ]


async def test_a_command_is_a_form_with_people_and_channels_escaped(slack: Slack, bot: Bot) -> None:
    await slack.command("Mara", "/coach ask @Leo about #harbor & reports", "harbor")
    headers, body = bot.heard[0]
    form = {name: value for name, [value] in parse_qs(body.decode()).items()}
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert (form["command"], form["channel_name"], form["user_id"]) == ("/coach", "harbor", "U0MARA")
    assert form["text"] == "ask <@U0LEO|leo> about <#C0HARBOR|harbor> &amp; reports"


async def test_two_workspaces_are_told_apart(slack: Slack, bot: Bot) -> None:
    await slack.dm("Mara", "in Harbor")
    await slack.dm("Noa", "in Quay")
    told = [json.loads(body) for _, body in bot.heard]
    assert [one["team_id"] for one in told] == ["T0HARBOR", "T1QUAY"]
    assert [one["authorizations"][0]["user_id"] for one in told] == ["U0COACH", "U1COACH"]


async def test_an_uninstalled_app_is_told_and_its_token_is_dead(slack: Slack, bot: Bot) -> None:
    await slack.uninstall()
    assert sorted(one["type"] for one in bot.events) == ["app_uninstalled", "tokens_revoked"]
    assert slack.state.workspaces[0].installation.revoked


async def test_what_was_not_said_cannot_be_asked_for(slack: Slack) -> None:
    with pytest.raises(NotPossible, match="Nothing was said"):
        _ = (await slack.open_home("Mara")).said
    with pytest.raises(NotPossible, match="0 things"):
        _ = (await slack.say("Mara", "harbor", "x")).delivery
