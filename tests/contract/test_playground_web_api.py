"""The stand-in's Web API, asked by Slack's own client: what it takes, what it refuses, and how it says so."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import NotPossible, PerChannel, Slack, harbor, quay, running, words_of

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads" / "playground"
DIVIDER = {"type": "divider"}
pytestmark = pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with running(Slack()) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def refusal(call: Any) -> Any:
    """The answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_auth_test_says_who_the_token_is_and_which_scopes_it_has(slack: Slack, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == ("T0HARBOR", "U0COACH")
    assert set(answer.headers["x-oauth-scopes"].split(",")) == slack.state.workspaces[0].installation.scopes


async def test_a_message_the_bot_posts_stands_in_the_channel(slack: Slack, client: AsyncWebClient) -> None:
    blocks = json.loads((PAYLOADS / "answer.json").read_text())
    answer = await client.chat_postMessage(channel="#harbor", text="14 %", blocks=blocks)
    [shown] = slack.messages("harbor")
    assert (shown.ts, shown.text, shown.user) == (answer["ts"], "14 %", "U0COACH")
    assert "14 % of companies measure it. [1]" in words_of(shown)


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-unknown", "invalid_auth"), ("xapp-1-A0KNOWDO-1-stand-in", "not_allowed_token_type")],
)
async def test_a_token_that_is_not_the_bots_is_refused(slack: Slack, token: str, error: str) -> None:
    client = AsyncWebClient(token, base_url=slack.api_url)
    assert (await refusal(client.auth_test()))["error"] == error


async def test_the_token_dies_when_the_app_is_uninstalled(slack: Slack, client: AsyncWebClient) -> None:
    slack.state.workspaces[0].installation.revoked = True
    assert (await refusal(client.auth_test()))["error"] == "account_inactive"


async def test_a_missing_scope_is_named_beside_those_there_are(slack: Slack, client: AsyncWebClient) -> None:
    slack.withdraw("chat:write")
    answer = await refusal(client.chat_postMessage(channel="C0HARBOR", text="x"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "im:write" in answer["provided"].split(",")
    assert "chat:write" not in answer["provided"].split(",")


@pytest.mark.parametrize(
    ("channel", "scope"), [("C0HARBOR", "channels:read"), ("C0LEADS", "groups:read"), ("D0MARA", "im:read")]
)
async def test_reading_a_channel_needs_the_scope_of_its_kind(
    slack: Slack, client: AsyncWebClient, channel: str, scope: str
) -> None:
    await client.conversations_open(users=["U0MARA"])
    slack.state.workspaces[0].channels[3].members.add("U0COACH")
    assert (await refusal(client.conversations_info(channel=channel)))["needed"] == scope
    slack.grant(scope)
    assert (await client.conversations_info(channel=channel))["channel"]["id"] == channel


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("C0LEADS", "channel_not_found"),
        ("C0RANDOM", "not_in_channel"),
        ("C0CLOSED", "is_archived"),
    ],
)
async def test_the_bot_posts_only_where_it_may(client: AsyncWebClient, channel: str, error: str) -> None:
    assert (await refusal(client.chat_postMessage(channel=channel, text="x")))["error"] == error


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"text": " "}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"markdown_text": "x", "blocks": [DIVIDER]}, "markdown_text_conflict"),
        ({"text": "x", "blocks": [DIVIDER] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "rich_text_of_tomorrow"}]}, "invalid_blocks"),
        ({"text": "x", "attachments": [{"text": "y"}] * 101}, "too_many_attachments"),
    ],
)
async def test_content_beyond_slacks_limits_is_refused(
    slack: Slack, client: AsyncWebClient, content: dict[str, Any], error: str
) -> None:
    assert (await refusal(client.chat_postMessage(channel="C0HARBOR", **content)))["error"] == error
    assert slack.messages("harbor") == []


async def test_blocks_that_together_hold_too_much_are_refused(client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}} for _ in range(5)]
    answer = await refusal(client.chat_postMessage(channel="C0HARBOR", text="x", blocks=blocks))
    assert answer["error"] == "msg_blocks_too_long"


async def test_a_refused_block_is_pointed_at(client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await refusal(client.chat_postMessage(channel="C0HARBOR", text="x", blocks=blocks))
    [message] = answer["response_metadata"]["messages"]
    assert message.startswith("[ERROR] /blocks/0/text")


async def test_blocks_without_text_pass_as_they_do_at_slack(slack: Slack, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0HARBOR", blocks=[DIVIDER])
    assert len(slack.messages("harbor")) == 1


async def test_markdown_stands_in_for_text(slack: Slack, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0HARBOR", markdown_text="**14 %**")
    assert [one.text for one in slack.messages("harbor")] == ["**14 %**"]


async def test_a_message_to_a_person_lands_in_their_dm(slack: Slack, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=["U0MARA"])
    answer = await client.chat_postMessage(channel="U0MARA", text="hello")
    assert answer["channel"] == opened["channel"]["id"]
    assert [one.text for one in slack.dm_of("Mara")] == ["hello"]


@pytest.mark.parametrize(("user", "error"), [("U0NOBODY", "user_not_found"), ("U0GONE", "user_disabled")])
async def test_a_dm_opens_only_with_someone_who_is_there(client: AsyncWebClient, user: str, error: str) -> None:
    assert (await refusal(client.conversations_open(users=[user])))["error"] == error


async def test_an_ephemeral_message_is_seen_by_one_person_and_is_in_no_history(
    slack: Slack, client: AsyncWebClient
) -> None:
    slack.grant("channels:history")
    await client.chat_postEphemeral(channel="C0HARBOR", user="U0MARA", text="for you")
    assert [one.text for one in slack.seen_only_by("Mara")] == ["for you"]
    assert slack.seen_only_by("Leo") == []
    assert (await client.conversations_history(channel="C0HARBOR"))["messages"] == []


async def test_an_ephemeral_message_needs_its_reader_in_the_channel(client: AsyncWebClient) -> None:
    answer = await refusal(client.chat_postEphemeral(channel="C0HARBOR", user="U0GUEST", text="x"))
    assert answer["error"] == "user_not_in_channel"


async def test_new_words_without_blocks_take_the_blocks_away(slack: Slack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0HARBOR", text="old", blocks=[DIVIDER])
    await client.chat_update(channel="C0HARBOR", ts=posted["ts"], text="new")
    [shown] = slack.messages("harbor")
    assert (shown.text, shown.blocks) == ("new", [])


async def test_only_its_own_messages_can_be_changed(slack: Slack, client: AsyncWebClient) -> None:
    said = (await slack.say("Mara", "harbor", "mine")).said
    for call, error in (
        (client.chat_update(channel="C0HARBOR", ts=said.ts, text="x"), "cant_update_message"),
        (client.chat_delete(channel="C0HARBOR", ts=said.ts), "cant_delete_message"),
        (client.chat_update(channel="C0HARBOR", ts="1700000000.000001", text="x"), "message_not_found"),
    ):
        assert (await refusal(call))["error"] == error


async def test_chat_update_takes_four_thousand_characters(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0HARBOR", text="old")
    await client.chat_update(channel="C0HARBOR", ts=posted["ts"], text="x" * 4000)
    answer = await refusal(client.chat_update(channel="C0HARBOR", ts=posted["ts"], text="x" * 4001))
    assert answer["error"] == "msg_too_long"


async def test_a_deleted_message_is_gone(slack: Slack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0HARBOR", text="x")
    await client.chat_delete(channel="C0HARBOR", ts=posted["ts"])
    assert slack.messages("harbor") == []


async def test_a_reply_needs_its_thread(slack: Slack, client: AsyncWebClient) -> None:
    root = (await slack.say("Mara", "harbor", "question")).said
    reply = await client.chat_postMessage(channel="C0HARBOR", text="a", thread_ts=root.ts)
    deeper = await client.chat_postMessage(channel="C0HARBOR", text="b", thread_ts=reply["ts"])
    assert deeper["message"]["thread_ts"] == root.ts
    await slack.remove(root)
    answer = await refusal(client.chat_postMessage(channel="C0HARBOR", text="c", thread_ts=root.ts))
    assert answer["error"] == "thread_not_found"


async def test_history_shows_the_channel_and_replies_show_the_thread(slack: Slack, client: AsyncWebClient) -> None:
    slack.grant("channels:history")
    root = (await slack.say("Mara", "harbor", "one")).said
    await slack.reply("Leo", root, "under one")
    await slack.say("Leo", "harbor", "two")
    history = (await client.conversations_history(channel="C0HARBOR"))["messages"]
    thread = (await client.conversations_replies(channel="C0HARBOR", ts=root.ts))["messages"]
    assert [one["text"] for one in history] == ["two", "one"]
    assert [one["text"] for one in thread] == ["one", "under one"]
    assert history[1]["reply_count"] == 1


async def test_a_lost_message_is_found_again_by_its_metadata(slack: Slack, client: AsyncWebClient) -> None:
    slack.grant("channels:history", "metadata.message:read")
    marker = {"event_type": "nudge", "event_payload": {"id": "42"}}
    posted = await client.chat_postMessage(channel="C0HARBOR", text="x", metadata=marker)
    found = await client.conversations_history(
        channel="C0HARBOR", include_all_metadata=True, oldest=posted["ts"], inclusive=True
    )
    assert [one["metadata"] for one in found["messages"]] == [marker]


async def test_a_list_goes_on_where_its_cursor_says(client: AsyncWebClient) -> None:
    names: list[str] = []
    cursor = ""
    while not names or cursor:
        page = await client.users_list(limit=4, cursor=cursor)
        names += [one["name"] for one in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert names == [one.handle for one in harbor().people]


async def test_a_person_without_a_time_zone_has_none_of_its_fields(slack: Slack, client: AsyncWebClient) -> None:
    assert (await client.users_info(user="U0MARA"))["user"]["tz"] == "Europe/Paris"
    slack.state.person("Mara").tz = None
    assert not {"tz", "tz_label", "tz_offset"} & set((await client.users_info(user="U0MARA"))["user"])


async def test_the_status_line_goes_when_the_answer_comes(slack: Slack, client: AsyncWebClient) -> None:
    said = (await slack.say("Mara", "harbor", "hello")).said
    await client.assistant_threads_setStatus(channel_id="C0HARBOR", thread_ts=said.ts, status="is looking")
    assert slack.status_at(said) == "is looking"
    await client.chat_postMessage(channel="C0HARBOR", thread_ts=said.ts, text="found")
    assert slack.status_at(said) == ""


async def test_suggested_prompts_with_a_thread_succeed_without_effect(slack: Slack, client: AsyncWebClient) -> None:
    prompts = [{"title": "First metric", "message": "What is a good first metric?"}]
    dm = (await client.conversations_open(users=["U0MARA"]))["channel"]["id"]
    await client.assistant_threads_setSuggestedPrompts(channel_id=dm, thread_ts="1.2", prompts=prompts)
    assert slack.prompts_for("Mara") == []
    await client.assistant_threads_setSuggestedPrompts(channel_id=dm, prompts=prompts)
    assert slack.prompts_for("Mara") == prompts


async def test_five_prompts_are_one_too_many(client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users=["U0MARA"]))["channel"]["id"]
    call = client.assistant_threads_setSuggestedPrompts(
        channel_id=dm, prompts=[{"title": "t", "message": "m"} for _ in range(5)]
    )
    assert (await refusal(call))["error"] == "invalid_arguments"


async def test_a_session_keeps_the_title_it_began_with(client: AsyncWebClient) -> None:
    call = {"channel_id": "C0HARBOR", "thread_ts": "1700000000.000001"}
    await client.agents_sessions_setStatus(**call, status="processing", title="First")
    answer = await client.agents_sessions_setStatus(**call, status="active", title="Second")
    assert (answer["agent_status"], answer["title"]) == ("active", "First")


async def test_a_file_uploaded_in_three_steps_is_shared_in_the_channel(slack: Slack, client: AsyncWebClient) -> None:
    slack.grant("files:write")
    await client.files_upload_v2(content="a,b\n1,2\n", filename="report.csv", title="Report", channel="C0HARBOR")
    [shown] = slack.messages("harbor")
    assert [(one["title"], one["size"]) for one in shown.files] == [("Report", 8)]
    [upload] = slack.state.uploads.values()
    assert upload.content == b"a,b\n1,2\n"


async def test_messages_of_one_moment_have_a_ts_each_in_their_order() -> None:
    async with running(Slack(clock=lambda: 1_800_000_000.0)) as slack:
        said = [(await slack.say("Mara", "harbor", str(n))).said.ts for n in range(3)]
    assert said == ["1800000000.000000", "1800000000.000001", "1800000000.000002"]


async def test_one_message_a_second_a_channel_where_the_rule_is_on() -> None:
    now = 1_800_000_000.0
    async with running(Slack(clock=lambda: now, pace=PerChannel(burst=2))) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        for channel in ("C0HARBOR", "C0HARBOR", "C0GENERAL"):
            await client.chat_postMessage(channel=channel, text="x")
        answer = await refusal(client.chat_postMessage(channel="C0HARBOR", text="x"))
        assert (answer.status_code, answer["error"]) == (429, "ratelimited")
        now += int(answer.headers["Retry-After"])
        await client.chat_postMessage(channel="C0HARBOR", text="x")
        assert len(slack.messages("harbor")) == 3


async def test_a_second_workspace_shares_nothing_with_the_first() -> None:
    async with running(Slack(harbor(), quay())) as slack:
        client = AsyncWebClient("xoxb-quay-stand-in", base_url=slack.api_url)
        assert (await client.auth_test())["team_id"] == "T1QUAY"
        assert (await refusal(client.chat_postMessage(channel="C0HARBOR", text="x")))["error"] == "channel_not_found"
        assert (await refusal(client.users_info(user="U0MARA")))["error"] == "user_not_found"
        await client.chat_postMessage(channel="U1NOA", text="hello")
        assert [one.text for one in slack.dm_of("Noa")] == ["hello"]


async def test_an_unknown_method_says_so(client: AsyncWebClient) -> None:
    assert (await refusal(client.api_call("chat.shout")))["error"] == "unknown_method"


async def test_every_call_is_remembered_with_what_came_of_it(slack: Slack, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0HARBOR", text="x")
    await refusal(client.chat_postMessage(channel="C0HARBOR", text=""))
    assert [(one.team_id, one.error, one.status) for one in slack.calls_of("chat.postMessage")] == [
        ("T0HARBOR", "", 200),
        ("T0HARBOR", "no_text", 200),
    ]
    assert "token" not in slack.calls[0].arguments


async def test_people_write_only_where_they_are(slack: Slack) -> None:
    with pytest.raises(NotPossible, match="Gwen is not in harbor"):
        await slack.say("Gwen", "harbor", "x")
