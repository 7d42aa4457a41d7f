"""What of the base reaches nobody: findings without a card, and cards no answer was made of."""

from collections.abc import Collection

from knowledge.card import Card, CardId
from knowledge.evidence import Evidence, Strength
from knowledge.loader import Base


def without_a_card(base: Base) -> list[Evidence]:
    """Entries that no card cites, the strong ones first."""
    cited = {id for card in base.cards.values() for id in card.evidence}
    left = [entry for entry in base.evidence.values() if entry.id not in cited]
    return sorted(left, key=lambda entry: (list(Strength).index(entry.strength), entry.id))


def never_told(base: Base, told: Collection[CardId]) -> dict[str, list[Card]]:
    """Cards that are in none of the answers given, by topic, where any topic has some."""
    found: dict[str, list[Card]] = {}
    for card in base.cards.values():
        if card.id not in told:
            found.setdefault(card.topic, []).append(card)
    return found
