"""Messages go out no faster than Slack takes them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.model import CHANNEL_SECONDS, WHOLE_WORKSPACE
from bot.delivery.pacing import BURST, Pace

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_channel_takes_one_message_a_second() -> None:
    clock = Clock()
    pace = Pace(per_minute=6000, clock=clock)
    assert [pace.turn("C1") for _ in range(3)] == pytest.approx([0, CHANNEL_SECONDS, 2 * CHANNEL_SECONDS])
    assert pace.turn("C2") == 0
    clock.seconds += 10
    assert pace.turn("C1") == 0


def test_a_message_that_goes_later_than_its_turn_keeps_the_next_one_waiting_from_then() -> None:
    clock = Clock()
    pace = Pace(per_minute=6000, clock=clock)
    assert pace.turn("C1") == 0
    clock.seconds += 0.5
    pace.went("C1")
    clock.seconds += 0.6
    assert pace.turn("C1") == pytest.approx(0.4)


def test_a_workspace_takes_a_burst_and_then_its_pace() -> None:
    clock = Clock()
    pace = Pace(per_minute=240, clock=clock)
    waits = [pace.turn(f"C{n}") for n in range(BURST + 4)]
    assert waits[:BURST] == [0] * BURST
    assert waits[BURST:] == [0.25, 0.5, 0.75, 1.0]
    clock.seconds += 3600
    assert [pace.turn(f"D{n}") for n in range(BURST + 1)] == [0] * BURST + [0.25]


def test_within_any_minute_no_more_go_than_the_pace_and_one_burst() -> None:
    clock = Clock()
    pace = Pace(per_minute=240, clock=clock)
    at = []
    for number in range(1000):
        clock.seconds += 0.1 if number % 3 else 0.9
        at.append(clock.seconds + pace.turn(f"C{number}"))
    assert max(sum(begin <= one < begin + 60 for one in at) for begin in at) <= 240 + BURST


def test_there_is_room_for_as_many_as_may_go_soon() -> None:
    clock = Clock()
    pace = Pace(per_minute=60, clock=clock)
    assert pace.room(10) == BURST + 9
    for number in range(BURST + 9):
        pace.turn(f"C{number}")
    assert pace.room(10) <= 1
    clock.seconds += 60
    assert pace.room(10) == BURST + 9


def test_a_refused_channel_is_closed_and_a_second_one_closes_the_workspace() -> None:
    pace = Pace(per_minute=6000)
    assert pace.refused("C1", 30, NOW) == ("C1", NOW + timedelta(seconds=30))
    assert pace.closed_until("C1", NOW) == NOW + timedelta(seconds=30)
    assert pace.closed_until("C2", NOW) is None
    assert pace.refused("C2", 10, NOW) == (WHOLE_WORKSPACE, NOW + timedelta(seconds=10))
    assert pace.closed_until("C3", NOW) == NOW + timedelta(seconds=10)
    assert pace.closed_until("C3", NOW + timedelta(seconds=10)) is None


def test_gates_that_another_replica_closed_are_kept() -> None:
    pace = Pace(per_minute=6000)
    pace.close({"C1": NOW + timedelta(seconds=5)})
    assert pace.closed_until("C1", NOW) == NOW + timedelta(seconds=5)
