"""The first thing a newcomer sees in the terminal."""

from bot.cli.chatting import EXAMPLE
from knowledge.loader import load


def test_the_example_of_the_conversation_is_a_question_that_one_reviewed_card_answers() -> None:
    (card,) = [card for card in load().cards.values() if EXAMPLE in card.questions]
    assert not card.is_limit
    assert card.next_step
