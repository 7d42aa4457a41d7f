"""What people say about the answer just given, in words that stand in no list."""

import pytest

from knowledge.asides import Asides
from knowledge.embedder import Embedder
from knowledge.own_texts import OwnTexts


@pytest.fixture(scope="module")
def asides(embedder: Embedder) -> Asides:
    return Asides(OwnTexts(embedder))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("who published this", "source"),
        ("any reference i can cite", "source"),
        ("so is it scientifically sound", "certainty"),
        ("how old is this data", "certainty"),
        ("gimme the short one", "short"),
        ("key points only", "short"),
        ("what were the numbers again", "figures"),
        ("which would you go for", "advice"),
        ("show me an example", "example"),
        ("a list of the steps please", "steps"),
        ("how do i cure it", "remedy"),
        ("how would i notice", "signs"),
        ("what makes it that bad", "reason"),
        ("how do i count it", "measure"),
    ],
)
def test_it_hears_which_side_of_the_last_answer_is_asked_for(text: str, side: str, asides: Asides) -> None:
    assert asides.read(text, 0.3) == side


@pytest.mark.parametrize(
    "text",
    [
        "and for teams of three?",
        "how do i tell my people",
        "what about night shifts",
        "so ban it?",
        "and if nobody measures it",
        "how do i fix the dishwasher",
    ],
)
def test_what_goes_on_to_something_else_is_no_aside(text: str, asides: Asides) -> None:
    assert asides.read(text, 0.3) is None


def test_what_the_base_itself_is_asked_is_no_aside(asides: Asides) -> None:
    assert asides.read("gimme the short one", 0.99) is None


@pytest.mark.parametrize("text", ["is the 76% proven", "is that still so in 2024", "is that true in Denmark"])
def test_a_message_that_names_a_figure_a_year_or_a_country_is_a_question_of_its_own(text: str, asides: Asides) -> None:
    assert asides.read(text, 0.3) is None


def test_a_long_message_is_a_question_of_its_own(asides: Asides) -> None:
    assert asides.read("say it in one sentence because my boss has no time for more than a line", 0.3) is None
