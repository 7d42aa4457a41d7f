"""What a digest says of days: each thing was promised for its own."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commitments.model import Commitment, Promise
from bot.kernel.ids import CommitmentId, UserId, WorkspaceId
from bot.nudges.blocks import digest
from bot.slack_kit.mrkdwn import unmarked
from bot.teams.model import Visibility

MONDAY = date(2026, 11, 23)
FRIDAY, SATURDAY, TUESDAY, NEXT_MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 24), date(2026, 11, 30)


def on(*days: date) -> list[Commitment]:
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    ids = WorkspaceId("T1"), UserId("U0MARA")
    return [
        Commitment(CommitmentId(f"c{n}"), *ids, Promise("Ask", day, Visibility.ME), ZoneInfo("UTC"), now)
        for n, day in enumerate(days)
    ]


def head(due: list[Commitment], coming: list[Commitment], today: date = MONDAY) -> str:
    return unmarked(digest(due, coming, today)["text"].partition(" Ask")[0])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([MONDAY], "You promised one thing for today."),
        ([MONDAY, MONDAY], "You promised 2 things for today."),
        ([SATURDAY], "You promised one thing for Saturday 21 November. How did it go?"),
        ([FRIDAY, FRIDAY], "You promised 2 things for Friday 20 November. How did it go?"),
        (
            [SATURDAY, FRIDAY, MONDAY],
            "You promised 3 things, the first for Friday 20 November, the last for today. How did it go?",
        ),
        (
            [SATURDAY, FRIDAY],
            "You promised 2 things, the first for Friday 20 November, the last for Saturday 21 November. "
            "How did it go?",
        ),
    ],
)
def test_what_waited_is_asked_about_by_the_day_it_was_promised_for(days: list[date], said: str) -> None:
    assert head(on(*days), []) == said


@pytest.mark.parametrize(
    ("days", "today", "said"),
    [
        ([TUESDAY], MONDAY, "Due tomorrow, in case it helps."),
        ([NEXT_MONDAY], date(2026, 11, 27), "Due on Monday 30 November, in case it helps."),
        ([MONDAY, SATURDAY], FRIDAY, "Due by Monday 23 November, in case it helps."),
        ([SATURDAY], FRIDAY, "Due tomorrow, in case it helps."),
    ],
)
def test_what_is_due_next_is_told_by_its_day(days: list[date], today: date, said: str) -> None:
    assert head([], on(*days), today) == said
