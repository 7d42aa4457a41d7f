"""A metric as it is filled in: what is wrong stands beside its field, and "dunno" is no decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FormRefused
from bot.metrics.form import Draft, MetricForm, drafted
from bot.metrics.model import Cadence, Direction
from bot.metrics.no_answer import says_nothing
from bot.teams.model import Person
from tests.builders_metrics import HARBOR, INES, LEO, MARA, MONDAY, PARIS, a_team

FORM = MetricForm(
    name="Number of posts",
    formula="posts in open channels",
    unit="posts",
    direction="higher",
    cadence="weekly",
    owner_id=MARA,
    review_on=date(2027, 1, 18),
    decision="Whether we need a rota.",
)
MARA_HERSELF = Person(HARBOR, MARA, PARIS)


def draft(owner: Person | None = MARA_HERSELF, **fields: object) -> Draft:
    return drafted(replace(FORM, **fields), a_team(), owner, MONDAY)  # type: ignore[arg-type]


def wrong(owner: Person | None = MARA_HERSELF, **fields: object) -> dict[str, str]:
    with pytest.raises(FormRefused) as refused:
        draft(owner, **fields)
    return {one.field: one.sentence for one in refused.value.wrong}


def test_a_form_becomes_a_metric_that_may_be_saved() -> None:
    made = draft(baseline="1 200", target="1500", name="  Number \n of posts ")
    assert made.name == "Number of posts"
    assert (made.definition.direction, made.purpose.cadence) == (Direction.HIGHER, Cadence.WEEKLY)
    assert (made.purpose.baseline, made.purpose.target) == (1200, 1500)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": "   "}, "name", "with letters in it"),
        ({"name": "🎉 42"}, "name", "with letters in it"),
        ({"name": "x" * 61}, "name", "At most 60 characters, please: these are 61."),
        ({"formula": " "}, "formula", "how it is counted"),
        ({"formula": "y" * 301}, "formula", "At most 300"),
        ({"unit": ""}, "unit", "such as %, hours or questions"),
        ({"unit": "u" * 21}, "unit", "At most 20"),
        ({"direction": ""}, "direction", "which way is better"),
        ({"direction": "sideways"}, "direction", "which way is better"),
        ({"cadence": "hourly"}, "cadence", "how often"),
        ({"review_on": None}, "review", "Choose the day"),
        ({"review_on": MONDAY}, "review", "from tomorrow on"),
        ({"review_on": MONDAY + timedelta(days=367)}, "review", "more than a year away"),
        ({"baseline": "twelve"}, "baseline", "in digits"),
        ({"unit": "%", "target": "120"}, "target", "between 0 and 100"),
        ({"baseline": "50", "target": "40"}, "target", "below where you start"),
        ({"direction": "lower", "baseline": "4", "target": "5"}, "target", "above where you start"),
        ({"decision": "d" * 301}, "decision", "At most 300"),
        ({"guard": "g" * 301}, "guard", "At most 300"),
    ],
)
def test_a_wrong_field_is_explained(fields: dict[str, object], field: str, sentence: str) -> None:
    assert sentence in wrong(**fields)[field]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert set(wrong(name="", formula="", unit="", review_on=None, baseline="many")) == {
        "name",
        "formula",
        "unit",
        "review",
        "baseline",
    }


@pytest.mark.parametrize(
    ("owner", "sentence"),
    [
        (None, "Choose who"),
        (Person(HARBOR, MARA, PARIS, is_bot=True), "A bot"),
        (Person(HARBOR, MARA, PARIS, is_gone=True), "no longer here"),
        (Person(HARBOR, INES, PARIS), "somebody of the team"),
    ],
)
def test_an_owner_is_somebody_of_the_team_who_is_still_here(owner: Person | None, sentence: str) -> None:
    assert sentence in wrong(owner)["owner"]


def test_a_guest_or_a_lead_may_own_a_metric() -> None:
    assert draft(Person(HARBOR, LEO, PARIS), owner_id=LEO).purpose.owner_id == LEO


def test_where_neither_way_is_better_the_target_may_lie_anywhere() -> None:
    assert draft(direction="depends", baseline="5", target="3").purpose.target == 3


@pytest.mark.parametrize("decision", ["dunno", "", "?", "keine Ahnung"])
def test_a_decision_that_says_nothing_is_none(decision: str) -> None:
    assert draft(decision=decision).purpose.decision is None


@pytest.mark.parametrize(
    "answer",
    [
        *(
            "dunno",
            "Don't know",
            "I really don’t know yet",
            "idk",
            "nothing",
            "Nothing, honestly",
            "none",
            "n/a",
            "tbd",
        ),
        *("no idea", "not sure", "?", "...", "-", "👍", "123", "right now", "", "   ", "…"),
        *("keine Ahnung", "weiß nicht", "Ich weiß es leider noch nicht", "nichts"),
        *("je ne sais pas", "J'sais pas", "rien", "aucune idée"),
        *("no sé", "No lo sé", "ni idea", "nada"),
    ],
)
def test_an_answer_that_is_none_is_known_in_four_languages(answer: str) -> None:
    assert says_nothing(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Whether the channel needs a rota",
        "We would stop the Monday meeting",
        "nothing changes unless the wait is over a day",
        "No more meetings",
        "hire",
        "Ob wir jemanden einstellen",
        "Arrêter la réunion",
        "Contratar a alguien",
        "not the budget, but the hours",
    ],
)
def test_an_answer_that_says_something_is_one(answer: str) -> None:
    assert not says_nothing(answer)


texts = st.text(max_size=400)


@given(texts, texts, texts, texts, texts, texts)
def test_whatever_is_filled_in_is_a_metric_or_a_sentence_beside_a_field(
    name: str, formula: str, unit: str, direction: str, target: str, decision: str
) -> None:
    form = replace(FORM, name=name, formula=formula, unit=unit, target=target, decision=decision)
    for filled in (form, replace(form, direction=direction)):
        try:
            made = drafted(filled, a_team(), MARA_HERSELF, MONDAY)
        except FormRefused as refused:
            told = refused.wrong
        else:
            told = ()
            assert len(made.name) <= 60
        assert all(one.sentence.endswith((".", "?")) for one in told)
