"""Everything the stand-in for Slack sends and returns is held against the samples of Slack's own SDK."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground import Slack, running, serving
from bot.playground.methods import METHODS

ROOT = Path(__file__).resolve().parents[2]
SHAPES = ROOT.parent / "shared" / "slack-shapes"
PAYLOADS = ROOT / "tests" / "payloads" / "playground"
DOCS = "https://docs.slack.dev/"

WITHOUT_A_SAMPLE = {
    "agents.sessions.setStatus": DOCS + "reference/methods/agents.sessions.setStatus/",
    "agent_session_stopped": DOCS + "ai/agent-sessions/",
    "shortcut": DOCS + "reference/interaction-payloads/shortcuts-interaction-payload/",
    "url_verification": DOCS + "reference/events/url_verification/",
}
"""What Slack documents and the samples do not have: the newest agent parts, and three old payloads."""

NOT_IN_THE_SAMPLE = {
    "/view/blocks": DOCS + "reference/views/",
    "/event/view/blocks": DOCS + "reference/views/",
}
"""Fields the samples leave out, with the page that has them. A line nobody needs any more fails."""

Sent = dict[str, list[Any]]


@pytest.fixture(scope="module")
def sent() -> Sent:
    if not SHAPES.is_dir():
        pytest.skip(f"the shapes of Slack's payloads are not at {SHAPES}")
    return asyncio.run(a_day_in_harbor())


def differences(value: object, shape: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Where a value has a field or a type the sample has not. An empty {} or [] in the sample stands for anything."""
    if isinstance(value, dict) and isinstance(shape, dict):
        for name, inner in value.items():
            if shape and name not in shape:
                yield f"{at}/{name}", "is not in the sample"
            elif shape:
                yield from differences(inner, shape[name], f"{at}/{name}")
    elif isinstance(value, list) and isinstance(shape, list):
        for inner in value if shape else []:
            yield from differences(inner, shape[0], f"{at}/*")
    elif json_type(value) != json_type(shape):
        yield at, f"is {json_type(value)}, in the sample {json_type(shape)}"


def json_type(value: object) -> str:
    kinds = ((bool, "boolean"), (str, "string"), (int | float, "number"), (dict, "object"), (list, "array"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "null")


@pytest.mark.parametrize("name", sorted(set(METHODS) - set(WITHOUT_A_SAMPLE)))
def test_an_answer_of_the_web_api_has_only_fields_of_slacks_own(name: str, sent: Sent) -> None:
    held(sent, f"api/{name}")


@pytest.mark.parametrize("name", ["BlockAction", "MessageShortcut", "SlashCommand", "ViewClosed", "ViewSubmission"])
def test_an_interaction_has_only_fields_of_slacks_own(name: str, sent: Sent) -> None:
    held(sent, f"interactions/{name}")


SENT_EVENTS = [
    *("AppHomeOpened", "AppMention", "AppUninstalled", "Message", "MessageBot", "MessageChanged"),
    *("MessageChannelJoin", "MessageDeleted", "MessageFileShare", "MessageThreadBroadcast", "TokensRevoked"),
]


@pytest.mark.parametrize("name", SENT_EVENTS)
def test_an_event_has_only_fields_of_slacks_own(name: str, sent: Sent) -> None:
    held(sent, f"events/{name}")


def held(sent: Sent, name: str) -> None:
    assert sent[name], f"the day in Harbor sends nothing like {name}"
    shape = json.loads((SHAPES / f"{name}.json").read_text())
    found = {place: why for one in sent[name] for place, why in differences(one, shape)}
    assert {place: why for place, why in found.items() if place not in NOT_IN_THE_SAMPLE} == {}


def test_every_exception_is_still_needed(sent: Sent) -> None:
    needed = set()
    for name, values in sent.items():
        if (path := SHAPES / f"{name}.json").exists():
            shape = json.loads(path.read_text())
            needed |= {place for one in values for place, _ in differences(one, shape)}
    assert needed == set(NOT_IN_THE_SAMPLE)


def test_what_has_no_sample_is_named_with_its_page(sent: Sent) -> None:
    unsampled = {name.partition("/")[2] for name in sent if not (SHAPES / f"{name}.json").exists()}
    assert unsampled == set(WITHOUT_A_SAMPLE)


def test_every_method_is_called_on_the_day_in_harbor(sent: Sent) -> None:
    assert {f"api/{name}" for name in METHODS} <= set(sent)


def test_a_wrong_field_or_type_is_found() -> None:
    shape = {"ok": False, "ts": "", "user": {"id": ""}, "many": [{"n": 1}], "any": {}}
    value = {"ok": 1, "ts": "1.2", "user": {"id": "U1", "nick": "m"}, "many": [{"n": "1"}], "any": {"x": 1}}
    assert dict(differences(value, shape)) == {
        "/ok": "is number, in the sample boolean",
        "/user/nick": "is not in the sample",
        "/many/*/n": "is string, in the sample number",
    }


EVENT_NAMES = {
    "app_home_opened": "AppHomeOpened",
    "app_mention": "AppMention",
    "app_uninstalled": "AppUninstalled",
    "tokens_revoked": "TokensRevoked",
    "message": "Message",
    "bot_message": "MessageBot",
    "message_changed": "MessageChanged",
    "message_deleted": "MessageDeleted",
    "channel_join": "MessageChannelJoin",
    "file_share": "MessageFileShare",
    "thread_broadcast": "MessageThreadBroadcast",
}
INTERACTION_NAMES = {
    "block_actions": "BlockAction",
    "message_action": "MessageShortcut",
    "view_submission": "ViewSubmission",
    "view_closed": "ViewClosed",
}


async def a_day_in_harbor() -> Sent:
    """Every method called, every verb used once; what came back and what was delivered, by name of its sample."""
    sent: Sent = defaultdict(list)
    bot = Starlette(routes=[Route("/", silent_bot, methods=["POST"])])
    async with serving(bot) as served, running(Slack(bot_url=served.url)) as slack:
        slack.subscribe("message.channels", "message.groups")
        slack.grant("channels:history", "channels:read", "groups:read", "im:read", "dnd:read", "team:read")
        slack.grant("files:write", "reactions:write", "metadata.message:read")
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        await the_morning(slack, client, sent)
        await the_afternoon(slack, client, sent)
        for delivery in slack.deliveries:
            sent[name_of(delivery.kind, delivery.payload)].append(delivery.payload)
    return sent


async def silent_bot(request: Request) -> Response:
    return Response()


def name_of(kind: str, payload: dict[str, Any]) -> str:
    if kind == "slash_commands":
        return "interactions/SlashCommand"
    if kind == "interactive":
        return f"interactions/{INTERACTION_NAMES.get(payload['type'], payload['type'])}"
    event = payload.get("event") or {"type": payload["type"]}
    name = event.get("subtype") or event["type"]
    return f"events/{EVENT_NAMES.get(name, name)}"


async def kept(sent: Sent, name: str, call: Awaitable[AsyncSlackResponse]) -> Any:
    """Keep what came back, refusals too."""
    try:
        data = (await call).data
    except SlackApiError as refusal:
        data = refusal.response.data
    sent[f"api/{name}"].append(data)
    return data


async def the_morning(slack: Slack, client: AsyncWebClient, sent: Sent) -> None:
    """Web API: reading, posting, changing, files."""
    blocks = json.loads((PAYLOADS / "answer.json").read_text())
    await kept(sent, "auth.test", client.auth_test())
    await kept(sent, "team.info", client.team_info())
    await kept(sent, "bots.info", client.bots_info(bot="B0COACH"))
    await kept(sent, "users.list", client.users_list())
    for user in ("U0MARA", "U0COACH", "U0GONE", "U0NOBODY"):
        await kept(sent, "users.info", client.users_info(user=user))
    await kept(sent, "dnd.info", client.dnd_info(user="U0MARA"))
    for channel in ("C0HARBOR", "C0NOWHERE"):
        await kept(sent, "conversations.info", client.conversations_info(channel=channel, include_num_members=True))
    await kept(sent, "conversations.members", client.conversations_members(channel="C0HARBOR"))
    types = "public_channel,private_channel,im"
    dm = await kept(sent, "conversations.open", client.conversations_open(users=["U0MARA"], return_im=True))
    await kept(sent, "conversations.open", client.conversations_open(users=["U0MARA"]))
    await kept(sent, "conversations.list", client.conversations_list(types=types))
    marker = {"event_type": "nudge", "event_payload": {"id": "1"}}
    first = await kept(
        sent,
        "chat.postMessage",
        client.chat_postMessage(channel="C0HARBOR", text="One", blocks=blocks, metadata=marker),
    )
    at = {"channel": "C0HARBOR", "ts": first["ts"]}
    answer = client.chat_postMessage(channel="C0HARBOR", text="Two", thread_ts=first["ts"])
    await kept(sent, "chat.postMessage", answer)
    too_many = [{"type": "divider"}] * 51
    await kept(sent, "chat.postMessage", client.chat_postMessage(channel="C0HARBOR", text="x", blocks=too_many))
    await kept(sent, "chat.postMessage", client.chat_postMessage(channel="C0RANDOM", text="x"))
    await kept(sent, "chat.postEphemeral", client.chat_postEphemeral(channel="C0HARBOR", user="U0MARA", text="x"))
    await kept(sent, "chat.update", client.chat_update(**at, text="One, again"))
    await kept(sent, "chat.getPermalink", client.chat_getPermalink(channel="C0HARBOR", message_ts=first["ts"]))
    await kept(sent, "reactions.add", client.reactions_add(channel="C0HARBOR", name="eyes", timestamp=first["ts"]))
    await kept(
        sent,
        "conversations.history",
        client.conversations_history(channel="C0HARBOR", include_all_metadata=True, limit=1),
    )
    await kept(sent, "conversations.replies", client.conversations_replies(**at))
    await a_file(client, sent, str(dm["channel"]["id"]))
    await kept(sent, "conversations.history", client.conversations_history(channel="C0HARBOR"))
    await kept(sent, "chat.delete", client.chat_delete(**at))
    await kept(sent, "apps.connections.open", client.apps_connections_open(app_token=slack.app_token))


async def a_file(client: AsyncWebClient, sent: Sent, channel: str) -> None:
    reserved = await kept(
        sent, "files.getUploadURLExternal", client.files_getUploadURLExternal(filename="report.csv", length=3)
    )
    await client._upload_file(
        url=reserved["upload_url"], data=b"a,b", logger=client._logger, timeout=5, proxy=None, ssl=None
    )
    files = [{"id": reserved["file_id"], "title": "Report"}]
    done = client.files_completeUploadExternal(files=files, channel_id="C0HARBOR", initial_comment="Here")
    await kept(sent, "files.completeUploadExternal", done)


async def the_afternoon(slack: Slack, client: AsyncWebClient, sent: Sent) -> None:
    """People talk, open, click and fill in; the bot shows modals and a Home tab."""
    asked = (await slack.dm("Mara", "Hello @Leo")).said
    channel, ts = asked.channel, asked.ts
    status = client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="is looking")
    await kept(sent, "assistant.threads.setStatus", status)
    session = client.agents_sessions_setStatus(channel_id=channel, thread_ts=ts, status="processing", title="Talk")
    await kept(sent, "agents.sessions.setStatus", session)
    await kept(
        sent,
        "assistant.threads.setSuggestedPrompts",
        client.assistant_threads_setSuggestedPrompts(
            channel_id=asked.channel, prompts=[{"title": "A", "message": "B"}]
        ),
    )
    await talk_in_the_channel(slack, client)
    await views_of_all_kinds(slack, client, sent)
    await slack.stop_agent("Mara", asked)
    await slack.verify_url()
    await slack.uninstall()


async def talk_in_the_channel(slack: Slack, client: AsyncWebClient) -> None:
    question = (await slack.mention("Mara", "harbor", "what share of boards get reports?")).said
    await slack.mention("Leo", "harbor", "and managers?", thread=question)
    await slack.reply("Leo", question, "good", broadcast=True)
    await slack.say("Jonas", "harbor", "see this", file="plan.pdf")
    await slack.say("deploys", "harbor", "v2 is out")
    said = (await slack.say("Aiko", "harbor", "typo")).said
    await slack.edit(said, "no typo")
    await slack.remove(said)
    await slack.join("Gwen", "harbor")
    await client.chat_postMessage(channel="C0HARBOR", text="8 %", thread_ts=question.ts)
    await slack.echo(slack.thread_of(question)[-1])


async def views_of_all_kinds(slack: Slack, client: AsyncWebClient, sent: Sent) -> None:
    modal = json.loads((PAYLOADS / "modal.json").read_text())
    home = json.loads((PAYLOADS / "home.json").read_text())
    blocks = json.loads((PAYLOADS / "answer.json").read_text())
    await slack.open_messages_tab("Mara")
    await slack.open_home("Mara")
    await kept(sent, "views.publish", client.views_publish(user_id="U0MARA", view=home))
    await slack.open_home("Mara")
    published = slack.home_of("Mara")
    assert published
    await slack.press("Mara", published, "ask")
    command = (await slack.command("Mara", "/coach help", "harbor")).delivery.payload
    await kept(sent, "views.open", client.views_open(trigger_id=command["trigger_id"], view=modal))
    await kept(sent, "views.open", client.views_open(trigger_id=command["trigger_id"], view=modal))
    opened = slack.modal_of("Mara")
    assert opened
    pressed = (await slack.press("Mara", opened, "examples")).delivery.payload
    await kept(sent, "views.push", client.views_push(trigger_id=pressed["trigger_id"], view=modal))
    await kept(sent, "views.update", client.views_update(view_id=opened.id, hash="old", view=modal))
    await kept(sent, "views.update", client.views_update(view_id=opened.id, view=modal))
    pushed = slack.modal_of("Mara")
    assert pushed
    await slack.close(pushed)
    await slack.submit(opened, {"question": "Who reads reports?", "who": "team"})
    await client.chat_postMessage(channel="C0HARBOR", text="An answer", blocks=blocks)
    await client.chat_postEphemeral(channel="C0HARBOR", user="U0MARA", text="For you", blocks=blocks)
    answer = slack.messages("harbor")[-1]
    await slack.press("Mara", answer, "try_it")
    await slack.press("Mara", answer, "feedback", value="helpful")
    await slack.press("Mara", answer, "why", value="vague")
    await slack.press("Mara", slack.seen_only_by("Mara")[-1], "try_it")
    await slack.shortcut("Mara", "commitment_from_message", answer)
    await slack.shortcut("Mara", "ask_coach")
