"""A figure in the question, held against entries whose figures are near to one another."""

import pytest

from knowledge.embedder import Embedder
from knowledge.evidence import Figure
from knowledge.found import Premise
from knowledge.premises import contradicted
from tests.builders_knowledge import a_candidate, a_card, an_entry

DIRECTORS = an_entry(
    "directors",
    "8% of directors, before rounding 7.7%, said their board receives reports; 6.6% were unsure.",
    figures=(
        Figure(8, "%", "directors"),
        Figure("7.7", "%", "directors saying their board receives reports"),
        Figure("6.6", "%", "directors unsure whether it does"),
    ),
)
MANAGERS = an_entry(
    "managers",
    "24% of senior managers receive such reports.",
    figures=(Figure(24, "%", "senior managers who receive such reports"),),
)
CARD = a_card("board-reports", ("Of directors 8%.", ("directors",)), ("Of managers 24%.", ("managers",)))
ASKED = "what share of boards get reports?"


def premise_of(text: str, embedder: Embedder, previous: str = "") -> Premise | None:
    return contradicted(text, [a_candidate(CARD, DIRECTORS, MANAGERS)], (), embedder, previous=previous)


def test_a_percentage_and_the_same_one_rounded_contradict_nothing(embedder: Embedder) -> None:
    assert premise_of("so only 7.7% of directors", embedder) is None
    assert premise_of("so 8% say their board receives reports", embedder) is None


def test_what_a_short_claim_is_said_of_stands_in_the_question_before(embedder: Embedder) -> None:
    premise = premise_of("So 24% of boards, good.", embedder, ASKED)
    assert premise is not None
    assert premise.right in DIRECTORS.figures
    assert premise.confused_with == (MANAGERS.figures[0], MANAGERS)


@pytest.mark.parametrize("text", ["So 8% of boards, good.", "so 24% of managers", "so 24% receive such reports"])
def test_a_short_claim_that_the_thread_confirms_is_left_alone(text: str, embedder: Embedder) -> None:
    assert premise_of(text, embedder, ASKED) is None
