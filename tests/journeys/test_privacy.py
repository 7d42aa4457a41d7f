"""Scenario 10's last part: what is kept about somebody is told, handed over, and gone on request."""

import json

import pytest
import sqlalchemy as sa

from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.privacy.store import NOBODY, THEIRS
from bot.storage import tables as t
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import MONDAY, QUESTION, team_harbor, tried
from tests.slack_side import Clock, Coach, idle, replies_to

PERSON_COLUMNS = {"user_id", "owner_id", "actor_id", "entered_by", "lead_id", "recipient"}
ASKED = "what do you store about me? delete it"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer()})


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


async def mentions(coach: Coach, words: str) -> list[str]:
    """The tables in which a word stands anywhere."""
    found = []
    async with coach.database.read() as connection:
        for table in t.metadata.sorted_tables:
            rows = (await connection.execute(sa.select(table))).all()
            found += [table.name] if words in str(rows) else []
    return found


def test_every_table_that_names_a_person_is_handed_over() -> None:
    naming = {
        (table.name, column.name)
        for table in t.metadata.sorted_tables
        for column in table.columns
        if column.name in PERSON_COLUMNS
    }
    assert naming == {(table.name, column) for table, column in THEIRS.values()}


async def test_asked_what_it_keeps_it_says_so_and_offers_both(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock):
        asked = await slack.dm("Mara", ASKED)
        [reply] = await replies_to(slack, asked.said)
    assert "What I keep about you" in words_of(reply)
    assert [one["action_id"] for one in reply.blocks[-1]["elements"]] == ["privacy_export", "privacy_delete"]


async def test_a_copy_comes_as_a_file_to_its_person_alone(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    slack.grant("files:write")
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        asked = await slack.dm("Mara", ASKED)
        [reply] = await replies_to(slack, asked.said)
        await slack.press("Mara", reply, "privacy_export")
        await idle(coach)
        [upload] = slack.state.uploads.values()
    kept = json.loads(upload.content or b"")
    assert kept["commitments"][0]["what"] == "Ask one question in #harbor"
    assert "U0LEO" not in str(kept)
    assert [one.files[0]["name"] for one in slack.dm_of("Mara") if one.files] == ["what-the-coach-keeps-about-you.json"]


async def test_without_the_scope_for_files_it_comes_as_text(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        asked = await slack.dm("Mara", ASKED)
        [reply] = await replies_to(slack, asked.said)
        await slack.press("Mara", reply, "privacy_export")
        await idle(coach)
    assert "Ask one question in #harbor" in words_of(slack.dm_of("Mara")[-1])


async def test_deleted_means_gone_everywhere_and_the_totals_stay(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        said = await slack.dm("Mara", "did it")
        await replies_to(slack, said.said)
        asked = await slack.dm("Mara", ASKED)
        [reply] = await replies_to(slack, asked.said)
        await slack.press("Mara", reply, "privacy_delete")
        await slack.until(lambda s: [one for one in s.seen_only_by("Mara") if "It is gone" in words_of(one)])
        await idle(coach)
        left = set(await mentions(coach, "U0MARA")) - {"people"}  # looked up anew to draw her Home tab
        async with coach.database.read() as connection:
            [row] = (await connection.execute(sa.select(t.commitments))).all()
    assert left == set()
    assert (row.status, row.what, row.owner_id.split(":")[0]) == ("kept", "", NOBODY)


async def test_what_is_old_leaves_by_itself(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        said = await slack.dm("Mara", "did it")
        await replies_to(slack, said.said)
        clock.move(clock().replace(year=2028) - clock())
        await coach.features.sweep()
        assert await mentions(coach, "Ask one question") == []
        async with coach.database.read() as connection:
            assert (await connection.execute(sa.select(t.answers.c.id))).all() == []
