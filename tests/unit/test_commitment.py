"""The life of a commitment: what may follow what, who may do it, what is counted and what can be taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commitments import model
from bot.commitments.errors import AlreadyClosed, DateRefused, NotClosed, NothingToUndo, NotYours
from bot.commitments.model import Because, Commitment, Happened, Promise, Status, Step
from bot.commitments.outcome import Outcome, outcome_in
from bot.kernel.ids import CommitmentId, UserId, WorkspaceId
from bot.teams.model import Role, Visibility

MARA, LEO, COACH = UserId("U0MARA"), UserId("U0LEO"), UserId("U0COACH")
PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)
A_DAY = timedelta(days=1)


def a_commitment(due: date = FRIDAY, now: datetime = MONDAY) -> Commitment:
    promise = Promise("Ask one question in #harbor", due, Visibility.TEAM)
    return model.made(
        promise, id=CommitmentId("c1"), workspace_id=WorkspaceId("T1"), owner_id=MARA, zone=PARIS, now=now
    )[0]


def test_it_is_kept_on_time_until_the_end_of_the_due_day_where_its_owner_lives() -> None:
    last_minute = datetime(2026, 11, 27, 22, 59, tzinfo=UTC)  # 23:59 in Paris
    assert model.kept(a_commitment(), MARA, last_minute)[0].on_time
    assert not model.kept(a_commitment(), MARA, last_minute + timedelta(minutes=2))[0].on_time


@pytest.mark.parametrize("act", [model.kept, model.missed])
def test_what_was_closed_stays_closed(act: Callable[..., object]) -> None:
    kept = model.kept(a_commitment(), MARA, MONDAY)[0]
    with pytest.raises(AlreadyClosed, match="already said how this one went: kept"):
        act(kept, MARA, MONDAY)


def test_nobody_but_its_owner_may_close_move_drop_explain_or_undo_it() -> None:
    open_one = a_commitment()
    missed, step = model.missed(open_one, MARA, MONDAY)
    tries: list[Callable[[], object]] = [
        lambda: model.kept(open_one, LEO, MONDAY),
        lambda: model.missed(open_one, LEO, MONDAY),
        lambda: model.dropped(open_one, LEO, MONDAY, "no longer needed"),
        lambda: model.moved(open_one, LEO, MONDAY, FRIDAY + A_DAY),
        lambda: model.explained(missed, LEO, MONDAY, Because.FEAR),
        lambda: model.undone(missed, step, LEO, MONDAY),
    ]
    for one in tries:
        with pytest.raises(NotYours):
            one()


def test_moving_is_counted_and_in_time_only_before_the_day_is_over() -> None:
    moved, step = model.moved(a_commitment(), MARA, MONDAY, FRIDAY + A_DAY)
    assert (moved.due, moved.moves, step.told["in_time"]) == (FRIDAY + A_DAY, 1, True)
    late = datetime(2026, 11, 29, 9, tzinfo=UTC)
    assert model.moved(a_commitment(), MARA, late, date(2026, 12, 4))[1].told["in_time"] is False


def test_a_missed_one_that_is_moved_is_open_again_and_needs_no_reason_any_more() -> None:
    missed = model.missed(a_commitment(), MARA, MONDAY + 5 * A_DAY)[0]
    why = model.explained(missed, MARA, MONDAY + 5 * A_DAY, Because.FEAR)[0]
    again = model.moved(why, MARA, MONDAY + 5 * A_DAY, date(2026, 12, 4))[0]
    assert (again.status, again.because) == (Status.OPEN, None)


@pytest.mark.parametrize(("day", "says"), [(date(2026, 11, 22), "over already"), (date(2028, 1, 1), "a year away")])
def test_a_day_that_is_over_or_beyond_a_year_is_refused(day: date, says: str) -> None:
    with pytest.raises(DateRefused, match=says):
        a_commitment(due=day)
    with pytest.raises(DateRefused, match=says):
        model.moved(a_commitment(), MARA, MONDAY, day)


def test_only_what_was_missed_has_a_reason() -> None:
    with pytest.raises(NotClosed):
        model.explained(a_commitment(), MARA, MONDAY, Because.TALK)


def test_it_falls_silent_seven_days_after_its_day_and_is_heard_all_the_same_later() -> None:
    ends = a_commitment().due_ends_at
    assert model.fell_silent(a_commitment(), ends + 7 * A_DAY - timedelta(seconds=1), COACH) is None
    found = model.fell_silent(a_commitment(), ends + 7 * A_DAY, COACH)
    assert found
    silent = found[0]
    assert silent.status is Status.SILENT
    assert model.kept(silent, MARA, ends + 8 * A_DAY)[0].status is Status.KEPT


def test_a_step_can_be_taken_back_for_ten_minutes_and_once() -> None:
    kept, step = model.kept(a_commitment(), MARA, MONDAY)
    back, undone = model.undone(kept, step, MARA, MONDAY + timedelta(minutes=10))
    assert back.is_open
    with pytest.raises(NothingToUndo):
        model.undone(back, undone, MARA, MONDAY + timedelta(minutes=10))
    with pytest.raises(NothingToUndo):
        model.undone(kept, step, MARA, MONDAY + timedelta(minutes=10, seconds=1))


Act = Callable[[Commitment, datetime], tuple[Commitment, Happened]]
ACTS: dict[str, Act] = {
    "keep": lambda one, now: model.kept(one, MARA, now),
    "miss": lambda one, now: model.missed(one, MARA, now),
    "drop": lambda one, now: model.dropped(one, MARA, now, "changed"),
    "move": lambda one, now: model.moved(one, MARA, now, max(FRIDAY, now.date() + A_DAY)),
    "explain": lambda one, now: model.explained(one, MARA, now, Because.MEMORY),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 48)), max_size=8))
def test_whatever_is_done_each_step_counts_one_and_undo_leads_back(steps: list[tuple[str, int]]) -> None:
    one, now = a_commitment(), MONDAY
    for name, hours in steps:
        now += timedelta(hours=hours)
        try:
            after, step = ACTS[name](one, now)
        except (AlreadyClosed, NotClosed):
            continue
        assert after.version == one.version + 1
        back = model.undone(after, step, MARA, now)[0]
        assert (back.status, back.due, back.moves, back.because) == (one.status, one.due, one.moves, one.because)
        one = after
    assert one.moves == sum(1 for name, _ in steps if name == "move") or one.moves < len(steps)


def test_who_sees_it_is_whom_its_owner_chose() -> None:
    seen = {(v, role) for v in Visibility for role in Role if model.may_see(v, role)}
    assert seen == {
        (Visibility.TEAM, Role.LEAD),
        (Visibility.TEAM, Role.MEMBER),
        (Visibility.LEAD, Role.LEAD),
    }


def test_the_third_time_in_the_same_words_is_noticed() -> None:
    assert model.is_the_same_again("Ask one question!", ["ask one question", "Ask  one question."])
    assert not model.is_the_same_again("Ask one question", ["Ask two questions", "Ask one question"])
    assert not model.is_the_same_again("Ask one question", ["Ask one question"])


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("didn't do it, people felt exposed asking in public", Outcome(False, "people felt exposed asking in public")),
        ("Did it!", Outcome(True)),
        ("done", Outcome(True)),
        ("sorry, I couldn't, because IT blocked it", Outcome(False, "IT blocked it")),
        ("pas fait, personne n'avait le temps", Outcome(False, "personne n'avait le temps")),
        ("nicht geschafft, weil niemand da war", Outcome(False, "niemand da war")),
        ("no lo hice porque nadie preguntó", Outcome(False, "nadie preguntó")),
        ("erledigt", Outcome(True)),
        ("how do others do it", None),
        ("the work is done by whom", None),
    ],
)
def test_how_it_went_is_read_from_the_beginning_of_a_sentence(words: str, outcome: Outcome | None) -> None:
    assert outcome_in(words) == outcome


def test_the_first_step_is_that_it_was_made() -> None:
    promise = Promise("Ask", FRIDAY, Visibility.ME)
    _, first = model.made(
        promise, id=CommitmentId("c1"), workspace_id=WorkspaceId("T1"), owner_id=MARA, zone=PARIS, now=MONDAY
    )
    assert (first.step, first.told["due"]) == (Step.MADE, "2026-11-27")
