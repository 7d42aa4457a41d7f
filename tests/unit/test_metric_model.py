"""What a metric is and what becomes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics.errors import DecisionMissing, Retired
from bot.metrics.model import (
    TRIAL,
    Cadence,
    Direction,
    Status,
    changed,
    kept_on,
    may_change,
    purposeful,
    refuse_change,
    refuse_outsider,
    retired,
)
from bot.metrics.standing import by_day, is_better, latest, reaches_target, standing
from bot.teams.model import NotAllowed
from tests.builders_metrics import INES, LEO, MARA, MONDAY, NOW, PARIS, a_metric, a_reading, a_team

DAY = timedelta(days=1)
cadences = st.sampled_from(Cadence)
days_ago = st.integers(0, 400)


def test_a_metric_without_a_decision_runs_for_four_weeks() -> None:
    purpose, until = purposeful(a_metric(decision=None, review_on=date(2027, 6, 1)).purpose, MONDAY)
    assert until == MONDAY + TRIAL == date(2026, 12, 21)
    assert purpose.review_on == until


def test_a_metric_with_a_decision_is_no_trial() -> None:
    purpose = a_metric().purpose
    assert purposeful(purpose, MONDAY) == (purpose, None)


def test_a_trial_that_is_changed_does_not_last_longer() -> None:
    trial = a_metric(decision=None, trial_until=date(2026, 11, 30), review_on=date(2026, 11, 30))
    later = changed(trial, "Another name", trial.definition, trial.purpose, MONDAY)
    assert later.trial_until == later.purpose.review_on == date(2026, 11, 30)


def test_a_trial_that_found_its_decision_is_a_metric_like_any_other() -> None:
    trial = a_metric(decision=None, trial_until=MONDAY, review_on=MONDAY)
    kept = kept_on(trial, date(2027, 1, 18), "Whether we need a rota.")
    assert not kept.is_trial
    assert kept.purpose.decision == "Whether we need a rota."


def test_a_trial_is_kept_only_with_a_decision() -> None:
    trial = a_metric(decision=None, trial_until=MONDAY, review_on=MONDAY)
    with pytest.raises(DecisionMissing, match="found no decision"):
        kept_on(trial, date(2027, 1, 18))


def test_a_retired_metric_keeps_what_it_was_and_takes_no_further_step() -> None:
    gone = retired(a_metric(), NOW, "  It  told us enough. ")
    assert (gone.status, gone.retired_because, gone.retired_at) == (Status.RETIRED, "It told us enough.", NOW)
    assert retired(a_metric(), NOW, "   ").retired_because is None
    for step in (
        lambda: retired(gone, NOW, None),
        lambda: kept_on(gone, MONDAY),
        lambda: changed(gone, gone.name, gone.definition, gone.purpose, MONDAY),
    ):
        with pytest.raises(Retired):
            step()


def test_each_step_makes_a_new_version() -> None:
    metric = a_metric()
    steps = (
        changed(metric, "New", metric.definition, metric.purpose, MONDAY),
        kept_on(metric, MONDAY),
        retired(metric, NOW, None),
    )
    assert [one.version for one in steps] == [2, 2, 2]


def test_its_owner_and_the_leads_may_change_a_metric_and_nobody_else() -> None:
    team = a_team()
    assert may_change(a_metric(owner=MARA), team, MARA)
    assert may_change(a_metric(owner=MARA), team, LEO)
    assert not may_change(a_metric(owner=LEO), team, MARA)
    with pytest.raises(NotAllowed, match="Only its owner and the team's leads can"):
        refuse_change(a_metric(owner=LEO), team, MARA)


def test_an_owner_who_is_no_longer_in_the_team_may_not_change_its_metric() -> None:
    with pytest.raises(NotAllowed):
        refuse_change(a_metric(owner=INES), a_team(), INES)


def test_somebody_from_outside_sees_nothing() -> None:
    refuse_outsider(a_team(), MARA, "see its metrics")
    with pytest.raises(NotAllowed, match="Only people of the team can see its metrics"):
        refuse_outsider(a_team(), INES, "see its metrics")


@given(cadences, st.none() | days_ago, days_ago)
def test_what_is_stale_is_due_and_what_is_living_is_not_stale(
    cadence: Cadence, read_ago: int | None, defined_ago: int
) -> None:
    metric = a_metric(cadence=cadence, defined_at=NOW - defined_ago * DAY)
    last = None if read_ago is None else a_reading(1, MONDAY - read_ago * DAY)
    stands = standing(metric, last, NOW, PARIS)
    assert stands.is_due or not stands.is_stale
    assert not (stands.is_living and stands.is_stale)
    assert stands.is_living == (read_ago is not None and read_ago <= cadence.period.days)


@given(cadences, days_ago, st.integers(0, 400))
def test_time_alone_never_makes_a_reading_less_due(cadence: Cadence, read_ago: int, later: int) -> None:
    metric, last = a_metric(cadence=cadence), a_reading(1, MONDAY - read_ago * DAY)
    now, then = (standing(metric, last, NOW + days * DAY, PARIS) for days in (0, later))
    assert (now.is_due, now.is_stale, now.is_review_due) <= (then.is_due, then.is_stale, then.is_review_due)


@given(cadences, days_ago)
def test_a_reading_today_is_never_asked_for_again_today(cadence: Cadence, defined_ago: int) -> None:
    metric = a_metric(cadence=cadence, defined_at=NOW - defined_ago * DAY)
    assert not standing(metric, a_reading(1), NOW, PARIS).is_due


@given(cadences, st.none() | days_ago)
def test_a_retired_metric_is_neither_due_nor_stale_nor_to_be_reviewed(cadence: Cadence, ago: int | None) -> None:
    gone = retired(a_metric(cadence=cadence, review_on=MONDAY), NOW, None)
    stands = standing(gone, None if ago is None else a_reading(1, MONDAY - ago * DAY), NOW, PARIS)
    assert (stands.is_due, stands.is_stale, stands.is_review_due, stands.is_living) == (False,) * 4


def test_the_day_is_the_one_where_the_team_lives() -> None:
    half_past_eleven_on_sunday_in_london = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    metric = a_metric(review_on=MONDAY, defined_at=NOW - 30 * DAY)
    assert standing(metric, None, half_past_eleven_on_sunday_in_london, PARIS).is_review_due


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_what_is_better_one_way_is_worse_the_other_way_round(one: float, other: float) -> None:
    for direction in (Direction.HIGHER, Direction.LOWER):
        metric = a_metric(direction=direction)
        there, back = is_better(metric, one, other), is_better(metric, other, one)
        assert (there is None) is (one == other)
        assert there is None or there is not back
    assert is_better(a_metric(direction=Direction.DEPENDS), one, other) is None


def test_the_target_is_reached_at_it_and_beyond_it() -> None:
    higher, lower = a_metric(target=80), a_metric(target=4, direction=Direction.LOWER)
    assert [reaches_target(higher, value) for value in (79.9, 80, 81)] == [False, True, True]
    assert [reaches_target(lower, value) for value in (4.1, 4, 3)] == [False, True, True]
    assert reaches_target(a_metric(), 80) is None
    assert reaches_target(a_metric(target=1, direction=Direction.DEPENDS), 1) is None


@given(st.permutations([a_reading(float(n), MONDAY - n * DAY) for n in range(6)]))
def test_the_order_in_which_readings_were_found_does_not_matter(found: list[object]) -> None:
    corrected = replace(a_reading(99, MONDAY), corrected_at=NOW)
    assert [one.value for one in by_day([*found, corrected])] == [5, 4, 3, 2, 1, 0]  # type: ignore[list-item]
    assert [one.value for one in latest([*found, corrected], 2)] == [1, 0]  # type: ignore[list-item]
