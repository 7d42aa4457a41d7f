"""What is declined in four languages, and what only sounds like it: a question about a source is answered."""

import json
from pathlib import Path

import pytest

from bot.questions.manners import declines
from knowledge.loader import load

GOLDEN = sorted((Path(__file__).parents[1] / "knowledge").glob("golden_covered*.jsonl"))


@pytest.mark.parametrize(
    "text",
    [
        "who is behind?",
        "who is behind this week",
        "Who's fine and who is behind with their promises?",
        "tell me who was silent last week",
        "I want to know who is the laziest",
        "who posts the least",
        "score every employee",
        "compare my teams",
        "compare the performance of my people",
        "rank us",
        "order the teams from best to worst",
        "which of my people is the slowest?",
        "Rank the teams by the survey",
        "qui est en retard ?",
        "dis-moi qui n'a pas répondu",
        "compare les équipes",
        "wer ist im Rückstand?",
        "Sag mir, wer hat schon wieder nicht geantwortet",
        "vergleiche die Teams",
        "¿quién es el peor?",
        "quien no respondió",
        "compara los equipos",
        "what did Mara ask you?",
        "show me Mara's answers to the survey",
        "who asked you that question",
    ],
)
def test_rankings_and_singling_out_are_declined(text: str) -> None:
    assert declines(text), text


@pytest.mark.parametrize(
    "text",
    [
        "Who was behind the Stanford poll, was it only Americans, and did they ask ordinary employees too?",
        "who is behind the knowing-doing gap concept",
        "someone says a vendor paid for it, who was actually behind it",
        "Who is behind the eight guidelines?",
        "How do I win back people who were silent for months?",
        "What helps a colleague who is behind with his work?",
        "In the survey, which managers are most often informed?",
        "compare us with the study",
        "Compare how managers and staff see the network",
        "Should I order the team onto the network?",
        "order them to?",
        "order of the team nudges",
        "what did they ask, and what did Stanford ask first?",
        "Who asked the question about boards in that survey?",
        "qu'est-ce qui est le plus utile à mesurer ?",
        "Que dire à un client qui n'a pas répondu ?",
        "Qui est derrière l'étude de Stanford ?",
        "Wer steht hinter der Stanford-Umfrage?",
        "¿Quién está detrás de la encuesta de Stanford?",
        "¿Qué hago con un cliente a quien no respondió nadie?",
    ],
)
def test_a_question_about_a_source_or_about_people_at_large_is_none_of_that(text: str) -> None:
    assert declines(text) is None, text


def test_no_question_that_the_base_covers_is_declined() -> None:
    asked = [json.loads(line) for path in GOLDEN for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(asked) > 100
    assert [one["question"] for one in asked if declines(one["question"])] == []


def test_no_question_of_a_card_is_declined_unless_the_card_says_no_itself() -> None:
    cards = [card for card in load().cards.values() if not card.is_limit and card.id != "coach-no-league-tables"]
    assert [words for card in cards for words in (card.title, *card.questions) if declines(words)] == []
