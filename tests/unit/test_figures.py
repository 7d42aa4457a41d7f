from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import figures_in, untraceable
from tests.builders_knowledge import an_entry


def test_numbers_ratios_and_fractions_are_figures():
    assert figures_in("In 2012, 14% of 1,216 firms, one in seven, about half.") == {
        "2012",
        "14",
        "1216",
        "1 in 7",
        "half",
    }


def test_a_third_is_a_figure_and_the_third_is_none():
    assert figures_in("A third of them, then the third of firms that measure.") == {"third"}
    assert not figures_in("The second and third month, the third time.")


def test_the_same_number_written_in_two_ways_is_one_figure():
    assert figures_in("d = .65") == figures_in("d = 0.65") == figures_in("d = 0.650")


def test_a_figure_that_no_cited_entry_states_is_untraceable():
    assert untraceable("It was 24% in 2012.", [an_entry(statement="8% of directors, asked in 2012.")]) == {"24"}


def test_a_figure_in_the_sample_the_caveat_or_the_year_counts_as_stated():
    entry = an_entry(statement="Few did.", sample="184 executives", caveat="Rounded from 7.7%.", year=2012)
    assert not untraceable("In 2012, 184 people; before rounding 7.7%.", [entry])


def test_words_for_small_numbers_in_an_entry_cover_their_digits():
    assert not untraceable("It names 5 barriers.", [an_entry(statement="The book names five barriers.")])


@given(st.integers(0, 10**6))
def test_every_number_is_found_with_or_without_thousands_separators(number):
    assert figures_in(f"about {number:,} people") == figures_in(f"about {number} people") == {str(number)}
