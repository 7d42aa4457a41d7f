"""The offline check finds what Slack would refuse, names the place, and says nothing of what fits."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from bot.slack_kit.limits import problems_in_message, problems_in_view

PAYLOADS = Path(__file__).parents[1] / "payloads" / "blocks"
MESSAGE = json.loads((PAYLOADS / "message_with_every_block.json").read_text())
MODAL = json.loads((PAYLOADS / "modal_with_every_input.json").read_text())
HOME = json.loads((PAYLOADS / "home.json").read_text())

MISSING = object()


def with_change(payload: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
    """A copy with the value at a JSON pointer replaced, added, or taken away."""
    changed = copy.deepcopy(payload)
    *path, last = [int(step) if step.isdigit() else step for step in pointer.strip("/").split("/")]
    place: Any = changed
    for step in path:
        place = place[step]
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return changed


def plain(length: int) -> dict[str, str]:
    return {"type": "plain_text", "text": "x" * length}


def marked(length: int) -> dict[str, str]:
    return {"type": "mrkdwn", "text": "x" * length}


def option(value: str, text: int = 4) -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def button(action_id: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(3)}


def a_message(*blocks: object) -> dict[str, Any]:
    return {"channel": "C0HARBOR", "text": "What it says", "blocks": list(blocks)}


def raw(length: int) -> dict[str, str]:
    return {"type": "raw_text", "text": "x" * length}


@pytest.mark.parametrize(
    ("check", "payload"), [(problems_in_message, MESSAGE), (problems_in_view, MODAL), (problems_in_view, HOME)]
)
def test_what_slack_takes_has_no_problems(check: Any, payload: dict[str, Any]) -> None:
    assert check(payload) == []


def test_a_message_of_text_alone_is_fine() -> None:
    assert problems_in_message({"channel": "C0HARBOR", "text": "Thank you for telling me."}) == []


# pointer to change, new value, pointer of the problem, what it says
REFUSED_IN_MESSAGES = [
    ("/text", MISSING, "/text", "is missing"),
    ("/text", "  ", "/text", "is missing"),
    ("/text", "x" * 40_001, "/text", "40001 characters long; Slack takes 40000"),
    ("/blocks", "no list", "/blocks", "must be a list"),
    ("/blocks/2", "no block", "/blocks/2", "must be an object"),
    ("/blocks/2", {"type": "divider", "text": marked(3)}, "/blocks/2/text", "no such field"),
    ("/blocks/2/type", "hologram", "/blocks/2/type", "'hologram' is not known as block of a message"),
    ("/blocks/2/type", 7, "/blocks/2/type", "not known"),
    ("/blocks/0/text", plain(151), "/blocks/0/text/text", "151 characters long; Slack takes 150"),
    ("/blocks/0/text", marked(3), "/blocks/0/text/type", "'mrkdwn' is not known as text object; known are plain_text"),
    ("/blocks/0/text", MISSING, "/blocks/0/text", "is missing"),
    ("/blocks/0/block_id", "x" * 256, "/blocks/0/block_id", "Slack takes 255"),
    ("/blocks/1/block_id", "head", "/blocks", "block_id 'head' is used 2 times"),
    ("/blocks/1/text", marked(3001), "/blocks/1/text/text", "3001 characters long; Slack takes 3000"),
    ("/blocks/1/text", marked(0), "/blocks/1/text/text", "must not be empty"),
    ("/blocks/1/text/emoji", True, "/blocks/1/text/emoji", "no such field"),
    ("/blocks/1/text/text", None, "/blocks/1/text/text", "must be a string"),
    ("/blocks/1/fields", [marked(3)] * 11, "/blocks/1/fields", "11 items; Slack takes 1 to 10"),
    ("/blocks/1/fields/0", marked(2001), "/blocks/1/fields/0/text", "Slack takes 2000"),
    ("/blocks/1/accessory/type", "plain_text_input", "/blocks/1/accessory/type", "not known as element of a section"),
    ("/blocks/3/alt_text", MISSING, "/blocks/3/alt_text", "is missing"),
    ("/blocks/3/slack_file", MISSING, "/blocks/3", "exactly one of image_url, slack_file"),
    ("/blocks/4/elements", [], "/blocks/4/elements", "0 items; Slack takes 1 to 10"),
    ("/blocks/4/elements", [marked(3)] * 11, "/blocks/4/elements", "11 items"),
    ("/blocks/4/elements/1/image_url", "ftp://x", "/blocks/4/elements/1/image_url", "must be a web address"),
    ("/blocks/5/elements", [], "/blocks/5/elements", "0 items"),
    ("/blocks/5/elements", [button(str(n)) for n in range(26)], "/blocks/5/elements", "26 items; Slack takes 1 to 25"),
    ("/blocks/5/elements/1/action_id", "try", "/blocks/5", "action_id 'try' is used 2 times"),
    ("/blocks/5/elements/0/action_id", "x" * 256, "/blocks/5/elements/0/action_id", "Slack takes 255"),
    ("/blocks/5/elements/0/text", plain(76), "/blocks/5/elements/0/text/text", "Slack takes 75"),
    ("/blocks/5/elements/0/value", "x" * 2001, "/blocks/5/elements/0/value", "Slack takes 2000"),
    ("/blocks/5/elements/0/style", "default", "/blocks/5/elements/0/style", "one of primary, danger"),
    (
        "/blocks/5/elements/0/accessibility_label",
        "x" * 76,
        "/blocks/5/elements/0/accessibility_label",
        "Slack takes 75",
    ),
    ("/blocks/5/elements/0/url", "x" * 3001, "/blocks/5/elements/0/url", "Slack takes 3000"),
    ("/blocks/5/elements/1/confirm/title", plain(101), "/blocks/5/elements/1/confirm/title/text", "Slack takes 100"),
    ("/blocks/5/elements/1/confirm/text", plain(301), "/blocks/5/elements/1/confirm/text/text", "Slack takes 300"),
    ("/blocks/5/elements/1/confirm/deny", plain(31), "/blocks/5/elements/1/confirm/deny/text", "Slack takes 30"),
    ("/blocks/5/elements/1/confirm/deny", MISSING, "/blocks/5/elements/1/confirm/deny", "is missing"),
    ("/blocks/5/elements/2/options", [option(str(n)) for n in range(6)], "/blocks/5/elements/2/options", "6 items"),
    ("/blocks/5/elements/3/options", [option(str(n)) for n in range(101)], "/blocks/5/elements/3/options", "101 items"),
    (
        "/blocks/5/elements/3/options/0",
        option("a", text=76),
        "/blocks/5/elements/3/options/0/text/text",
        "Slack takes 75",
    ),
    ("/blocks/5/elements/3/options/0", option("x" * 151), "/blocks/5/elements/3/options/0/value", "Slack takes 150"),
    ("/blocks/5/elements/3/options/0/description", plain(76), "/blocks/5/elements/3/options/0/description/text", "75"),
    (
        "/blocks/5/elements/3/options/0/text",
        marked(3),
        "/blocks/5/elements/3/options/0/text/type",
        "known are plain_text",
    ),
    (
        "/blocks/5/elements/3/initial_option/value",
        "new",
        "/blocks/5/elements/3/initial_option",
        "not one of the options",
    ),
    ("/blocks/5/elements/3/placeholder", plain(151), "/blocks/5/elements/3/placeholder/text", "Slack takes 150"),
    ("/blocks/5/elements/3/option_groups", [], "/blocks/5/elements/3", "exactly one of options, option_groups"),
    ("/blocks/5/elements/4/min_query_length", -1, "/blocks/5/elements/4/min_query_length", "no less than 0"),
    ("/blocks/5/elements/4/min_query_length", True, "/blocks/5/elements/4/min_query_length", "whole number"),
    ("/blocks/5/elements/7/filter", {}, "/blocks/5/elements/7/filter", "needs include or"),
    ("/blocks/5/elements/7/filter/include/0", "all", "/blocks/5/elements/7/filter/include/0", "one of im, mpim"),
    ("/blocks/5/elements/8/options", [option(str(n)) for n in range(11)], "/blocks/5/elements/8/options", "11 items"),
    ("/blocks/5/elements/9/initial_options/0/value", "new", "/blocks/5/elements/9/initial_options/0", "not one of"),
    ("/blocks/5/elements/10/initial_date", "30.11.2026", "/blocks/5/elements/10/initial_date", "YYYY-MM-DD"),
    ("/blocks/5/elements/11/initial_time", "24:00", "/blocks/5/elements/11/initial_time", "HH:mm"),
    ("/blocks/5/elements/0/type", "feedback_buttons", "/blocks/5/elements/0/type", "not known as element of actions"),
    ("/blocks/6/elements/0/positive_button/value", MISSING, "/blocks/6/elements/0/positive_button/value", "is missing"),
    ("/blocks/6/elements/0/negative_button", MISSING, "/blocks/6/elements/0/negative_button", "is missing"),
    ("/blocks/6/elements/1/icon", "skull", "/blocks/6/elements/1/icon", "one of trash"),
    ("/blocks/7/text", "x" * 12_001, "/blocks/7/text", "Slack takes 12000"),
    ("/blocks/8/elements", "words", "/blocks/8/elements", "must be a list"),
    ("/blocks/9/rows", [[raw(1)]] * 101, "/blocks/9/rows", "101 items; Slack takes 1 to 100"),
    ("/blocks/9/rows", [[raw(1)] * 21], "/blocks/9/rows/0", "21 items; Slack takes 1 to 20"),
    ("/blocks/9/rows", [[raw(2600)] * 4], "/blocks", "tables together hold 10400 characters; Slack takes 10000"),
    ("/blocks/9/column_settings/1/align", "middle", "/blocks/9/column_settings/1/align", "one of left, center, right"),
    ("/blocks/10/rows", [[raw(1)]], "/blocks/10/rows", "1 items; Slack takes 2 to 201"),
    ("/blocks/10/rows", [[raw(1)], [raw(1), raw(1)]], "/blocks/10/rows", "same number of cells"),
    ("/blocks/10/rows/0/0", {"type": "rich_text", "elements": [{}]}, "/blocks/10/rows/0", "takes no rich_text"),
    ("/blocks/10/caption", MISSING, "/blocks/10/caption", "is missing"),
    ("/blocks/10/page_size", 101, "/blocks/10/page_size", "no more than 100"),
    ("/blocks/11/title", "x" * 51, "/blocks/11/title", "Slack takes 50"),
    ("/blocks/11/chart/series/0/name", "x" * 21, "/blocks/11/chart/series/0/name", "Slack takes 20"),
    ("/blocks/11/chart/axis_config/categories", ["Know"], "/blocks/11/chart/series/0/data", "must be the categories"),
    ("/blocks/11/chart/type", "radar", "/blocks/11/chart/type", "'radar' is not known as chart"),
    ("/blocks/12/chart/segments/0/value", 0, "/blocks/12/chart/segments/0/value", "greater than 0"),
    ("/metadata/event_type", MISSING, "/metadata/event_type", "is missing"),
    ("/metadata", "answer", "/metadata", "must be an object"),
]


@pytest.mark.parametrize(("change", "value", "place", "sentence"), REFUSED_IN_MESSAGES)
def test_a_message_slack_would_refuse_is_found_and_placed(
    change: str, value: object, place: str, sentence: str
) -> None:
    problems = problems_in_message(with_change(MESSAGE, change, value))
    assert any(problem.startswith(f"{place}: ") and sentence in problem for problem in problems), problems


REFUSED_IN_MODALS = [
    ("/type", "sheet", "/type", "'sheet' is not known as view"),
    ("/title", MISSING, "/title", "is missing"),
    ("/title", plain(25), "/title/text", "Slack takes 24"),
    ("/title", marked(3), "/title/type", "known are plain_text"),
    ("/submit", MISSING, "/submit", "a modal with an input needs it"),
    ("/submit", plain(25), "/submit/text", "Slack takes 24"),
    ("/close", plain(25), "/close/text", "Slack takes 24"),
    ("/blocks", MISSING, "/blocks", "is missing"),
    ("/blocks", [], "/blocks", "0 items"),
    ("/blocks", [{"type": "divider"}] * 101, "/blocks", "101 items; Slack takes 1 to 100"),
    ("/blocks/0", {"type": "markdown", "text": "hi"}, "/blocks/0/type", "not known as block of a modal"),
    ("/blocks/0", {"type": "table", "rows": [[raw(1)]]}, "/blocks/0/type", "not known as block of a modal"),
    ("/blocks/0", {"type": "context_actions", "elements": []}, "/blocks/0/type", "not known as block of a modal"),
    ("/private_metadata", "x" * 3001, "/private_metadata", "Slack takes 3000"),
    ("/callback_id", "x" * 256, "/callback_id", "Slack takes 255"),
    ("/external_id", "x" * 256, "/external_id", "Slack takes 255"),
    ("/hash", "156772938.1827394", "/hash", "no such field"),
    ("/blocks/1/label", plain(2001), "/blocks/1/label/text", "Slack takes 2000"),
    ("/blocks/1/label", marked(3), "/blocks/1/label/type", "known are plain_text"),
    ("/blocks/1/hint", plain(2001), "/blocks/1/hint/text", "Slack takes 2000"),
    ("/blocks/1/element", MISSING, "/blocks/1/element", "is missing"),
    ("/blocks/1/element", button("b"), "/blocks/1/element/type", "not known as element of an input"),
    ("/blocks/1/element/max_length", 3001, "/blocks/1/element/max_length", "no more than 3000"),
    ("/blocks/1/element/max_length", 2, "/blocks/1/element/min_length", "greater than max_length"),
    ("/blocks/1/element/initial_value", "x" * 3001, "/blocks/1/element/initial_value", "Slack takes 3000"),
    ("/blocks/1/element/multiline", "yes", "/blocks/1/element/multiline", "true or false"),
    ("/blocks/1/block_id", "topic", "/blocks", "block_id 'topic' is used 2 times"),
    ("/blocks/2/element/focus_on_load", True, "/blocks", "only one element of a view may have focus_on_load"),
    ("/blocks/2/element/option_groups/0/label", plain(76), "/blocks/2/element/option_groups/0/label/text", "75"),
    ("/blocks/2/element/initial_option/value", "new", "/blocks/2/element/initial_option", "not one of the options"),
    ("/blocks/3/element/max_selected_items", 0, "/blocks/3/element/max_selected_items", "no less than 1"),
]


@pytest.mark.parametrize(("change", "value", "place", "sentence"), REFUSED_IN_MODALS)
def test_a_modal_slack_would_refuse_is_found_and_placed(change: str, value: object, place: str, sentence: str) -> None:
    problems = problems_in_view(with_change(MODAL, change, value))
    assert any(problem.startswith(f"{place}: ") and sentence in problem for problem in problems), problems


def test_a_home_tab_has_no_title_and_no_submit() -> None:
    problems = problems_in_view({**HOME, "title": plain(3), "submit": plain(3)})
    assert [problem.split(":")[0] for problem in problems] == ["/title", "/submit"]


def test_an_updated_message_may_say_less_than_a_posted_one() -> None:
    posted = {"channel": "C0HARBOR", "text": "x" * 4001}
    assert problems_in_message(posted) == []
    assert problems_in_message({**posted, "ts": "1.2"}) == ["/text: is 4001 characters long; Slack takes 4000."]


def test_a_message_takes_fifty_blocks() -> None:
    assert problems_in_message(a_message(*[{"type": "divider"}] * 50)) == []
    assert problems_in_message(a_message(*[{"type": "divider"}] * 51)) == [
        "/blocks: holds 51 items; Slack takes 0 to 50."
    ]


def test_the_same_action_id_in_two_blocks_is_fine() -> None:
    two = [{"type": "actions", "block_id": place, "elements": [button("try")]} for place in ("one", "two")]
    assert problems_in_message(a_message(*two)) == []


def test_one_table_a_message() -> None:
    table = {"type": "table", "rows": [[raw(1)]]}
    assert problems_in_message(a_message(table)) == []
    assert problems_in_message(a_message(table, table)) == [
        "/blocks: holds 2 blocks of type table; Slack takes 1 in a message."
    ]


def test_two_charts_a_message() -> None:
    chart = MESSAGE["blocks"][12]
    assert problems_in_message(a_message(chart, chart)) == []
    assert len(problems_in_message(a_message(chart, chart, chart))) == 1


def test_markdown_counts_together() -> None:
    half = {"type": "markdown", "text": "x" * 6001}
    assert problems_in_message(a_message(half)) == []
    assert problems_in_message(a_message(half, half)) == [
        "/blocks: markdown together hold 12002 characters; Slack takes 12000."
    ]


def test_markdown_leaves_less_room_for_the_rest() -> None:
    long = [{"type": "section", "text": marked(3000)}] * 4
    assert problems_in_message(a_message(*long, {"type": "section", "text": marked(2000)})) == []
    crowded = problems_in_message(a_message(*long, {"type": "markdown", "text": "x" * 1001}))
    assert crowded == ["/blocks: a message with markdown together hold 13001 characters; Slack takes 13000."]


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    section = {"type": "section", "text": marked(3000)}
    assert problems_in_view({"type": "home", "blocks": [section] * 80}) == []
    assert any("250000" in problem for problem in problems_in_view({"type": "home", "blocks": [section] * 90}))


def test_no_problem_repeats_what_a_person_wrote() -> None:
    secret = "I was afraid to ask " * 200
    broken = a_message(
        {"type": "section", "text": {"type": "mrkdwn", "text": secret}},
        {"type": "section", "text": {"type": "mrkdwn", "text": 3, "words": secret}},
        {"type": "actions", "elements": [{**button("a"), "value": secret, "style": secret}]},
    )
    problems = problems_in_message(broken)
    assert len(problems) == 5
    assert not any("afraid" in problem for problem in problems)
