"""What was typed in haste is read as it was meant; what is no slip is left alone."""

import pytest

from knowledge.documents import Asked, Document, documents_of
from knowledge.loader import load
from knowledge.spelling import Spelling
from tests.bench.spelling import typed_messages, words_of

TEXT = "Which sure share of what they want was clicked on? Common words come with a reward, and people dare to ask."
ASKED = tuple(Asked(question) for question in ("wich metrics do lurkers see", "what is a steerco for"))


@pytest.fixture(scope="module")
def spelling(embedder):
    return Spelling([Document("one", "Words", (TEXT,), ASKED)], embedder)


@pytest.fixture(scope="module")
def of_the_base(embedder):
    return Spelling(documents_of(load()), embedder)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wich", "which"),
        ("shure", "sure"),
        ("klicked", "clicked"),
        ("poeple", "people"),
        ("hwich", "which"),
        ("teh", "the"),
        ("hav", "have"),
        ("begining", "beginning"),
        ("allways", "always"),
        ("companys", "company"),
    ],
)
def test_a_slip_is_mended_by_the_word_that_is_likely_meant(spelling, typed, meant):
    assert spelling.mended(f"{typed} one") == f"{meant} one"


@pytest.mark.parametrize("typed", ["cant", "xqzv", "Ikea", "coupling", "WICHTIGSTES", "crm", "KPIS"])
def test_what_is_like_no_word_that_is_in_use_is_left_alone(spelling, typed):
    assert spelling.mended(f"our {typed} here") == f"our {typed} here"


@pytest.mark.parametrize(
    "typed",
    [
        "testers",
        "joiner",
        "trending",
        "offsites",
        "dashboards",
        "standups",
        "prioritised",
        "micromanaging",
        "reposting",
    ],
)
def test_a_form_of_a_known_word_is_a_word(spelling, typed):
    assert spelling.mended(f"our {typed} here") == f"our {typed} here"


def test_what_the_base_was_asked_is_known_only_where_it_is_no_slip(spelling):
    assert spelling.mended("wich steerco for lurkers") == "which steerco for lurkers"


@pytest.mark.parametrize("typed", ["docs", "perks", "eNPS", "SaaS", "naïve", "mustn't", "pans", "comp", "w" * 40])
def test_plurals_names_accents_and_contractions_are_left_alone_beside_the_common_words_of_the_base(of_the_base, typed):
    assert of_the_base.mended(f"our {typed} here") == f"our {typed} here"


def test_most_of_what_hurried_people_mistype_is_read_as_meant_and_next_to_nothing_else_is_touched(of_the_base):
    assert typed_messages()
    for path in typed_messages():
        words = words_of(path, of_the_base)
        assert words.mended / words.slips > 0.75
        assert words.spoiled / words.right < 0.01
