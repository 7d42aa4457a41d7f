"""Whatever comes, the check answers with lines; it never raises."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.slack_kit.limits import problems_in_message, problems_in_view
from bot.slack_kit.shapes import BLOCKS

NAMES = st.sampled_from(
    [
        "type",
        "text",
        "blocks",
        "elements",
        "element",
        "accessory",
        "options",
        "rows",
        "chart",
        "title",
        "block_id",
        "action_id",
    ]
)
KINDS = st.sampled_from([*BLOCKS, "mrkdwn", "plain_text", "button", "static_select", "modal", "home", "pie", "bar"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("ab:<&>\n", max_size=5) | KINDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)
OBJECTS = st.dictionaries(NAMES, JSON, max_size=5)


@given(OBJECTS)
def test_any_json_gets_an_answer(payload: dict[str, object]) -> None:
    for problem in [*problems_in_message(payload), *problems_in_view(payload)]:
        assert re.match(r"(/[^:]*)?: \S.*\.$", problem.replace("\n", " ")), problem


@given(OBJECTS)
def test_the_answer_is_the_same_twice(payload: dict[str, object]) -> None:
    assert problems_in_message(payload) == problems_in_message(payload)
