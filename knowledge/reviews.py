"""When a card has to be read again."""

from datetime import date, timedelta

from knowledge.card import Card
from knowledge.loader import Base

REVIEW_EVERY = timedelta(days=365)


def review_due(card: Card) -> date:
    """The day from which the card has gone unread for too long."""
    return card.reviewed_on + REVIEW_EVERY


def to_review(base: Base, by: date) -> list[Card]:
    """Cards whose review is due by a day, that day included, the oldest first."""
    due = [card for card in base.cards.values() if review_due(card) <= by]
    return sorted(due, key=lambda card: (card.reviewed_on, card.id))
