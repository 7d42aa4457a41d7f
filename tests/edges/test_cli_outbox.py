"""`coach outbox` and `coach run --clock-offset`, as whoever runs the coach types them."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage.engine import open_database
from tests.builders_delivery import NOW, a_letter, put_in
from tests.command_line import Coach, coach_in
from tests.databases import sqlite_url


@pytest.fixture
def coach(tmp_path: Path, sqlite_template: Path) -> Coach:
    (tmp_path / "base").mkdir()
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "coach.db")
    return coach_in(tmp_path)


@pytest.fixture
def letters(coach: Coach, tmp_path: Path) -> None:
    """One that is due, and one for next week."""
    later = {"due_at": datetime.now(UTC) + timedelta(days=7), "expires_at": datetime.now(UTC) + timedelta(days=9)}

    async def put() -> None:
        database = open_database(sqlite_url(tmp_path / "data" / "coach.db"))
        await put_in(database, [a_letter("nudge:1"), a_letter("nudge:2", recipient="U0LEO", **later)])
        await database.close()

    asyncio.run(put())


@pytest.mark.usefixtures("letters")
def test_letters_are_listed_with_their_state_and_counted(coach: Coach) -> None:
    told = coach("outbox", "list").stdout.splitlines()
    assert [line.split() for line in told[1:2]] == [["pending", f"{NOW:%Y-%m-%d}", "09:00Z", "0×", "U0MARA", "nudge:1"]]
    assert "2 pending, 0 sending, 0 sent" in told[-1]
    assert len(coach("outbox", "list", "--state", "failed").stdout.splitlines()) == 1


@pytest.mark.usefixtures("letters")
def test_a_letter_is_cancelled_and_sent_after_all_by_its_key(coach: Coach) -> None:
    assert coach("outbox", "cancel", "nudge:1", "nudge:2").stdout.count("It is not sent") == 2
    assert coach("outbox", "retry", "nudge:2").stdout == "It is sent again: nudge:2\n"
    assert "1 pending, 0 sending, 0 sent, 0 failed, 0 unknown, 1 cancelled" in coach("outbox", "list").stdout
    refused = coach("outbox", "cancel", "nudge:1")
    assert refused.returncode == 1
    assert "There is no letter nudge:1 that could be changed. coach outbox list shows" in refused.stderr


@pytest.mark.usefixtures("letters")
def test_after_a_backup_was_put_back_what_was_due_is_looked_for(coach: Coach) -> None:
    assert "1 letters and 0 schedules are looked for" in coach("outbox", "restored").stdout


@pytest.mark.parametrize("words", [("outbox", "list"), ("outbox", "cancel", "x"), ("outbox", "restored")])
def test_without_a_database_it_says_who_makes_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "base").mkdir()
    told = coach_in(tmp_path)(*words)
    assert told.returncode == 1
    assert "The database is not there yet. coach run makes it" in told.stderr


def test_a_state_that_does_not_exist_is_named_beside_those_that_do(coach: Coach) -> None:
    assert (
        "There is no state gone. Choose from pending, sending, sent"
        in coach("outbox", "list", "--state", "gone").stderr
    )


@pytest.mark.parametrize(("offset", "says"), [("3d", "may not be moved for people"), ("soon", "no distance in time")])
def test_the_clock_is_not_moved_for_the_real_slack(coach: Coach, offset: str, says: str) -> None:
    told = coach("run", "--clock-offset", offset, COACH_SLACK_BOT_TOKEN="xoxb-x", COACH_SLACK_APP_TOKEN="xapp-x")
    assert told.returncode == 1
    assert says in told.stderr


@pytest.mark.parametrize(
    "how", [("--force", "https://slack.com/api/"), ("--clock-offset=-90m", "http://127.0.0.1:9/api/")]
)
def test_the_clock_is_moved_by_force_or_elsewhere(coach: Coach, how: tuple[str, str]) -> None:
    option, address = how
    told = coach("run", "--clock-offset", "1w", option, COACH_SLACK_API_URL=address)
    assert "COACH_SLACK_BOT_TOKEN is not set" in told.stderr
