"""The catalogue of metrics: every template can be started from, and is found as somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics.catalogue import MOST_FOUND, catalogue_of
from bot.metrics.model import Cadence, Direction
from knowledge.loader import load

CATALOGUE = catalogue_of(load().evidence)
ALL = CATALOGUE.search("", 100)


def names(typed: str, most: int = MOST_FOUND) -> list[str]:
    return [one.name for one in CATALOGUE.search(typed, most)]


def test_there_are_at_least_fifty_and_each_can_be_started_from() -> None:
    assert len(CATALOGUE) == len(ALL) >= 50
    assert len({one.name for one in ALL}) == len(ALL)
    for one in ALL:
        assert one.cadence in Cadence
        assert all((one.definition.formula, one.definition.unit, one.definition.gaming, one.definition.guard))


@pytest.mark.parametrize(
    ("id", "direction", "until"),
    [
        ("m-answered-24h", Direction.HIGHER, ""),
        ("m-cross-team-reply", Direction.HIGHER, "up to a plateau"),
        ("m-readonly-share", Direction.LOWER, "not zero"),
        ("m-share-of-voice", Direction.DEPENDS, "context-dependent"),
        ("m-board-agenda", Direction.DEPENDS, "at least 1-2"),
    ],
)
def test_which_way_is_better_is_read_from_the_template(id: str, direction: Direction, until: str) -> None:
    template = CATALOGUE.get(id)
    assert template
    assert (template.definition.direction, template.definition.until) == (direction, until)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("answ", "Questions answered within 24 h"),
        ("ANSWERED within", "Questions answered within 24 h"),
        ("median", "Median time to first reply"),
        ("quesions answerd", "Questions answered within 24 h"),
        ("commit", "Commitments kept"),
        ("crisis", "Crisis drill"),
        ("complaint", "Complaints resolved"),
        ("newcomer", "Return of newcomers"),
    ],
)
def test_what_somebody_types_finds_its_metric_first(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_a_barrier_and_the_scope_find_their_metrics() -> None:
    assert {"Safety pulse", "Openly shared errors"} <= set(names("fear", 60))
    assert "External response rate" in names("external")


def test_what_nothing_resembles_finds_nothing() -> None:
    assert names("xyzzy qwrtp") == []


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_at_most_so_many_each_once(typed: str) -> None:
    found = names(typed)
    assert len(found) == len(set(found)) <= MOST_FOUND


@given(st.sampled_from(ALL), st.data())
def test_each_metric_is_found_by_the_first_letters_of_the_words_of_its_name(one: object, data: st.DataObject) -> None:
    words = one.name.split()  # type: ignore[attr-defined]
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words if word[0].isalnum())
    assert one in CATALOGUE.search(typed, 60)


def test_for_a_number_that_decides_nothing_one_is_offered_that_somebody_waits_for() -> None:
    assert [CATALOGUE.instead_of(name).id for name in ("number of posts", "likes", "")] == ["m-answered-24h"] * 3  # type: ignore[union-attr]


def test_for_the_world_outside_another_one_is_offered() -> None:
    offered = CATALOGUE.instead_of("External mentions per week")
    assert offered
    assert offered.metric.scope == "external"


def test_what_the_team_has_already_is_not_offered_again() -> None:
    offered = CATALOGUE.instead_of("number of posts", ["m-answered-24h"])
    assert offered
    assert offered.id == "m-owner-date"
    assert CATALOGUE.instead_of("number of posts", ["m-answered-24h", "m-owner-date"]) is None
