"""Pieces keep Slack's limits: what may lose its end does, what may not is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack_kit import pieces
from bot.slack_kit.limits import problems_in_message, problems_in_view
from bot.slack_kit.mrkdwn import escape, plain

YES, NO = pieces.option("Yes", "yes"), pieces.option("No", "no", "Rather not")


def every_block(words: str) -> list[pieces.Piece]:
    return [
        pieces.section(words, block_id="answer", accessory=pieces.overflow("more", [YES, NO])),
        pieces.header(words),
        pieces.context(words, "[1] Survey, 2012"),
        pieces.divider(),
        pieces.actions(
            "next",
            pieces.button("Try this within 7 days", "try", "a1", style="primary", accessibility_label="Try step one"),
            pieces.button("Pass it on", "pass"),
            pieces.static_select("reason", [YES, NO], placeholder="Why?", chosen=NO),
            pieces.radio("which", [YES, NO], chosen=YES),
        ),
    ]


def every_input() -> list[pieces.Piece]:
    typed = pieces.plain_text_input(
        "text", placeholder="How do …?", multiline=True, initial_value="How", max_length=500
    )
    return [
        pieces.input_block("Your question", typed, block_id="question", hint="In your own words"),
        pieces.input_block("Topic", pieces.static_select("topic", [YES]), block_id="topic", optional=True),
        pieces.input_block("Sure?", pieces.radio("sure", [YES]), block_id="sure"),
    ]


def thumbs() -> pieces.Piece:
    return pieces.feedback_buttons("helpful", positive=("Helpful", "a1:yes"), negative=("Not helpful", "a1:no"))


def test_every_piece_passes_slacks_limits() -> None:
    assert problems_in_message(pieces.message("14% measure it.", [*every_block("*14%*"), thumbs()])) == []


def test_a_modal_passes_slacks_limits() -> None:
    modal = pieces.modal("Ask", every_input(), callback_id="ask", submit="Ask", private_metadata='{"channel": "C1"}')
    assert problems_in_view(modal) == []


def test_a_modal_without_a_question_needs_no_submit() -> None:
    assert problems_in_view(pieces.modal("Sources", every_block("x"), callback_id="sources")) == []


def test_a_home_tab_passes_slacks_limits() -> None:
    assert problems_in_view(pieces.home(every_block("Good morning."))) == []


@given(st.text(st.characters(codec=None), min_size=1, max_size=50), st.integers(1, 400))
def test_whatever_a_person_writes_what_is_drawn_passes(words: str, times: int) -> None:
    text = escape(words * times).strip()
    if text:
        assert problems_in_message(pieces.message(plain(text) or "…", every_block(text))) == []


@pytest.mark.parametrize(("draw", "most"), [(pieces.section, 3000), (pieces.header, 150), (pieces.context, 3000)])
def test_a_long_text_is_shortened_at_a_word(draw: Any, most: int) -> None:
    piece = draw("word " * 1000)
    text = (piece.get("text") or piece["elements"][0])["text"]
    assert most - 5 <= len(text) <= most
    assert text.endswith("word…")


def test_slack_makes_no_links_and_mentions_of_plain_words() -> None:
    drawn = [pieces.section("@here https://example.com #general")["text"], *pieces.context("@here")["elements"]]  # type: ignore[misc]
    assert [text["verbatim"] for text in drawn] == [True, True]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: pieces.button("x" * 76, "try"),
        lambda: pieces.button("Try", "x" * 256),
        lambda: pieces.button("Try", "try", "x" * 2001),
        lambda: pieces.button("Try", "try", accessibility_label="x" * 76),
        lambda: pieces.button("", "try"),
        lambda: pieces.button("\u200b", "try"),
        lambda: pieces.button("Try", ""),
        lambda: pieces.option("x" * 76, "yes"),
        lambda: pieces.option("Yes", "x" * 151),
        lambda: pieces.option("Yes", ""),
        lambda: pieces.static_select("a", []),
        lambda: pieces.static_select("a", [YES] * 101),
        lambda: pieces.static_select("a", [YES], placeholder="x" * 151),
        lambda: pieces.radio("a", [YES] * 11),
        lambda: pieces.overflow("a", [YES] * 6),
        lambda: pieces.plain_text_input("a", initial_value="x" * 3001),
        lambda: pieces.input_block("x" * 2001, pieces.plain_text_input("a"), block_id="b"),
        lambda: pieces.actions("b", *[pieces.button("Try", str(n)) for n in range(26)]),
        lambda: pieces.actions("b"),
        lambda: pieces.context(*["x"] * 11),
        lambda: pieces.section(""),
        lambda: pieces.header("\u200b"),
        lambda: pieces.section("x", block_id="x" * 256),
        lambda: pieces.feedback_buttons("f", positive=("Helpful", ""), negative=("Not", "no")),
        lambda: pieces.modal("x" * 25, [pieces.divider()], callback_id="c"),
        lambda: pieces.modal("Ask", [], callback_id="c"),
        lambda: pieces.modal("Ask", [pieces.divider()], callback_id="c", private_metadata="x" * 3001),
        lambda: pieces.home([pieces.divider()] * 101),
        lambda: pieces.message("x", [pieces.divider()] * 51),
        lambda: pieces.message(" "),
    ],
)
def test_what_would_lose_its_meaning_is_refused(draw: Any) -> None:
    with pytest.raises(pieces.LimitError, match="Slack takes"):
        draw()


def test_a_message_without_blocks_is_its_text() -> None:
    assert pieces.message("Thank you for saying so.") == {"text": "Thank you for saying so.", "blocks": []}


def test_the_text_of_a_message_can_also_be_sent_as_an_update() -> None:
    assert problems_in_message({**pieces.message("word " * 5000), "ts": "1.2"}) == []
