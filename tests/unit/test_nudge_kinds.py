"""Which nudge a team gets, for each state it can be in; and when the coach becomes quieter."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.ids import ChannelId, MetricId, TeamId, UserId, WorkspaceId
from bot.metrics.model import Cadence, Definition, Direction, Metric, Purpose, Reading
from bot.metrics.standing import Standing
from bot.nudges import kinds, shelf
from bot.nudges.flow import choose
from bot.nudges.model import Act, Past, Practice, Suggestion, TeamState
from bot.slack_kit.mrkdwn import unmarked
from bot.teams.model import Rhythm, Team
from knowledge.loader import load

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
A_WEEK = timedelta(days=7)
TEAM = Team(
    TeamId("t1"),
    WorkspaceId("T1"),
    ChannelId("C1"),
    "Harbor",
    Rhythm(ZoneInfo("Europe/Paris"), 0, time(10)),
    frozenset({UserId("U0LEO")}),
    frozenset({UserId("U0LEO"), UserId("U0MARA")}),
    NOW - 8 * A_WEEK,
)
SUGGESTIONS = tuple(Suggestion(f"m-{n}", f"Metric {n}", "whether to staff the channel") for n in range(4))
PRACTICE = Practice("fear-fix", "What helps against fear", "Ask the first simple question yourself.", "Pfeffer (2000).")


def a_metric(name: str = "Answered within a day", review_on: date = TODAY + 4 * A_WEEK) -> Metric:
    return Metric(
        id=MetricId("m1"),
        workspace_id=WorkspaceId("T1"),
        team_id=TeamId("t1"),
        name=name,
        definition=Definition("share answered", "answered / asked", "%", Direction.HIGHER),
        purpose=Purpose(UserId("U0MARA"), Cadence.WEEKLY, review_on, decision="whether to staff it"),
        defined_at=NOW - 8 * A_WEEK,
    )


def read(days_ago: int | None, **changes: date) -> Standing:
    metric = a_metric(**changes)
    last = None
    if days_ago is not None:
        day = TODAY - timedelta(days=days_ago)
        last = Reading("r1", metric.id, day, 63.0, UserId("U0MARA"), NOW)
    return Standing(metric, last, TODAY, date(2026, 10, 1))


def state(**changes: object) -> TeamState:
    given_ = {"last_promise_on": TODAY, "suggestions": SUGGESTIONS, "practices": (PRACTICE,)} | changes
    return TeamState(TEAM, TODAY, **given_)  # type: ignore[arg-type]


def silence(*kinds_: str) -> tuple[Past, ...]:
    return tuple(Past(kind, NOW - (n + 1) * A_WEEK, acted=False) for n, kind in enumerate(kinds_))


OCCASIONS = {
    "first_metric": state(),
    "log_reading": state(measured=(read(7),)),
    "stale_metric": state(measured=(read(15),)),
    "review_metric": state(measured=(read(1, review_on=TODAY),)),
    "small_commitment": state(measured=(read(1),), last_promise_on=TODAY - 2 * A_WEEK),
    "practice": state(measured=(read(1),)),
    "shall_i_stop": state(measured=(read(1),), past=silence("practice", "log_reading", "practice")),
}


@pytest.mark.parametrize(("kind", "occasion"), OCCASIONS.items())
def test_each_state_of_a_team_has_its_nudge(kind: str, occasion: TeamState) -> None:
    nudge = choose(occasion)
    assert nudge
    assert nudge.kind == kind
    assert nudge.why.endswith(".")
    assert nudge.offers


def test_a_practice_reads_well_for_every_card_it_may_come_from() -> None:
    base = load()
    asked = [[topic] for topic in shelf.TOPICS]
    used: set[str] = set()
    while found := [one for topics in asked for one in shelf.practices(base, topics, used)]:
        used |= {one.card_id for one in found}
        for one in found:
            nudge = choose(state(measured=(read(1),), practices=(one,)))
            assert nudge
            assert re.fullmatch(
                r"One thing to try: [A-Z][^\n\[\]*_`]{20,150}[.…”]\nFor the reasons ask me “[A-Z0-9'“][^\n\"]{5,90}”\.",
                unmarked(nudge.text),
            ), unmarked(nudge.text)
    assert len(used) > 100


def test_every_file_of_a_kind_is_listed_and_has_its_occasion() -> None:
    files = {path.stem for path in Path(kinds.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(kinds.ALL_KINDS) == set(OCCASIONS)


def test_the_first_metric_comes_with_three_suggestions() -> None:
    nudge = choose(state())
    assert nudge
    assert [(one.act, one.value) for one in nudge.offers] == [
        (Act.DEFINE, "m-0"),
        (Act.DEFINE, "m-1"),
        (Act.DEFINE, "m-2"),
    ]


def test_a_kind_nobody_acts_on_makes_room_for_another() -> None:
    past = (Past("practice", NOW, acted=True), *silence("log_reading", "log_reading", "log_reading"))
    nudge = choose(state(measured=(read(7),), past=past))
    assert nudge
    assert nudge.kind == "practice"


def test_it_asks_once_whether_to_stop_and_then_comes_half_as_often() -> None:
    quiet = state(measured=(read(1),), past=silence("practice", "practice", "log_reading"))
    assert quiet.halves
    asked = state(measured=(read(1),), past=silence("shall_i_stop", "practice", "practice", "log_reading"))
    nudge = choose(asked)
    assert nudge
    assert nudge.kind != "shall_i_stop"


def test_acting_resets_it() -> None:
    past = (Past("practice", NOW, acted=True), *silence("practice", "practice"))
    assert not state(past=past).is_quiet
    assert not state(past=past).halves


@given(st.lists(st.tuples(st.sampled_from(sorted(kinds.ALL_KINDS)), st.booleans()), max_size=12))
def test_whatever_came_before_there_is_at_most_one_nudge_and_it_says_why(past: list[tuple[str, bool]]) -> None:
    told = tuple(Past(kind, NOW - n * A_WEEK, acted) for n, (kind, acted) in enumerate(past))
    nudge = choose(state(measured=(read(7),), past=told))
    assert nudge
    assert nudge.why
    if any(acted for _, acted in past[:3]):
        assert nudge.kind != "shall_i_stop"
