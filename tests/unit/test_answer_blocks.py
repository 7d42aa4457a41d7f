"""What an answer looks like in Slack. The expected messages are files: paste one into Block Kit Builder to see it.

After a wanted change: COACH_WRITE_GOLDEN=1 writes them anew, and the difference is reviewed.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import help_message
from bot.questions.blocks import ask_window, content, gaps_counted, led_by, on_its_way, shared_by, with_controls
from bot.questions.buttons import (
    BUTTONS,
    NOTHING_PRESSED,
    REASONS,
    WORDS,
    Asking,
    Pressed,
    asking_of,
    offers,
)
from bot.questions.model import Answer, Citation, Gap, Said, Status
from bot.slack_kit.limits import problems_in_message, problems_in_view
from bot.slack_kit.pieces import Piece, note
from knowledge.evidence import Source
from tests.builders import an_answer, nothing, small_talk, the_closest
from tests.builders_knowledge import an_entry

GOLDEN = Path(__file__).parents[1] / "golden"
ASKING = Asking("0192-answer", "What share of boards get reports?")


def drawn(answer: Answer, pressed: Pressed = NOTHING_PRESSED, *, hint: bool = False, shareable: bool = False) -> Piece:
    offered = offers(answer.status, has_step=bool(answer.next_step), shareable=shareable)
    return with_controls(content(answer, hint=hint), ASKING, offered, pressed)


MESSAGES = {
    "answered": drawn(an_answer(related=("The 2012 survey", "Why nobody measures"))),
    "answered_by_a_model_in_a_channel": drawn(an_answer(writer="openai:gpt"), hint=True),
    "answered_for_one_person": drawn(an_answer(), shareable=True),
    "closest": drawn(the_closest()),
    "nothing": drawn(nothing("the five barriers between knowing and doing")),
    "small_talk": drawn(small_talk()),
    "not_helpful_asks_why": drawn(an_answer(), Pressed("not_helpful")),
    "everything_pressed": drawn(an_answer(), Pressed("not_helpful", "too_vague", committed=True)),
    "asks_what_to_pass_on": drawn(nothing(), Pressed(passing=True)),
    "passed_on": drawn(nothing(), Pressed(passed_on="named")),
    "shared": shared_by(drawn(an_answer()), "U0MARA", "What share of boards get reports?"),
    "help": help_message({}),
    "gaps": gaps_counted([Gap("coach", 3, ("How do I mute you?",)), Gap("survey", 2), Gap("", 1)]),
    "gaps_none": gaps_counted([]),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_message_is_the_one_that_was_reviewed(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    written = json.dumps(MESSAGES[name], indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("COACH_WRITE_GOLDEN") == "1":
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_the_message(name: str) -> None:
    assert problems_in_message(MESSAGES[name]) == []


@pytest.mark.parametrize("view", [ask_window(), on_its_way()], ids=["ask", "sent"])
def test_slack_takes_the_window(view: Piece) -> None:
    assert problems_in_view(view) == []


def test_words_of_people_and_models_come_out_dead() -> None:
    bad = "<!channel> see <https://evil.example|here> & <@U123>"
    entry = replace(
        an_entry(sample=bad), source=Source("A <B>", 2012, "T & <!here>", "P", "https://a.example/?x=1&y=2")
    )
    answer = replace(an_answer(bad, next_step=bad, related=(bad,)), citations=(Citation(1, entry, "c"),))
    messages = [drawn(answer), led_by(drawn(answer), bad), shared_by(drawn(answer), "U0MARA", bad), note(bad)]
    messages.append(
        with_controls(
            content(nothing()), Asking("a", bad), offers(Status.NOTHING, has_step=False), Pressed(passing=True)
        )
    )
    for message in messages:
        words = " ".join(_mrkdwn(message))
        assert "<!" not in words
        assert "<@U123>" not in words
        assert "<https://evil" not in words


def test_the_title_of_a_source_is_linked_only_where_a_link_is_allowed() -> None:
    linked = replace(
        an_entry(), source=Source("Doe, J.", 2012, "On <tools> & talk.", "P", "https://a.example/?x=1&y=2")
    )
    shown = " ".join(_mrkdwn(drawn(an_answer(entry=linked))))
    assert "<https://a.example/?x=1&amp;y=2|On &lt;tools&gt; &amp; talk>" in shown
    assert "http" not in " ".join(_mrkdwn(drawn(an_answer())))


def test_a_very_long_answer_is_split_and_none_of_it_is_lost() -> None:
    said = tuple(Said(f"Sentence {n} has a few words in it.") for n in range(400))
    message = drawn(Answer(Status.ANSWERED, said))
    assert problems_in_message(message) == []
    shown = " ".join(_mrkdwn(message))
    assert all(f"Sentence {n} has" in shown for n in range(400))


def test_many_sources_are_all_listed() -> None:
    entries = [an_entry(f"e{n}", sample="people of many kinds, " * 10) for n in range(40)]
    citations = tuple(Citation(n, entry, "card") for n, entry in enumerate(entries, start=1))
    message = drawn(replace(an_answer(), citations=citations))
    assert problems_in_message(message) == []
    assert all(f"{n}. Doe" in " ".join(_mrkdwn(message)) for n in range(1, 41))


@pytest.mark.parametrize("words", ["x" * 40_000, "a word " * 10_000, "", "line\nline", "עברית ‏", "\u200b"])
def test_a_button_carries_the_words_it_was_asked_in_as_far_as_slack_takes_them(words: str) -> None:
    message = with_controls(content(nothing()), Asking("id", words), offers(Status.NOTHING, has_step=False))
    assert problems_in_message(message) == []
    carried = asking_of(Asking("id", words).value)
    assert carried.answer_id == "id"
    assert len(carried.words) <= WORDS
    assert words.startswith(carried.words.removesuffix("…").rstrip())


def test_pressing_leaves_the_words_of_the_answer_as_they_were() -> None:
    before = drawn(an_answer())
    after = with_controls(before, ASKING, offers(Status.ANSWERED, has_step=True), Pressed("helpful", committed=True))
    assert [block for block in after["blocks"] if "block_id" not in block] == [  # type: ignore[attr-defined]
        block
        for block in before["blocks"]
        if "block_id" not in block  # type: ignore[attr-defined]
    ]
    assert after["text"] == before["text"]


def test_every_button_that_is_drawn_has_a_listener() -> None:
    drawn_ids = {
        element["action_id"]
        for message in MESSAGES.values()
        for block in message["blocks"]  # type: ignore[attr-defined]
        for element in block.get("elements", [])
        if "action_id" in element
    }
    assert drawn_ids == {*BUTTONS, *REASONS}


def _mrkdwn(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _mrkdwn(one)]
    if not isinstance(value, dict):
        return []
    own = [str(value["text"])] if value.get("type") == "mrkdwn" else []
    return own + [text for name, one in value.items() for text in _mrkdwn(one)]
