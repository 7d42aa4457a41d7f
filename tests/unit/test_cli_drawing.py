"""What a person at a terminal sees."""

import pytest
from rich.console import Console, RenderableType

from bot.cli.drawing import answer_block, plain, search_block
from bot.questions.model import Answer, Citation, Said, Status
from knowledge.evidence import Strength
from tests.builders_knowledge import a_candidate, a_card, an_entry, found


def drawn(block: RenderableType) -> str:
    console = Console(width=90, record=True, file=open("/dev/null", "w"))  # noqa: SIM115  recorded, not written
    console.print(block)
    return console.export_text()


def an_answer(text: str = "14% do.", status: Status = Status.ANSWERED, **more) -> Answer:
    weak = an_entry(caveat="One survey only.", strength=Strength.WEAK)
    return Answer(status, (Said(text, ("measure",)),), (Citation(1, weak, "who-measures"),), **more)


def test_an_answer_shows_its_text_what_to_try_and_each_source_with_year_kind_and_caveat() -> None:
    shown = drawn(answer_block(an_answer(next_step="Count one thing.")))
    assert "14% do [1]." in shown
    assert "Try within 7 days  Count one thing." in shown
    assert "[1] Doe, J. (2012). A survey. survey. One survey only." in shown


def test_a_source_with_a_page_of_its_own_shows_the_whole_address() -> None:
    from dataclasses import replace

    address = (
        "https://publisher.example/a-very-long-address/that-does-not-fit/on-one-line/of-this-narrow-terminal/at-all"
    )
    entry = replace(an_entry(), source=replace(an_entry().source, link=address))
    answer = Answer(Status.ANSWERED, (Said("14% do.", ("measure",)),), (Citation(1, entry, "who-measures"),))
    assert address in "".join(drawn(answer_block(answer)).split())


@pytest.mark.parametrize(
    ("status", "title"), [(Status.CLOSEST, "The nearest I have"), (Status.NOTHING, "Not in my sources")]
)
def test_what_is_no_answer_says_so_above_and_names_the_nearest_topics(status: Status, title: str) -> None:
    shown = drawn(answer_block(Answer(status, (Said("I have nothing on that."),), nearest_topics=("the survey",))))
    assert title in shown
    assert "· the survey" in shown


def test_a_greeting_has_no_sources() -> None:
    assert "Sources" not in drawn(answer_block(Answer(Status.SMALL_TALK, (Said("Hello!"),))))


def test_words_cannot_steer_the_terminal_or_its_markup() -> None:
    shown = drawn(answer_block(an_answer("\x1b[31m[bold]14%[/bold]\x07 do.")))
    assert "[bold]14%[/bold]" in shown
    assert "\x1b" not in plain("\x1b[31m red \x9b1m").plain


def test_a_search_shows_every_candidate_with_its_signals_and_what_the_coach_makes_of_it() -> None:
    near = a_candidate(a_card("who-measures"), an_entry(), score=0.7)
    shown = drawn(search_block(found(near, a_candidate(a_card("fear"), score=0.4), confidence=0.6)))
    assert "who-measures  0.700  0.70" in shown
    assert "fear" in shown
    assert "Confidence 0.60: sure enough to answer." in shown


@pytest.mark.parametrize(("confidence", "says"), [(0.3, "named as the nearest, no answer"), (0.1, "nothing on that")])
def test_a_search_that_is_not_sure_says_what_it_would_do(confidence: float, says: str) -> None:
    assert says in drawn(search_block(found(a_candidate(a_card()), confidence=confidence)))
