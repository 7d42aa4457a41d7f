"""What Slack delivers: twice, in twins, forged, edited, by bots, with fields missing. One answer, or none."""

import asyncio
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground.deliveries import Delivery, send
from bot.playground.faults import Delayed
from bot.playground.slack import Slack
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in, idle, replies_to

SHAPES = Path(__file__).parents[3] / "shared" / "slack-shapes"
QUESTION = "what share of boards get reports?"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer()})


async def test_twin_events_of_one_mention_give_one_answer(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.grant("channels:history")
    slack.subscribe("message.channels")
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.mention("Mara", "harbor", QUESTION)
        await replies_to(slack, asked.said)
        await idle(coach)
    assert len(asked.deliveries) == 2
    assert len(slack.thread_of(asked.said)) == 1


async def test_a_repeated_delivery_is_answered_when_the_first_never_arrived(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    asked = await slack.dm("Mara", QUESTION)
    assert not asked.delivery.acknowledged
    async with coach_in(slack, answers, sqlite_url):
        await slack.deliver_again(asked.delivery)
        await replies_to(slack, asked.said)


async def test_a_delivery_repeated_after_a_restart_gives_no_second_answer(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)
    async with coach_in(slack, answers, sqlite_url) as coach:
        await slack.deliver_again(asked.delivery, retry_num=2)
        await idle(coach)
    assert len(slack.thread_of(asked.said)) == 1


async def test_edits_joins_bots_and_its_own_words_are_left_alone(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    slack.grant("channels:history")
    slack.subscribe("message.channels")
    async with coach_in(slack, answers, sqlite_url) as coach:
        asked = await slack.mention("Mara", "harbor", QUESTION)
        [reply] = await replies_to(slack, asked.said)
        await slack.edit(asked.said, "@coach what else?")
        await slack.echo(reply)
        await slack.join("Tomas", "harbor")
        await slack.say("deploys", "harbor", "deployed", thread=asked.said)
        gone = await slack.say("Leo", "random", "never mind")
        await slack.remove(gone.said)
        await idle(coach)
    assert len(answers.asked) == 1


@pytest.mark.parametrize("forged", [{"secret": "another secret"}, {"age_seconds": 600}], ids=["secret", "age"])
async def test_a_request_that_slack_did_not_sign_just_now_is_refused(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, forged: dict[str, Any]
) -> None:
    asked = await slack.dm("Mara", QUESTION)
    async with coach_in(slack, answers, sqlite_url) as coach:
        refused = await slack.deliver_again(asked.delivery, **forged)
        await idle(coach)
    assert refused.status == 401
    assert answers.asked == []


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"payload=%7B", b"[]"], ids=repr)
async def test_a_body_that_is_none_of_slacks_is_refused_without_a_trace(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, body: bytes
) -> None:
    async with coach_in(slack, answers, sqlite_url), aiohttp.ClientSession() as http:
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            async with http.post(str(slack.bot_url), data=body, headers={"Content-Type": kind}) as response:
                assert 400 <= response.status < 500
                assert "Traceback" not in await response.text()


async def test_the_request_url_is_verified(slack: Slack, sqlite_url: str, answers: ScriptedAnswers) -> None:
    async with coach_in(slack, answers, sqlite_url):
        verified = await slack.verify_url()
    assert verified.answer["challenge"] == verified.payload["challenge"]  # type: ignore[index]


async def test_events_are_acknowledged_while_every_answer_is_still_being_worked_out(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    answers.hold = asyncio.Event()
    async with coach_in(slack, answers, sqlite_url):
        asked = [await slack.dm("Mara", QUESTION) for _ in range(30)]
        assert all(one.delivery.acknowledged for one in asked)
        answers.hold.set()
        for one in asked:
            await replies_to(slack, one.said)


async def test_the_status_is_shown_at_once_also_to_those_who_wait_their_turn(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    answers.hold = asyncio.Event()
    async with coach_in(slack, answers, sqlite_url):
        asked = [await slack.dm("Mara", QUESTION) for _ in range(12)]
        for one in asked:
            await slack.until(lambda s, one=one: s.status_at(one.said) == "is looking it up …")
        answers.hold.set()
        for one in asked:
            await replies_to(slack, one.said)
    assert [slack.status_at(one.said) for one in asked] == [""] * 12


async def test_a_follow_up_typed_before_the_answer_waits_for_it_and_knows_it(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    answers.script["and for managers?"] = an_answer("24% of managers.")
    answers.hold = asyncio.Event()
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", QUESTION)
        await answers.was_asked.wait()
        await slack.dm("Mara", "and for managers?", thread=asked.said)
        answers.hold.set()
        await slack.until(lambda s: len(s.thread_of(asked.said)) == 3)
    assert [words for words, _ in answers.asked] == [QUESTION, "and for managers?"]
    memory = answers.asked[1][1]
    assert memory
    assert memory.question == "who measures"


async def test_the_status_is_shown_before_the_answer_and_its_failure_does_not_matter(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    never = asyncio.Event()
    slack.faults.order("assistant.threads.setStatus", Delayed(never))
    async with coach_in(slack, answers, sqlite_url):
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)
        never.set()


async def test_other_events_and_old_buttons_are_acknowledged(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        told = [await slack.open_home("Mara"), await slack.open_messages_tab("Mara"), await slack.uninstall()]
    assert all(one.acknowledged for done in told for one in done.deliveries)


async def test_first_questions_are_suggested_when_the_messages_tab_opens(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        await slack.open_messages_tab("Mara")
        prompts = await slack.until(lambda s: s.prompts_for("Mara"))
    assert len(prompts) == 4
    assert "thread_ts" not in slack.calls_of("assistant.threads.setSuggestedPrompts")[0].arguments


@pytest.mark.skipif(not SHAPES.is_dir(), reason="Slack's own shapes are not beside this project")
@pytest.mark.parametrize("kind", ["events", "interactions"])
async def test_no_shape_of_slacks_stops_the_coach_whichever_field_is_missing(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, kind: str
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        for file in sorted((SHAPES / kind).glob("*.json")):
            for payload in shapes_in(file):
                told = Delivery("slash_commands" if "command" in payload else _KINDS[kind], payload, "T0HARBOR")
                await send(slack, told)
                assert told.status is not None, file.name
                assert told.status < 500, (file.name, told.answer)
        await idle(coach)
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)


_KINDS: dict[str, Any] = {"events": "events_api", "interactions": "interactive"}


def shapes_in(file: Path) -> Iterator[dict[str, Any]]:
    """The shape with Slack's own names of types, then the same with one field left out."""
    shape = json.loads(file.read_text(encoding="utf-8"))
    shape = shape if "event" not in shape else shape | {"type": "event_callback"}
    yield shape
    for part in ("", "event", "user", "channel", "message", "view", "container", "actions"):
        inner = shape.get(part, {}) if part else shape
        for name in inner if isinstance(inner, dict) else ():
            less = copy.deepcopy(shape)
            del (less[part] if part else less)[name]
            yield less
