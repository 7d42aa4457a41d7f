"""Reports in Slack: who sees what of them, what is never in them, and what becomes of them."""

import csv
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.kernel.ids import ChannelId, UserId
from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.reports import store as report_store
from bot.reports.model import Step
from bot.reports.opening import Reports
from bot.slack_kit.charts import CHART
from bot.storage import tables as t
from bot.teams.model import NotAllowed, Team
from tests.builders_reports import LEO, MARA, NOW, harbor, promised, put_team, scenario_seven
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Clock, Coach, buttons_of, coach_in, idle

HARBOR = replace(harbor(), channel_id=ChannelId("C0HARBOR"))
WEEK = "/coach report last week"


@asynccontextmanager
async def team_harbor(slack: Slack, database_url: str, team: Team = HARBOR, **more: object) -> AsyncIterator[Coach]:
    async with coach_in(slack, ScriptedAnswers({}), database_url, now=Clock(NOW), **more) as coach:
        async with coach.database.write() as connection:
            await put_team(connection, team)
            await scenario_seven(connection, team)
        yield coach


async def asked(slack: Slack, who: str, typed: str, channel: str = "harbor") -> Message:
    """What somebody gets for their eyes alone."""
    before = len(slack.seen_only_by(who))
    await slack.command(who, typed, channel=channel)
    found = await slack.until(lambda s: s.seen_only_by(who)[before:])
    return found[-1]


async def steps_of(coach: Coach) -> list[tuple[str, str]]:
    async with coach.database.read() as connection:
        rows = await connection.execute(sa.select(t.report_steps.c["step", "week"]).order_by(t.report_steps.c.id))
        return [(row.step, row.week) for row in rows]


async def test_leo_sees_his_own_first_and_then_what_is_accounted_for(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        shown = words_of(await asked(slack, "Leo", WEEK))
        assert await steps_of(coach) == [("opened", "2026-W47")]
    titles = re.findall(r"^\*(.+)\*$", shown, re.MULTILINE)
    assert titles[:4] == ["You first", "What only you can remove", "Accounted for", "How it went"]
    assert "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered." in shown
    assert "Fewer than 5 reasons were given, so none is shown." in shown
    assert "survey 24% of senior managers, 8% of directors" in shown


@pytest.mark.parametrize("name", ["Harbor", "#harbor", "Harbor crew"])
@pytest.mark.parametrize("typed", ["{}", "#{}", "the channel"])
async def test_a_team_is_found_by_its_name_or_its_channel_with_or_without_the_sign(
    slack: Slack, database_url: str, name: str, typed: str
) -> None:
    words = typed.format(name.lstrip("#").lower()) if typed != "the channel" else "#harbor"
    async with team_harbor(slack, database_url, replace(HARBOR, name=name)):
        shown = words_of(await asked(slack, "Leo", f"/coach report {words} last week", channel="general"))
    assert "9 due: 8 accounted for" in shown


async def test_no_name_stands_beside_how_anything_went(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        async with coach.database.write() as connection:
            await promised(connection, HARBOR, MARA, NOW.date() + timedelta(days=3), what="Write the plan")
        shown = words_of(await asked(slack, "Leo", WEEK))
    named = [line for line in shown.splitlines() if "<@" in line]
    assert "• Write the plan, due Thursday 26 November, <@U0MARA>" in named
    assert [line for line in named if re.search("kept|dropped|not done|silent|waits", line)] == []


async def test_what_comes_of_it_is_stored_and_the_question_is_gone(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        report = await asked(slack, "Leo", WEEK)
        assert buttons_of(report) == ["Decided", "Nothing to decide", "Discuss", "As a file"]
        await slack.press("Leo", report, "report_decided")
        await idle(coach)
        [now] = [one for one in slack.seen_only_by("Leo") if one.ts == report.ts]
        assert buttons_of(now) == ["As a file"]
        assert "You decided something on Monday 23 November." in words_of(now)
        assert "Noted: you decided something." in words_of(now)
        assert ("decided", "2026-W47") in await steps_of(coach)


async def test_the_file_holds_the_numbers_of_the_message(slack: Slack, database_url: str) -> None:
    slack.grant("files:write")
    async with team_harbor(slack, database_url) as coach:
        report = await asked(slack, "Leo", WEEK)
        await slack.press("Leo", report, "report_csv")
        await idle(coach)
        [upload] = slack.state.uploads.values()
    assert upload.content
    told = {row["figure"]: row["value"] for row in csv.DictReader(io.StringIO(upload.content.decode()))}
    shown = words_of(report)
    assert (told["due"], told["accounted_for"], told["unanswered"]) == ("9", "8", "1-2")
    assert f"{told['due']} due: {told['accounted_for']} accounted for" in shown
    for figure, before in (("kept", "Kept "), ("moved_in_time", "moved in time "), ("dropped", "dropped ")):
        assert f"{before}{told[figure]}" in shown
    assert int(told["kept"]) + int(told["moved_in_time"]) + int(told["dropped"]) == int(told["accounted_for"])
    assert not re.search(r"U0|Ask in the open", upload.content.decode())
    assert upload.name == "report-2026-W47.csv"


async def test_without_the_scope_it_is_said_how_to_get_the_file(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        report = await asked(slack, "Leo", WEEK)
        await slack.press("Leo", report, "report_csv")
        await idle(coach)
        told = words_of(slack.seen_only_by("Leo")[-1])
    assert "files:write" in told
    assert "coach report --format csv" in told
    assert "accounted_for,due,9" in told


@pytest.mark.parametrize("question", ["who was silent?", "rank the teams"])
async def test_who_was_silent_and_rankings_are_declined(slack: Slack, sqlite_url: str, question: str) -> None:
    async with team_harbor(slack, sqlite_url):
        told = words_of(await asked(slack, "Leo", f"/coach report {question}"))
    assert "I do not rank or single out people or teams" in told


async def test_a_member_gets_their_own_week_and_the_totals(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url) as coach:
        report = await asked(slack, "Mara", "/coach report")
        assert await steps_of(coach) == []
    shown = words_of(report)
    assert "*Yours, this week*" in shown
    assert "9 due: 8 accounted for" in shown
    assert "What only you can remove" not in shown
    assert buttons_of(report) == ["As a file"]


async def test_a_member_cannot_say_what_comes_of_a_report(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        with pytest.raises(NotAllowed, match="Only a lead of this team can say what comes of its report"):
            await Reports(coach.workplace).note(HARBOR, MARA, "2026-W47", Step.DECIDED)
        assert await steps_of(coach) == []


async def test_outsiders_see_no_report(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url):
        told = words_of(await asked(slack, "Ines", "/coach report harbor last week"))
        bare = words_of(await asked(slack, "Ines", "/coach report"))
    assert "I found no team of yours" in told
    assert "9 due" not in told + bare
    assert "You are in no team yet." in bare


async def test_a_team_of_four_gets_no_totals(slack: Slack, sqlite_url: str) -> None:
    small = replace(HARBOR, members=frozenset([LEO, MARA, *map(UserId, ("U0JONAS", "U0AIKO"))]))
    async with team_harbor(slack, sqlite_url, small):
        shown = words_of(await asked(slack, "Leo", WEEK))
    assert "9 due" not in shown
    assert "fewer than 5 people" in shown


async def test_an_admin_sees_the_organisation_and_others_do_not(slack: Slack, database_url: str) -> None:
    async with team_harbor(slack, database_url):
        page = words_of(await asked(slack, "Leo", "/coach report organisation"))
        refused = words_of(await asked(slack, "Mara", "/coach report organisation"))
    assert "Understand: survey 90% of respondents; here too few teams to show" in page
    assert "Breadth: too few to show." in page
    assert "Harbor" not in page
    assert "Only an admin can see the organisation's page" in refused


async def test_an_admin_in_no_team_gets_the_organisation_without_naming_it(slack: Slack, sqlite_url: str) -> None:
    slack.state.person("Ines").is_admin = True
    async with team_harbor(slack, sqlite_url):
        assert "Breadth: too few to show." in words_of(await asked(slack, "Ines", "/coach report"))


async def test_a_trend_is_drawn_and_told(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        async with coach.database.write() as connection:
            for owner in sorted(HARBOR.members)[:5]:
                await promised(connection, HARBOR, owner, NOW.date() - timedelta(days=13), "kept")
        report = await asked(slack, "Leo", WEEK)
    [drawn] = [block for block in report.blocks if block["type"] == CHART]
    assert [point["label"] for point in drawn["chart"]["series"][0]["data"]] == ["W46", "W47"]
    assert "W46 100% of 5, W47 89% of 9" in words_of(report)


async def test_in_two_teams_one_is_asked_which(slack: Slack, sqlite_url: str) -> None:
    pier = replace(harbor("team-pier"), name="Pier", channel_id=ChannelId("C0RANDOM"))
    async with team_harbor(slack, sqlite_url) as coach:
        async with coach.database.write() as connection:
            await put_team(connection, pier)
        asking = await asked(slack, "Leo", "/coach report", channel="general")
        assert sorted(buttons_of(asking)) == ["Harbor", "Pier"]
        place = buttons_of(asking).index("Pier")
        await slack.press("Leo", asking, f"report_open:{place}")
        await idle(coach)
        assert "Pier, the last 4 weeks" in words_of(slack.seen_only_by("Leo")[-1])
        named = words_of(await asked(slack, "Leo", "/coach report pier w47", channel="general"))
    assert "Pier, week 47 of 2026 (16 to 22 November)" in named


async def test_a_button_of_a_team_that_was_closed_says_so(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        report = await asked(slack, "Leo", WEEK)
        async with coach.database.write() as connection:
            await connection.execute(sa.update(t.teams).values(closed_at=NOW))
        await slack.press("Leo", report, "report_discuss")
        await idle(coach)
        assert "There is no team here" in words_of(slack.seen_only_by("Leo")[-1])


async def test_a_report_can_be_about_any_period(slack: Slack, sqlite_url: str) -> None:
    async with team_harbor(slack, sqlite_url) as coach:
        async with coach.database.write() as connection:
            await report_store.add_step(connection, HARBOR, LEO, "2026-10-01/2026-12-31", Step.NOTHING, NOW)
        shown = words_of(await asked(slack, "Leo", "/coach report q4"))
        wrong = words_of(await asked(slack, "Leo", "/coach report some day"))
    assert "the fourth quarter of 2026 (1 October to 31 December)" in shown
    assert "There was nothing to decide on Monday 23 November." in shown
    assert "one of your teams: Harbor" in wrong
