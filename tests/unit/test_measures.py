"""The figures a lead sees: what they are of, how few they may stand on, and what nobody can do to them."""

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.measures
from bot.commitments.model import Commitment, Promise, Status, dropped, fell_silent, kept, made, missed, moved
from bot.kernel.ids import CommitmentId, UserId, WorkspaceId
from bot.measures import ALL_MEASURES
from bot.measures.accounted_for import accounted_for
from bot.measures.collective import Adoption, breadth, depth, persistence
from bot.measures.days_moved import Moves, days_moved
from bot.measures.follow_through import follow_through
from bot.measures.know_to_do import Answers, know_to_do
from bot.measures.ladder import SURVEY, Rungs, ladder
from bot.measures.model import FLOOR, LOWEST_FLOOR, Measure, in_words, is_enough
from bot.measures.nudge_response import Nudges, nudge_response
from bot.measures.outcomes import Move, Outcomes, Stand, outcomes
from bot.teams.model import Visibility
from knowledge.loader import load

PARIS = ZoneInfo("Europe/Paris")
MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)
BEFORE = datetime(2026, 11, 10, 9, tzinfo=UTC)
AFTER = datetime(2026, 12, 14, 9, tzinfo=UTC)
FOLDER = Path(bot.measures.__file__).parent
NO_FIGURES = {"__init__", "model", "outcomes"}

small = st.integers(0, 12)
counts = st.builds(Outcomes, *[small] * 7, people=st.integers(0, 8), closers=st.integers(0, 8))


def a_commitment(owner: str, due: date, number: int) -> Commitment:
    promise = Promise("Ask in the open channel", due, Visibility.TEAM)
    return made(
        promise,
        id=CommitmentId(f"c{number}"),
        workspace_id=WorkspaceId("T0"),
        owner_id=UserId(owner),
        zone=PARIS,
        now=BEFORE,
    )[0]


def stand(commitment: Commitment) -> Stand:
    return Stand(commitment.id, commitment.owner_id, commitment.due, commitment.due_ends_at, commitment.status)


def a_move(before: Commitment, to: date, now: datetime) -> tuple[Commitment, Move]:
    after, told = moved(before, before.owner_id, now, to)
    return after, Move(before.id, before.owner_id, before.due, to, bool(told.told["in_time"]), before.status)


def ended(commitment: Commitment, how: str) -> Commitment:
    in_time, late = commitment.due_ends_at - timedelta(hours=2), commitment.due_ends_at + timedelta(days=1)
    match how:
        case "kept":
            return kept(commitment, commitment.owner_id, in_time)[0]
        case "late":
            return kept(commitment, commitment.owner_id, late)[0]
        case "missed":
            return missed(commitment, commitment.owner_id, late)[0]
        case "dropped":
            return dropped(commitment, commitment.owner_id, in_time, "")[0]
        case "silent":
            found = fell_silent(commitment, AFTER, UserId("U0COACH"))
            assert found
            return found[0]
    return commitment


a_history = st.lists(
    st.tuples(
        st.sampled_from(["U1", "U2", "U3", "U4", "U5", "U6"]),
        st.integers(0, 6),
        st.sampled_from(["kept", "late", "missed", "dropped", "silent", "open"]),
    ),
    max_size=25,
)


def commitments_of(history: list[tuple[str, int, str]]) -> list[Commitment]:
    return [
        ended(a_commitment(owner, MONDAY + timedelta(days=day), number), how)
        for number, (owner, day, how) in enumerate(history)
    ]


def of_the_week(commitments: list[Commitment], moves: tuple[Move, ...] = ()) -> Outcomes:
    return outcomes(MONDAY, SUNDAY, [stand(one) for one in commitments], moves, AFTER)


# Every figure


def test_every_file_of_a_figure_is_listed() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - NO_FIGURES == set(ALL_MEASURES)


@pytest.mark.parametrize("name", ALL_MEASURES)
def test_every_figure_says_its_unit_its_formula_and_its_floor(name: str) -> None:
    told = ALL_MEASURES[name].__doc__ or ""
    assert [word for word in ("Unit:", "Formula:", "Floor:") if word not in told] == []


@given(counts, st.integers(3, 9))
def test_a_share_of_outcomes_lies_between_nothing_and_all(found: Outcomes, floor: int) -> None:
    for measure in (accounted_for(found, floor), follow_through(found, floor)):
        assert measure.value is None or 0 <= measure.value <= 1


@given(st.integers(0, 30), st.data())
def test_a_share_of_counts_lies_between_nothing_and_all(n: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, n))
    shares: list[Measure] = [
        know_to_do(Answers(n, part, n)),
        nudge_response(Nudges(n, part, n)),
        *ladder(Rungs(n, n, part, part, part, part)),
        breadth(Adoption(teams=n, with_living_metric=part)),
        depth(Adoption(members=n, took_part=part)),
        persistence(Adoption(metrics=n, alive=part)),
    ]
    assert [one.name for one in shares if one.value is not None and not 0 <= one.value <= 1] == []
    assert [one.name for one in shares if (one.value is None) is (n >= FLOOR)] == []


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 12))
def test_no_figure_stands_on_fewer_than_the_floor_or_on_fewer_than_three_people(
    n: int, people: int, floor: int
) -> None:
    assert is_enough(n, people, floor) is (n >= max(floor, LOWEST_FLOOR) and people >= LOWEST_FLOOR)


@pytest.mark.parametrize(("count", "told"), [(0, "0"), (1, "1-2"), (2, "1-2"), (3, "3")])
def test_one_is_never_told_from_two(count: int, told: str) -> None:
    assert in_words(count) == told


# Accounted for and follow-through


@given(a_history, st.randoms(use_true_random=False))
def test_the_order_of_commitments_does_not_matter(history: list[tuple[str, int, str]], chance: random.Random) -> None:
    commitments = commitments_of(history)
    shuffled = list(commitments)
    chance.shuffle(shuffled)
    assert of_the_week(shuffled) == of_the_week(commitments)


@given(a_history, st.data())
def test_moving_before_the_date_never_lowers_accounted_for(
    history: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    """Whatever would have become of it, and wherever it goes: the week it leaves has an answer for it."""
    history = [("U7", 3, "open"), *history]
    number = data.draw(st.integers(0, len(history) - 1))
    owner, day, _ = history[number]
    to = SUNDAY + timedelta(days=data.draw(st.integers(1, 40)))
    before = of_the_week(commitments_of(history))
    unmoved = a_commitment(owner, MONDAY + timedelta(days=day), number)
    after, move = a_move(unmoved, to, unmoved.due_ends_at - timedelta(hours=1))
    rest = [one for place, one in enumerate(commitments_of(history)) if place != number]
    told = of_the_week([*rest, after], (move,))
    assert told.due == before.due
    assert told.accounted >= before.accounted


@given(a_history)
def test_every_commitment_whose_day_is_over_counts_once(history: list[tuple[str, int, str]]) -> None:
    assert of_the_week(commitments_of(history)).due == len(history)


def test_what_counts_as_kept_missed_silent_or_waiting() -> None:
    history = [("U1", 0, "kept"), ("U2", 1, "late"), ("U3", 2, "missed"), ("U4", 3, "dropped"), ("U5", 4, "silent")]
    found = of_the_week(commitments_of([*history, ("U6", 5, "open")]))
    assert found == Outcomes(kept=2, missed=1, dropped=1, silent=1, waiting=1, people=6, closers=4)
    assert (accounted_for(found).total, accounted_for(found).n) == (4, 6)
    assert (follow_through(found).total, follow_through(found).n) == (2, 4)


def test_what_is_due_and_not_over_is_not_counted_yet() -> None:
    one = a_commitment("U1", SUNDAY, 1)
    assert outcomes(MONDAY, SUNDAY, [stand(one)], [], one.due_ends_at - timedelta(seconds=1)) == Outcomes()
    assert outcomes(MONDAY, SUNDAY, [stand(one)], [], one.due_ends_at).waiting == 1


def test_one_that_was_moved_twice_is_due_once_in_a_period_that_holds_all_its_days() -> None:
    one = a_commitment("U1", MONDAY, 1)
    second, first_move = a_move(one, SUNDAY, BEFORE)
    third, second_move = a_move(second, SUNDAY + timedelta(days=7), BEFORE)
    moves = (first_move, second_move)
    assert of_the_week([third], moves) == Outcomes(moved=1, people=1)
    closed = kept(third, third.owner_id, third.due_ends_at - timedelta(hours=1))[0]
    assert outcomes(MONDAY, SUNDAY + timedelta(days=7), [stand(closed)], moves, AFTER) == Outcomes(
        kept=1, people=1, closers=1
    )


def test_moving_after_the_day_is_no_way_to_have_been_in_time() -> None:
    one = a_commitment("U1", MONDAY, 1)
    later, move = a_move(one, date(2026, 12, 1), one.due_ends_at + timedelta(days=1))
    assert of_the_week([later], (move,)) == Outcomes(moved_late=1, people=1)


def test_whoever_said_it_was_missed_and_moved_it_then_has_answered() -> None:
    one = ended(a_commitment("U1", MONDAY, 1), "missed")
    later, move = a_move(one, date(2026, 12, 1), one.due_ends_at + timedelta(days=2))
    assert later.status is Status.OPEN
    assert of_the_week([later], (move,)) == Outcomes(missed=1, people=1, closers=1)


@given(a_history)
def test_dropping_never_lowers_follow_through(history: list[tuple[str, int, str]]) -> None:
    """Whoever drops one says so in time; keeping it would have been better, staying silent would not."""
    silent = of_the_week(commitments_of([*history, ("U1", 0, "silent")]))
    given_up = of_the_week(commitments_of([*history, ("U1", 0, "dropped")]))
    assert given_up.kept * (silent.kept + silent.missed + silent.silent) >= silent.kept * (
        given_up.kept + given_up.missed + given_up.silent
    )


# Collective adoption


@given(st.lists(st.integers(0, 200), min_size=FLOOR, max_size=30), st.integers(1, 10_000))
def test_one_active_person_cannot_raise_depth(steps: list[int], many: int) -> None:
    """However often somebody who takes part does so, the share of those who take part stays."""
    busy = [steps[0] * many, *steps[1:]]
    assert depth(_adoption(busy)) == depth(_adoption(steps))


def _adoption(steps: list[int]) -> Adoption:
    return Adoption(members=len(steps), took_part=sum(1 for one in steps if one))


def test_below_the_floor_nothing_is_told_of_a_group() -> None:
    assert depth(Adoption(members=4, took_part=4)).value is None
    assert depth(Adoption(members=5, took_part=4)).value == 0.8


# Days moved, and the ladder


def test_days_moved_are_an_average() -> None:
    assert days_moved(Moves(5, 35, 3)).value == 7
    assert days_moved(Moves(4, 35, 3)).value is None


def test_a_floor_of_a_setting_holds_for_every_figure() -> None:
    assert know_to_do(Answers(5, 1, 5), floor=6).value is None
    assert know_to_do(replace(Answers(5, 1, 5), given=6), floor=6).value == pytest.approx(1 / 6)


def test_the_survey_beside_the_ladder_says_what_its_sources_say() -> None:
    evidence = load().evidence
    for rung in SURVEY.values():
        for told in rung:
            figures = [(figure.value, figure.of) for figure in evidence[told.evidence].figures]
            assert any(value == told.percent and told.of in of for value, of in figures), (told, figures)
    assert all(evidence[told.evidence].source.year == 2012 for rung in SURVEY.values() for told in rung)


def test_every_docstring_of_a_figure_is_one_a_lead_could_read() -> None:
    assert [name for name, one in ALL_MEASURES.items() if re.search(r"[`_]", one.__doc__ or "")] == []
