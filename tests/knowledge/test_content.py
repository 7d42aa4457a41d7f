"""What the base promises to hold: how much, on what, and how it tells where sources disagree."""

import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from knowledge.asides import EXAMPLES
from knowledge.card import TOPICS
from knowledge.coverage import without_a_card
from knowledge.evidence import Strength
from knowledge.golden import golden_in
from knowledge.loader import load

BASE = load()
GOLDEN = golden_in(Path(__file__).parent)
BARRIERS = ("talk", "memory", "fear", "measurement", "competition")
DISAGREEMENTS = yaml.safe_load(Path(__file__).with_name("disagreements.yaml").read_text(encoding="utf-8"))
PLAYBOOKS = ("first-30-days", "pilot-to-habit", "listening-routine", "first-community")
OBJECTIONS = (
    "no-time",
    "no-return",
    "too-old",
    "it-forbids",
    "just-chatter",
    "tried-before",
    "email-works",
    "loss-of-control",
)
COACH = {
    "coach-commitment-states": ("kept, missed or dropped", "move it before its day", "counts as silent"),
    "coach-follow-through-figures": ("kept, divided by kept plus missed plus silent", "from 5 on"),
    "coach-metric-count": ("at most 3 active metrics",),
    "coach-nudges": ("at most 1 nudge a week", "at most 1 digest a day"),
    "coach-report-content": ("opens with the lead's own commitments", "decided, nothing to decide, discuss"),
    "coach-how-long-kept": ("until you delete them", "after 400 days"),
    "coach-export-and-delete": ("/coach settings", "a JSON file", "deletes it"),
    "coach-small-numbers-hidden": ("fewer than 5 people or 5 events", "appears as 1-2", "never below 3"),
    "coach-who-sees-what": ("your team, your lead, or only you", "nobody is told who has not answered"),
    "coach-no-league-tables": ("neither people nor teams",),
}
"""What a card on the coach has to say, in its own words, for the product to be told truly."""


def test_there_are_at_least_170_cards_and_60_of_them_say_what_is_not_known() -> None:
    limits = [card for card in BASE.cards.values() if card.is_limit]
    assert len(BASE.cards) >= 170
    assert len(limits) >= 60
    assert [card.id for card in limits if not 4 <= len(card.questions) <= 8] == []


def test_every_topic_has_answers_and_limits_near_them() -> None:
    answers = Counter(card.topic for card in BASE.cards.values() if not card.is_limit)
    limits = Counter(card.topic for card in BASE.cards.values() if card.is_limit)
    assert [topic for topic in TOPICS if answers[topic] < 5] == []
    assert [topic for topic in TOPICS if not limits[topic]] == []


def test_no_strong_finding_is_without_a_card() -> None:
    assert [entry.id for entry in without_a_card(BASE) if entry.strength is Strength.STRONG] == []


def test_every_card_has_something_to_do_on_monday() -> None:
    assert [card.id for card in BASE.cards.values() if not card.what_to_do] == []


@pytest.mark.parametrize("barrier", BARRIERS)
def test_each_barrier_is_told_by_its_signs_its_cause_its_remedy_and_inside_and_outside_the_firm(barrier: str) -> None:
    kinds = ("signs", "why", "fix", "in-social-tools", "outside")
    assert [kind for kind in kinds if f"{barrier}-{kind}" not in BASE.cards] == []


def test_every_barrier_has_a_case() -> None:
    told = BASE.cards["barrier-cases"].text
    assert [word for word in ("Talk", "Memory", "Fear", "Rivalry", "measurement") if word not in told] == []


def test_all_eight_guidelines_have_a_card() -> None:
    guidelines = {int(n) for card in BASE.cards.values() for n in re.findall(r"^Guideline (\d)", card.title)}
    assert guidelines == set(range(1, 9))


def test_the_51_metrics_of_the_catalogue_have_every_field_and_a_card_each() -> None:
    metrics = {entry.id: entry.metric for entry in BASE.evidence.values() if entry.metric}
    assert len(metrics) == 51
    assert [id for id, metric in metrics.items() if not all(asdict(metric).values())] == []
    told = {card.evidence[0] for card in BASE.cards.values() if card.topic == "metrics" and not card.is_limit}
    assert set(metrics) - told == set()


def test_the_objections_and_playbooks_are_there() -> None:
    wanted = (*PLAYBOOKS, *(f"objection-{name}" for name in OBJECTIONS))
    assert [id for id in wanted if id not in BASE.cards] == []


@pytest.mark.parametrize("told", DISAGREEMENTS, ids=lambda told: told["what"])
def test_a_disagreement_is_told_with_both_sides_and_what_to_rely_on(told: dict[str, str]) -> None:
    text = BASE.cards[told["card"]].text
    assert [told[part] for part in ("one", "other", "rely") if told[part] not in text] == []


@pytest.mark.parametrize("id", COACH)
def test_a_card_on_the_coach_says_what_the_coach_does(id: str) -> None:
    assert [words for words in COACH[id] if words not in BASE.cards[id].text] == []


def test_the_golden_questions_name_cards_that_are_there() -> None:
    named = {id for golden in GOLDEN for id in golden.cards}
    assert named - set(BASE.cards) == set()


def test_no_golden_question_is_one_the_search_has_seen() -> None:
    seen = {words for card in BASE.cards.values() for words in (*card.questions, *card.heard, *card.beyond)}
    assert {golden.question for golden in GOLDEN if not golden.first} & seen == set()


def test_no_follow_up_of_the_golden_set_is_an_example_of_an_aside() -> None:
    examples = {line for lines in yaml.safe_load(EXAMPLES.read_text(encoding="utf-8")).values() for line in lines}
    assert {golden.question.strip(" ?!.") for golden in GOLDEN if golden.first} & examples == set()
