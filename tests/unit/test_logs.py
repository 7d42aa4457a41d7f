"""Ids get into the log; words, tokens and messages of exceptions do not, whoever logs them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import WORDS, set_up_logs
from tests.logged import logged

SECRET = "I was afraid to ask Leo"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    with logged() as stream:
        yield stream


def only(lines: io.StringIO) -> dict[str, object]:
    (line,) = lines.getvalue().splitlines()
    entry: dict[str, object] = json.loads(line)
    return entry


def log() -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger("bot.questions.flow")
    return logger


def test_a_line_has_its_event_and_its_ids(lines: io.StringIO) -> None:
    log().info("question.answered", workspace_id="T1", answer_id="a1", ms=12, cards=("survey-ladder",))
    entry = only(lines)
    assert (entry["event"], entry["answer_id"], entry["ms"], entry["cards"]) == (
        "question.answered",
        "a1",
        12,
        ["survey-ladder"],
    )
    assert entry["level"] == "info"
    assert str(entry["timestamp"]).endswith("Z")


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_field_of_words_is_dropped_and_named(lines: io.StringIO, name: str) -> None:
    log().warning("question.odd", user_id="U1", **{name: SECRET})
    assert only(lines)["dropped"] == [name]
    assert "afraid" not in lines.getvalue()


def test_words_deep_inside_a_field_are_dropped(lines: io.StringIO) -> None:
    log().info("event.seen", event_fields={"ts": "1.2", "text": SECRET, "more": [{"value": SECRET, "ts": "1.3"}]})
    assert only(lines)["event_fields"] == {"ts": "1.2", "more": [{"ts": "1.3"}]}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("token xoxb-12-34-abcDEF is bad", "token xoxb*** is bad"),
        ("xapp-1-A0-12-abc", "xapp***"),
        ("xoxe.xoxb-1-abcdef", "xoxe.xoxb***"),
        ("sk-proj-abcdef123", "sk***"),
        ("postgresql://coach:hunter2@db/coach", "postgresql://coach:***@db/coach"),
        ("https://hooks.slack.com/commands/T1/2/abc", "https://hooks.slack.com/***"),
        ("a risk-based task-force", "a risk-based task-force"),
    ],
)
def test_tokens_are_masked(lines: io.StringIO, value: str, shown: str) -> None:
    log().info("settings.read", seen=value, deep=[value])
    entry = only(lines)
    assert (entry["seen"], entry["deep"]) == (shown, [shown])


def test_a_token_in_the_event_of_a_library_is_masked(lines: io.StringIO) -> None:
    logging.getLogger("slack_sdk").warning("refused xoxb-12-34-abcDEF")
    assert only(lines)["event"] == "refused xoxb***"


def test_an_exception_of_ours_is_its_kind_and_place(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        log().exception("question.broke", answer_id="a1")
    entry = only(lines)
    assert (entry["event"], entry["kind"]) == ("question.broke", "ValueError")
    assert "test_an_exception_of_ours" in str(entry["where"])
    assert "afraid" not in lines.getvalue()


def test_an_exception_of_a_library_is_its_kind_and_place(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        logging.getLogger("slack_bolt.AsyncApp").exception(f"Failed to run listener function (error: {error})")
    entry = only(lines)
    assert (entry["event"], entry["kind"], entry["logger"]) == (
        "library.exception",
        "ValueError",
        "slack_bolt.AsyncApp",
    )
    assert "afraid" not in lines.getvalue()


def test_an_exception_given_as_a_field_is_its_kind(lines: io.StringIO) -> None:
    log().info("question.broke", error=ValueError(SECRET))
    assert only(lines)["error"] == "ValueError"


def test_libraries_are_heard_from_warning_on(lines: io.StringIO) -> None:
    logging.getLogger("slack_bolt").info("body: %s", SECRET)
    logging.getLogger("slack_sdk").debug(SECRET)
    assert lines.getvalue() == ""


def test_what_is_below_the_level_is_not_logged(lines: io.StringIO) -> None:
    log().debug("question.heard")
    assert lines.getvalue() == ""


def test_lines_for_people_hold_no_words_either() -> None:
    stream = io.StringIO()
    handlers, level = logging.root.handlers[:], logging.root.level
    set_up_logs(level="info", form="console", stream=stream)
    log().info("question.answered", answer_id="a1", text=SECRET)
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    assert "question.answered" in stream.getvalue()
    assert "a1" in stream.getvalue()
    assert "afraid" not in stream.getvalue()
