"""What the knowledge base has for a nudge: practices from cards, metrics from the catalogue."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from bot.nudges.model import Practice, Suggestion
from bot.questions.model import Said, citations_of, source_line
from knowledge.card import Card

if TYPE_CHECKING:
    from knowledge.loader import Base

FITTING = 5
TOPICS = ("follow-through", "adoption", "barriers", "metric-design", "guidelines", "theses")
"""Topics whose next steps are practices for a team, in the order they are taken from where it asked about none."""
FIRST = ("m-answered-24h", "m-first-reply-median", "m-people-posting", "m-owner-date", "m-decisions-closed")
"""Metrics that are easy to begin with, where nothing the team asked about points elsewhere."""
BARRIER_OF = {"barriers": "", "follow-through": "talk", "survey": "measurement", "metric-design": "measurement"}


def practices(base: "Base", asked: Sequence[str], used: Collection[str]) -> tuple[Practice, ...]:
    """Next steps of cards, those of topics the team asked about first; what was shown lately is left out."""
    wanted = [topic for topic in asked if topic in TOPICS]
    order = [*wanted, *(topic for topic in TOPICS if topic not in wanted)]
    rank = {topic: place for place, topic in enumerate(order)}
    fitting = [
        card
        for card in base.cards.values()
        if card.topic in rank and card.next_step and not card.is_limit and card.id not in used
    ]
    chosen = sorted(fitting, key=lambda card: (rank[card.topic], card.id))[:FITTING]
    return tuple(_practice(card, base, card.topic in wanted) for card in chosen)


def suggestions(base: "Base", asked: Sequence[str], used: Collection[str]) -> tuple[Suggestion, ...]:
    """Metrics that fit the barrier behind what the team asked about, then those that are easy to begin with."""
    barriers = [barrier for topic in asked if (barrier := BARRIER_OF.get(topic))]
    entries = [entry for entry in base.evidence.values() if entry.metric and entry.id not in used]
    fitting = [
        entry.id for barrier in barriers for entry in entries if entry.metric and barrier in entry.metric.barriers
    ]
    ids = dict.fromkeys([*fitting[:2], *FIRST])
    return tuple(
        Suggestion(id, metric.name, metric.decision)
        for id in ids
        if id in base.evidence and id not in used and (metric := base.evidence[id].metric)
    )


def _practice(card: Card, base: "Base", is_asked: bool) -> Practice:
    entries = {entry.id: entry for entry in base.of(card.evidence)}
    cited = citations_of([Said(one.text, one.cites) for one in card.sentences if one.cites], entries, [card])
    source = source_line(cited[0]) if cited else ""
    return Practice(card.id, card.title, card.next_step or "", source, is_asked)
