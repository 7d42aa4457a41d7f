"""Figures in what people write, in digits and in words."""

import pytest

from knowledge.claims import claims_in, in_digits


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("two out of ten say so", "20%~ say so"),
        ("one case in four", "25%~"),
        ("a third of them", "33%~ of them"),
        ("two thirds", "67%~"),
        ("half of the firms", "50%~ of the firms"),
        ("half a year later", "half a year later"),
        ("the third guideline", "the third guideline"),
        ("six barriers", "6 barriers"),
        ("one of them", "one of them"),
    ],
)
def test_shares_and_counts_in_words_are_read_as_digits(text: str, told: str) -> None:
    assert in_digits(text) == told


@pytest.mark.parametrize(
    ("text", "sort", "number"),
    [
        ("so 24% of boards", "percent", "24"),
        ("it gave 8.7 points in the field", "points", "8.7"),
        ("it gave 42 percent points more", "points", "42"),
        ("d = .80 for plans", "d", ".8"),
        ("r=0.63 for ease of use", "r", ".63"),
        ("1,800 executives were asked", "count", "1800"),
        ("the survey of 2015", "year", "2015"),
        ("in her 1999 study", "year", "1999"),
    ],
)
def test_each_figure_is_of_a_sort(text: str, sort: str, number: str) -> None:
    assert [(claim.sort, claim.number) for claim in claims_in(text)] == [(sort, number)]


@pytest.mark.parametrize(
    "text", ["in 2015 things changed", "a newer survey, maybe 2019", "we have 40 seats", "#42", "v1.2-3"]
)
def test_no_claim_is_a_year_that_dates_no_work_a_figure_of_one_s_own_or_a_number_in_a_name(text: str) -> None:
    assert list(claims_in(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "is 30% of staff posting a good target",
        "is 10 minutes a day enough",
        "is it ok if 2 of 7 people write everything",
        "give me 3 reasons to measure",
        "top 5 metrics please",
        "please name 2 examples",
    ],
)
def test_what_is_asked_for_or_aimed_at_is_no_claim(text: str) -> None:
    assert not list(claims_in(text))


@pytest.mark.parametrize("text", ["send me the 12 guidelines", "they list seven traps", "debriefs give 40% more"])
def test_what_is_asked_about_is_one(text: str) -> None:
    assert len(list(claims_in(text))) == 1


def test_a_number_with_nothing_beside_it_is_said_of_the_clause_before() -> None:
    assert [claim.words for claim in claims_in("most firms measure, 86% i think")] == ["most firms measure i think"]
    assert not list(claims_in("we measure a lot, 86% i think"))
