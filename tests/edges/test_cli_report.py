"""`coach report`: the numbers of the message, in a terminal and for scripts."""

import csv
import io
import json

import pytest

from bot.cli.reporting import NoReport, found
from bot.reports.exporting import as_csv, as_json, as_text
from bot.reports.flow import team_report
from bot.reports.gathering import team_period
from bot.storage.engine import Database
from tests.builders_reports import HARBOR, LAST_WEEK, LEO, NOW, QUAY, harbor, put_team, scenario_seven

TEAM = harbor()


@pytest.fixture(autouse=True)
async def _seeded(database: Database) -> None:
    async with database.write() as connection:
        await put_team(connection, TEAM)
        await scenario_seven(connection, TEAM)


async def test_the_command_line_prints_the_numbers_of_the_message(database: Database) -> None:
    async with database.read() as connection:
        printed = await found(connection, "harbor", "last week", 5, NOW)
        period = await team_period(connection, TEAM, LEO, LAST_WEEK, NOW, floor=5)
    figures = {(one.name, f.name): f.shown for one in printed.sections for f in one.figures}
    shown = {(one.name, f.name): f.shown for one in team_report(period).sections for f in one.figures}
    assert shown.items() <= figures.items()
    assert figures["accounted_for", "unanswered"] == "1-2"


async def test_text_json_and_csv_say_the_same(database: Database) -> None:
    async with database.read() as connection:
        printed = await found(connection, TEAM.id, "2026-W47", 5, NOW)
    rows = list(csv.DictReader(io.StringIO(as_csv(printed))))
    told = json.loads(as_json(printed))["sections"]
    assert {(row["section"], row["figure"]): row["value"] for row in rows} == {
        (section, figure): one["value"] for section, figures in told.items() for figure, one in figures.items()
    }
    text = as_text(printed)
    assert "Harbor, week 47 of 2026 (16 to 22 November)" in text
    assert "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered." in text


async def test_it_prints_nobody_s_commitments_and_no_name(database: Database) -> None:
    async with database.read() as connection:
        printed = await found(connection, "Harbor", None, 5, NOW)
    everything = as_text(printed) + as_json(printed) + as_csv(printed)
    assert "U0" not in everything
    assert "Ask in the open channel" not in everything


async def test_without_a_team_it_is_the_organisation(database: Database) -> None:
    async with database.read() as connection:
        printed = await found(connection, None, None, 5, NOW)
    assert [one.name for one in printed.sections] == ["in_all", "ladder", "collective"]


@pytest.mark.parametrize(
    ("team", "period", "says"),
    [("Pier", None, "No living team is called Pier."), ("Harbor", "next year", "next year is no period")],
)
async def test_what_cannot_be_found_is_said_with_what_to_do(
    database: Database, team: str, period: str | None, says: str
) -> None:
    async with database.read() as connection:
        with pytest.raises(NoReport, match=says) as refused:
            await found(connection, team, period, 5, NOW)
    assert refused.value.remedy


async def test_two_teams_of_one_name_are_told_apart_by_their_ids(database: Database) -> None:
    async with database.write() as connection:
        await put_team(connection, harbor("team-quay", QUAY))
    async with database.read() as connection:
        with pytest.raises(NoReport, match="Several living teams") as refused:
            await found(connection, "Harbor", None, 5, NOW)
        with pytest.raises(NoReport, match="Several workspaces"):
            await found(connection, None, None, 5, NOW)
    assert "team-harbor, team-quay" in refused.value.remedy
    assert TEAM.workspace_id == HARBOR
