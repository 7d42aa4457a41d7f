"""A figure in the question, held against entries whose figures are near to one another."""

from dataclasses import replace

import pytest

from knowledge.embedder import Embedder
from knowledge.evidence import Evidence, Figure
from knowledge.found import Premise
from knowledge.own_texts import OwnTexts
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
    return contradicted(text, [a_candidate(CARD, DIRECTORS, MANAGERS)], (), OwnTexts(embedder), previous=previous)


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


HABIT = an_entry(
    "habit",
    "In a study of 96 volunteers a new habit took 66 days on average.",
    figures=(Figure(96, "volunteers", "study"), Figure(66, "days", "average of the study")),
    year=2010,
)
PLANS = an_entry(
    "plans",
    "Across 94 tests, if-then plans had a medium-to-large effect on reaching goals (d = 0.65).",
    figures=(Figure(0.65, "d", "effect on reaching goals"), Figure(94, "tests", "meta-analysis")),
    year=2006,
)


def put_right(text: str, embedder: Embedder, *entries: Evidence, id: str = "a-card", topic: str = "survey") -> object:
    card = replace(a_card(id, ("So it is.", tuple(entry.id for entry in entries))), topic=topic)
    premise = contradicted(text, [a_candidate(card, *entries)], (), OwnTexts(embedder))
    return premise.right.value if premise else None


@pytest.mark.parametrize("text", ["two out of ten directors get reports", "a third of the directors get reports"])
def test_shares_told_in_words_are_figures_too(text: str, embedder: Embedder) -> None:
    assert put_right(text, embedder, DIRECTORS) in (8, "7.7")


def test_a_share_in_words_may_be_a_little_off(embedder: Embedder) -> None:
    watch = an_entry(
        "watch", "32% of companies watch it.", figures=(Figure(32, "%", "companies that watch social media"),)
    )
    assert put_right("so a third of companies watch social media", embedder, watch) is None
    assert put_right("so half of the companies watch social media", embedder, watch) == 32


def test_a_count_is_held_against_counts_of_the_same_thing(embedder: Embedder) -> None:
    assert put_right("a new habit takes 21 days in that study", embedder, HABIT) == 66
    assert put_right("the study of habits had 960 students", embedder, HABIT) == 96
    assert put_right("the study of habits took 12 meetings", embedder, HABIT) is None


def test_an_effect_is_held_against_effects(embedder: Embedder) -> None:
    assert put_right("as d=.8 for if-then plans shows we should write them", embedder, PLANS) == 0.65
    assert put_right("with d = .65 for if-then plans", embedder, PLANS) is None


def test_a_count_in_words_is_held_against_the_base(embedder: Embedder) -> None:
    book = an_entry("book", "The book names five barriers.", figures=(Figure(5, "barriers", "chapters of the book"),))
    assert put_right("what are the six barriers of the book", embedder, book) == 5
    assert put_right("what are the five barriers of the book", embedder, book) is None


@pytest.mark.parametrize(
    "text",
    [
        "our team of 40 volunteers needs 21 days for a habit",
        "we gave it 30 days",
        "I have 300 volunteers, how do I start",
        "habits at us took 90 days",
    ],
)
def test_what_people_say_of_their_own_firm_is_never_put_right(text: str, embedder: Embedder) -> None:
    assert put_right(text, embedder, HABIT) is None


def test_what_people_say_of_the_coach_is(embedder: Embedder) -> None:
    rule = an_entry(
        "rule", "A team has at most 3 active metrics.", figures=(Figure(3, "active metrics", "for one team"),)
    )
    assert put_right("so I can keep 10 metrics active in a team", embedder, rule, topic="coach") == 3


def test_a_work_given_a_wrong_year_is_dated(embedder: Embedder) -> None:
    assert put_right("the habit study of 2015, who was in it", embedder, HABIT) == 2010
    assert put_right("the habit study of 2010, who was in it", embedder, HABIT) is None
    assert put_right("is there a newer habit study, say 2015", embedder, HABIT) is None


def test_a_value_within_a_range_contradicts_nothing(embedder: Embedder) -> None:
    time = an_entry("time", "A habit took 18 to 254 days.", figures=(Figure("18-254", "days", "until a habit"),))
    assert put_right("a habit takes 100 days", embedder, time) is None
    assert put_right("a habit takes 400 days", embedder, time) == "18-254"


def test_of_two_findings_that_of_the_author_named_is_meant(embedder: Embedder) -> None:
    tests = (Figure(94, "tests", "meta-analysis"),)
    other = replace(PLANS, id="other", figures=(Figure(642, "tests", "meta-analysis"),))
    named = replace(PLANS, id="named", figures=tests, source=replace(PLANS.source, authors="Gollwitzer, P."))
    assert put_right("did gollwitzer have 50 tests of if-then plans", embedder, other, named) == 94


def test_a_figure_with_its_digits_swapped_is_the_likelier_one(embedder: Embedder) -> None:
    figures = (Figure(52, "%", "companies calling it important"), Figure(36, "%", "companies calling it important"))
    entry = an_entry("important", "Companies called it important.", figures=figures)
    assert put_right("63% of companies called it important", embedder, entry) == 36


def test_a_share_of_respondents_is_none_of_companies(embedder: Embedder) -> None:
    figures = (Figure(90, "%", "respondents who say they understand social media"),)
    entry = an_entry("understand", "90% of respondents say they understand social media.", figures=figures)
    assert put_right("since 90% of companies say they understand social media", embedder, entry) == 90
    assert put_right("since 90% of respondents say they understand social media", embedder, entry) is None
    assert put_right("since 90% say they understand social media", embedder, entry) is None


def test_an_effect_told_of_its_cause_is_left_alone(embedder: Embedder) -> None:
    figures = (Figure(0.40, "d", "effect on reaching goals"), Figure(1.98, "d", "effect on monitoring frequency"))
    entry = an_entry("check", "Monitoring helps people to reach goals, d = 0.40.", figures=figures)
    assert put_right("d = 0.40 for monitoring, is that medium", embedder, entry) is None


def test_in_a_thread_the_figures_it_was_answered_from_are_in_front(embedder: Embedder) -> None:
    trains = an_entry(
        "trains",
        "31% said in 2012 that their firm trains staff, 42% in 2014.",
        figures=(Figure(31, "%", "2012"), Figure(42, "%", "2014")),
    )
    asked = "how many firms train their staff on social media"
    premise = contradicted(
        "so 31% in 2014, ok", [a_candidate(CARD, DIRECTORS)], [trains], OwnTexts(embedder), previous=asked
    )
    assert premise is not None
    assert premise.right.value == 42


WATCH = an_entry("watch", "32% of companies watch it.", figures=(Figure(32, "%", "companies that watch social media"),))
COUNT = an_entry("count", "14% of companies measure it.", figures=(Figure(14, "%", "companies that measure by it"),))


def test_two_figures_of_a_message_may_be_swapped(embedder: Embedder) -> None:
    assert put_right("32% of companies measure and 14% of companies watch", embedder, WATCH, COUNT) in (32, 14)
    assert put_right("32% of companies watch and 14% of companies measure", embedder, WATCH, COUNT) is None
