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
