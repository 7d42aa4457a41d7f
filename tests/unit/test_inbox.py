"""Which messages are questions to the coach, and where their answers belong."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbox import question_in
from bot.questions.incoming import CHANNEL, DM, Incoming, as_row, from_row
from bot.questions.listeners import from_command, from_window
from bot.questions.press import press_in
from bot.slack_app import Me
from bot.slack_kit.clicks import chosen_in, click_in, sent_in, typed_in

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ME = Me("T0HARBOR", "U0COACH", "B0COACH")
PAYLOADS = Path(__file__).parents[1] / "payloads" / "slack"


def body(**changes: Any) -> dict[str, Any]:
    """A DM of Mara's, with some fields of its event changed; None takes a field away."""
    payload: dict[str, Any] = json.loads((PAYLOADS / "message_im.json").read_text(encoding="utf-8"))
    payload["event"] = {name: value for name, value in (payload["event"] | changes).items() if value is not None}
    return payload


def asked(**changes: Any) -> Incoming | None:
    return question_in(body(**changes), ME, NOW)


def test_a_dm_is_a_question_answered_in_the_thread_of_the_message() -> None:
    incoming = asked()
    assert incoming
    assert (incoming.asked.place, incoming.asked.thread_ts) == (DM, "1763888400.000100")
    assert incoming.asked.text == "What share of boards get reports?"
    assert incoming.addressed


def test_a_reply_in_a_dm_stays_in_its_thread() -> None:
    incoming = asked(thread_ts="1763888300.000200")
    assert incoming
    assert incoming.thread_key == ("T0HARBOR", "DMARA", "1763888300.000200")


@pytest.mark.parametrize(
    "subtype", ["message_changed", "message_deleted", "channel_join", "bot_message", "me_message", "tombstone"]
)
def test_what_nobody_wrote_to_the_coach_is_ignored(subtype: str) -> None:
    assert asked(subtype=subtype) is None


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
def test_words_with_a_file_or_sent_to_the_channel_as_well_are_heard(subtype: str | None) -> None:
    assert asked(subtype=subtype) is not None


@pytest.mark.parametrize(
    "changes",
    [{"bot_id": "B0DEPLOY"}, {"user": "U0COACH"}, {"edited": {"user": "U0MARA", "ts": "1"}}],
    ids=["another bot", "the coach itself", "an edit"],
)
def test_bots_edits_and_its_own_words_are_ignored(changes: dict[str, Any]) -> None:
    assert asked(**changes) is None


def test_a_mention_in_a_channel_is_a_question_without_the_mention() -> None:
    incoming = asked(type="app_mention", channel="C0HARBOR", channel_type=None, text="<@U0COACH> who measures?")
    assert incoming
    assert (incoming.asked.place, incoming.asked.text, incoming.addressed) == (CHANNEL, "who measures?", True)


def test_the_message_beside_a_mention_is_known_by_the_same_key() -> None:
    words = {"channel": "C0HARBOR", "text": "<@U0COACH> who measures?"}
    twins = [asked(**words, channel_type="channel"), asked(**words, type="app_mention", channel_type=None)]
    assert len({one.key for one in twins if one}) == 1
    assert all(one and one.addressed for one in twins)


@pytest.mark.parametrize(
    ("text", "thread_ts", "is_heard"),
    [
        ("and for managers?", "1763888300.000200", True),
        ("<@U0LEO> is that so?", "1763888300.000200", False),
        ("<@U0LEO|leo> and <@U0AIKO>, look", "1763888300.000200", False),
        ("a new topic", None, False),
        ("the first message of a thread", "1763888400.000100", False),
    ],
)
def test_without_a_mention_only_a_reply_to_nobody_else_may_be_meant_for_the_coach(
    text: str, thread_ts: str | None, is_heard: bool
) -> None:
    incoming = asked(channel="C0HARBOR", channel_type="channel", text=text, thread_ts=thread_ts)
    assert (incoming is not None) == is_heard
    assert incoming is None or not incoming.addressed


def test_what_is_told_to_the_app_in_another_workspace_is_not_for_this_coach() -> None:
    other = body() | {"team_id": "T1QUAY", "authorizations": [{"team_id": "T1QUAY", "user_id": "U1COACH"}]}
    assert question_in(other, ME, NOW) is None


def without_each_field(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The payload with one field taken away, at any depth."""
    for name, value in payload.items():
        rest = {other: payload[other] for other in payload if other != name}
        yield rest
        if isinstance(value, dict):
            yield from (rest | {name: less} for less in without_each_field(value))
        if isinstance(value, list):
            yield from (
                rest | {name: [less]} for one in value if isinstance(one, dict) for less in without_each_field(one)
            )


PAYLOAD_FILES = sorted(PAYLOADS.glob("*.json"))
NAMES = st.sampled_from(
    "event authorizations actions user container channel message view text trigger_id response_url user_id".split()
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "text", "value"]), inner),
    max_leaves=4,
)


@pytest.mark.parametrize("file", PAYLOAD_FILES, ids=lambda file: file.stem)
def test_any_field_may_be_missing(file: Path) -> None:
    for payload in without_each_field(json.loads(file.read_text(encoding="utf-8"))):
        read_all(payload)


@given(st.dictionaries(NAMES, JUNK, max_size=6))
def test_whatever_comes_is_read_or_left_alone(payload: dict[str, Any]) -> None:
    read_all(payload)


def read_all(payload: dict[str, Any]) -> None:
    question_in(payload, ME, NOW)
    press_in(payload)
    if typed := typed_in(payload):
        from_command(typed, "T0HARBOR", NOW)
    click_in(payload)
    sent_in(payload)
    chosen_in(payload)
    from_window(payload, "T0HARBOR", NOW)


def test_a_question_put_aside_comes_back_as_it_was() -> None:
    incoming = asked()
    assert incoming
    row = json.loads(json.dumps(as_row(incoming)))
    assert from_row(incoming.asked.id, incoming.asked.workspace_id, row) == incoming
