"""What was typed in haste is read as it was meant; what is no slip is left alone."""

import pytest

from knowledge.documents import Document
from knowledge.spelling import Spelling

TEXT = "Which sure share of what they want was clicked on? Common words come with a reward, and people dare to ask."


@pytest.fixture
def spelling(embedder):
    return Spelling([Document("one", "Words", (TEXT,))], embedder)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("wich", "Which"), ("shure", "sure"), ("klicked", "clicked"), ("poeple", "people"), ("hwich", "which")],
)
def test_a_letter_left_out_doubled_or_swapped_is_mended_before_one_that_is_replaced(spelling, typed, meant):
    assert spelling.mended(f"{typed} one") == f"{meant.lower()} one"


@pytest.mark.parametrize("typed", ["cant", "comp", "xqzv", "Ikea", "coupling", "WICHTIGSTES"])
def test_a_word_that_begins_otherwise_or_is_too_short_to_tell_is_left_alone(spelling, typed):
    assert spelling.mended(f"our {typed} here") == f"our {typed} here"
