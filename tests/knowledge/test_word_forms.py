"""A form of a word is known by its ending, and a slip is the likelier the more easily a hand makes it."""

import pytest

from knowledge.slips import unlikelihood
from knowledge.word_forms import UNDOUBLED, related_to


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("testers", "test"),
        ("stopped", "stop"),
        ("making", "make"),
        ("tried", "try"),
        ("classes", "class"),
        ("prioritised", "prioritize"),
        ("colours", "color"),
        ("unread", "read"),
        ("openly", "open"),
        ("escalate", "escalated"),
        ("agreed", "agree"),
    ],
)
def test_a_form_is_related_to_its_word(form, word):
    assert (word, 0.0) in related_to(form)


@pytest.mark.parametrize(
    ("form", "word"), [("companys", "company"), ("meetting", "meet"), ("acces", "access"), ("happend", "happen")]
)
def test_a_slip_is_no_form(form, word):
    assert word not in dict(related_to(form))


def test_a_letter_that_should_be_doubled_makes_a_form_unlikely():
    assert dict(related_to("begining"))["begin"] == UNDOUBLED
    assert dict(related_to("beginning"))["begin"] == 0


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        (("people", "poeple"), ("people", "peopla")),
        (("common", "comon"), ("common", "commn")),
        (("metric", "metrik"), ("metric", "metrip")),
        (("share", "shate"), ("share", "shape")),
        (("reward", "rewrad"), ("reward", "erward")),
        (("which", "wich"), ("which", "whih")),
        (("dare", "dar"), ("dare", "are")),
    ],
)
def test_a_swap_a_double_a_like_sound_and_a_near_key_are_likelier_slips(likelier, than):
    assert unlikelihood(*likelier) < unlikelihood(*than)


def test_no_slip_is_sure_and_two_are_less_likely_than_one():
    assert unlikelihood("metric", "metric") == 0
    assert unlikelihood("metrics", "matrisc") > unlikelihood("metrics", "metrisc") > 0
