"""Clicks, modals, commands and response_urls, with a real Bolt app behind them over signed HTTP."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.playground import NotPossible, RateLimited, Slack, running, serving, words_of
from bot.playground.model import Message, View
from bot.playground.offstage import offstage

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads" / "playground"


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


@dataclass
class Clock:
    """A time that moves only when told, in seconds since 1970."""

    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Heard:
    """The bodies the app was given, by name of what they are, and what it answers to a submission."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    to_submission: dict[str, Any] = field(default_factory=dict)

    @property
    def last(self) -> dict[str, Any]:
        return self.bodies[-1]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(heard: Heard, clock: Clock) -> AsyncIterator[Slack]:
    async with running(Slack(clock=clock)) as slack, serving(web(an_app(slack, heard))) as served:
        slack.bot_url = served.url + "/slack/events"
        yield slack


def web(app: AsyncApp) -> Starlette:
    handler = AsyncSlackRequestHandler(app)
    return Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])


def an_app(slack: Slack, heard: Heard) -> AsyncApp:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)

    async def note(ack: Any, body: dict[str, Any]) -> None:
        heard.bodies.append(body)
        await ack()

    async def submission(ack: Any, body: dict[str, Any]) -> None:
        heard.bodies.append(body)
        await ack(**heard.to_submission)

    for action in ("try_it", "pass_on", "feedback", "why", "examples", "ask"):
        app.action(action)(note)
    app.command("/coach")(note)
    app.view_submission("ask")(submission)
    app.view_closed("ask")(note)
    app.shortcut("ask_coach")(note)
    app.shortcut("commitment_from_message")(note)
    return app


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def an_answer(slack: Slack, client: AsyncWebClient) -> Message:
    await client.chat_postMessage(channel="C0HARBOR", text="14 %", blocks=payload("answer"))
    return slack.messages("harbor")[-1]


async def a_modal(slack: Slack, client: AsyncWebClient, heard: Heard) -> View:
    await slack.command("Mara", "/coach", "harbor")
    await client.views_open(trigger_id=heard.last["trigger_id"], view=payload("modal"))
    view = slack.modal_of("Mara")
    assert view
    return view


async def test_a_pressed_button_says_who_where_and_with_which_value(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    answer = await an_answer(slack, client)
    await slack.press("Mara", answer, "try_it")
    [action] = heard.last["actions"]
    assert (action["type"], action["value"], action["block_id"]) == ("button", "card-1", "next")
    assert (heard.last["user"]["id"], heard.last["channel"]["id"]) == ("U0MARA", "C0HARBOR")
    assert (heard.last["container"]["message_ts"], heard.last["message"]["text"]) == (answer.ts, "14 %")


async def test_a_thumb_and_a_choice_carry_what_was_chosen(slack: Slack, client: AsyncWebClient, heard: Heard) -> None:
    answer = await an_answer(slack, client)
    await slack.press("Mara", answer, "feedback", value="not_helpful")
    assert heard.last["actions"][0]["value"] == "not_helpful"
    await slack.press("Mara", answer, "why", value="old")
    assert heard.last["actions"][0]["selected_option"]["value"] == "old"


@pytest.mark.parametrize(
    ("action", "value", "why"),
    [("delete_all", None, "0 elements fit"), ("try_it", "card-9", "0 elements fit"), ("feedback", None, "two buttons")],
)
async def test_what_is_not_there_cannot_be_pressed(
    slack: Slack, client: AsyncWebClient, action: str, value: str | None, why: str
) -> None:
    answer = await an_answer(slack, client)
    with pytest.raises(NotPossible, match=why):
        await slack.press("Mara", answer, action, value=value)


async def test_an_ephemeral_message_is_pressed_by_its_reader_and_shown_to_no_app(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    await client.chat_postEphemeral(channel="C0HARBOR", user="U0MARA", text="x", blocks=payload("answer"))
    [alone] = slack.seen_only_by("Mara")
    await slack.press("Mara", alone, "try_it")
    assert heard.last["container"]["is_ephemeral"] is True
    assert "message" not in heard.last
    with pytest.raises(NotPossible, match="Leo does not see"):
        await slack.press("Leo", alone, "try_it")


async def test_a_response_url_changes_or_removes_the_message_of_the_click(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    answer = await an_answer(slack, client)
    await slack.press("Mara", answer, "try_it")
    back = AsyncWebhookClient(heard.last["response_url"])
    await back.send(text="Done by Mara", replace_original=True)
    assert [words_of(one) for one in slack.messages("harbor")] == ["Done by Mara"]
    await back.send(text="only for Mara", replace_original=False)
    assert [one.text for one in slack.seen_only_by("Mara")] == ["only for Mara"]
    await back.send(text="for all", response_type="in_channel", replace_original=False)
    assert [one.text for one in slack.messages("harbor")] == ["Done by Mara", "for all"]
    await back.send(delete_original=True)
    assert [one.text for one in slack.messages("harbor")] == ["for all"]


async def test_a_response_url_of_a_command_has_nothing_to_replace(slack: Slack, heard: Heard) -> None:
    await slack.command("Mara", "/coach", "harbor")
    back = AsyncWebhookClient(heard.last["response_url"])
    await back.send(text="one")
    await back.send(text="two", replace_original=True)
    assert [one.text for one in slack.seen_only_by("Mara")] == ["one", "two"]


async def test_a_response_url_works_five_times_within_thirty_minutes(slack: Slack, heard: Heard, clock: Clock) -> None:
    await slack.command("Mara", "/coach", "harbor")
    back = AsyncWebhookClient(heard.last["response_url"])
    answers = [(await back.send(text="x")).status_code for _ in range(6)]
    assert answers == [200] * 5 + [404]
    await slack.command("Mara", "/coach", "harbor")
    clock.at += 30 * 60 + 1
    late = await AsyncWebhookClient(heard.last["response_url"]).send(text="x")
    assert (late.status_code, json.loads(late.body)["error"]) == (404, "expired_url")


async def test_a_response_url_refuses_what_slack_refuses_and_meets_its_faults(slack: Slack, heard: Heard) -> None:
    await slack.command("Mara", "/coach", "harbor")
    back = AsyncWebhookClient(heard.last["response_url"])
    empty = await back.send(text="")
    assert json.loads(empty.body)["error"] == "no_text"
    slack.faults.order("response_url", RateLimited(2))
    assert (await back.send(text="x")).status_code == 429
    assert slack.seen_only_by("Mara") == []


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: Slack, client: AsyncWebClient, heard: Heard, clock: Clock
) -> None:
    await slack.shortcut("Mara", "ask_coach")
    trigger = heard.last["trigger_id"]
    await client.views_open(trigger_id=trigger, view=payload("modal"))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=payload("modal"))
    await slack.shortcut("Mara", "ask_coach")
    clock.at += 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=heard.last["trigger_id"], view=payload("modal"))
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.3", view=payload("modal"))


async def test_in_a_story_a_trigger_lives_longer_however_slow_the_machine_is(
    slack: Slack, client: AsyncWebClient, heard: Heard, clock: Clock
) -> None:
    with offstage():
        await slack.shortcut("Mara", "ask_coach")
    clock.at += 10
    await client.views_open(trigger_id=heard.last["trigger_id"], view=payload("modal"))
    assert slack.modal_of("Mara") is None


async def test_a_view_beyond_slacks_limits_is_refused_and_leaves_the_trigger_fresh(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    await slack.shortcut("Mara", "ask_coach")
    wrong = payload("modal") | {"title": {"type": "plain_text", "text": "A title of more than 24 letters"}}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=heard.last["trigger_id"], view=wrong)
    large = payload("modal") | {"private_metadata": "x" * 250_000}
    with pytest.raises(SlackApiError, match="view_too_large"):
        await client.views_open(trigger_id=heard.last["trigger_id"], view=large)
    await client.views_open(trigger_id=heard.last["trigger_id"], view=payload("modal"))
    assert slack.modal_of("Mara")


async def test_a_filled_in_modal_says_what_was_typed_and_closes(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    view = await a_modal(slack, client, heard)
    await slack.submit(view, {"text": "Who reads reports?", "who": "team"})
    values = heard.last["view"]["state"]["values"]
    assert values["question"]["text"]["value"] == "Who reads reports?"
    assert values["seen_by"]["who"]["selected_option"]["value"] == "team"
    assert heard.last["view"]["private_metadata"] == "card-1"
    assert slack.modal_of("Mara") is None


async def test_a_field_nobody_touched_says_what_it_began_with(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    await slack.submit(await a_modal(slack, client, heard), {"question": "x"})
    assert heard.last["view"]["state"]["values"]["seen_by"]["who"]["selected_option"]["value"] == "me"


@pytest.mark.parametrize("words", ["", "x" * 201])
async def test_slacks_form_lets_no_empty_and_no_overlong_field_pass(
    slack: Slack, client: AsyncWebClient, heard: Heard, words: str
) -> None:
    view = await a_modal(slack, client, heard)
    with pytest.raises(NotPossible, match="correct question first"):
        await slack.submit(view, {"question": words})
    assert heard.last.get("type") != "view_submission"


async def test_errors_stay_on_the_form(slack: Slack, client: AsyncWebClient, heard: Heard) -> None:
    view = await a_modal(slack, client, heard)
    heard.to_submission = {"response_action": "errors", "errors": {"question": "Say more"}}
    await slack.submit(view, {"question": "x"})
    assert slack.modal_of("Mara") is view
    assert view.errors == {"question": "Say more"}


@pytest.mark.parametrize(("action", "depth"), [("update", 1), ("push", 2), ("clear", 0)])
async def test_a_submission_may_be_answered_with_another_view(
    slack: Slack, client: AsyncWebClient, heard: Heard, action: str, depth: int
) -> None:
    view = await a_modal(slack, client, heard)
    other = payload("modal") | {"private_metadata": "another"}
    heard.to_submission = {"response_action": action} | ({} if action == "clear" else {"view": other})
    await slack.submit(view, {"question": "x"})
    stack = slack.state.workspaces[0].modals["U0MARA"]
    assert len(stack) == depth
    assert [one.payload["private_metadata"] for one in stack[-1:]] == ["another"] * min(depth, 1)


async def test_a_third_view_on_top_is_the_last(slack: Slack, client: AsyncWebClient, heard: Heard) -> None:
    view = await a_modal(slack, client, heard)
    for _ in range(2):
        await slack.press("Mara", view, "examples")
        await client.views_push(trigger_id=heard.last["trigger_id"], view=payload("modal"))
    await slack.press("Mara", view, "examples")
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=heard.last["trigger_id"], view=payload("modal"))


async def test_an_update_with_an_old_hash_is_refused(slack: Slack, client: AsyncWebClient, heard: Heard) -> None:
    view = await a_modal(slack, client, heard)
    first = view.hash
    await client.views_update(view_id=view.id, hash=first, view=payload("modal"))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view.id, hash=first, view=payload("modal"))
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id="V0GONE", view=payload("modal"))


async def test_a_closed_modal_is_told_where_the_view_asked_for_it(
    slack: Slack, client: AsyncWebClient, heard: Heard
) -> None:
    await slack.close(await a_modal(slack, client, heard))
    assert (heard.last["type"], heard.last["is_cleared"]) == ("view_closed", False)
    assert slack.modal_of("Mara") is None


async def test_the_home_tab_is_each_persons_own_and_guarded_by_its_hash(slack: Slack, client: AsyncWebClient) -> None:
    published = await client.views_publish(user_id="U0MARA", view=payload("home"))
    home = slack.home_of("Mara")
    assert home
    assert words_of(home).startswith("Your commitments")
    assert slack.home_of("Leo") is None
    await client.views_publish(user_id="U0MARA", hash=published["view"]["hash"], view=payload("home"))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id="U0MARA", hash=published["view"]["hash"], view=payload("home"))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id="U0MARA", view=payload("modal"))


async def test_a_message_shortcut_hands_over_the_message(slack: Slack, client: AsyncWebClient, heard: Heard) -> None:
    said = (await slack.say("Leo", "harbor", "I will pair with Aiko")).said
    await slack.shortcut("Leo", "commitment_from_message", said)
    assert (heard.last["type"], heard.last["message"]["text"]) == ("message_action", "I will pair with Aiko")
    assert heard.last["message_ts"] == said.ts


async def test_bolt_refuses_a_delivery_that_is_not_signed_by_slack(slack: Slack, heard: Heard) -> None:
    sent = (await slack.command("Mara", "/coach", "harbor")).delivery
    again = await slack.deliver_again(sent, secret="another secret")
    assert (again.status, again.failure, len(heard.bodies)) == (401, "http_error", 1)
