"""What a report reads, the same on SQLite and PostgreSQL: this team's rows, what was shared, and counts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.commitments import store as commitments
from bot.commitments.model import Because, Status, moved, undone
from bot.kernel.ids import UserId
from bot.measures.collective import Adoption
from bot.measures.know_to_do import Answers
from bot.measures.ladder import Rungs
from bot.measures.nudge_response import Nudges
from bot.measures.outcomes import Outcomes
from bot.metrics import readings
from bot.metrics import store as metrics
from bot.privacy.store import erase
from bot.reports import store
from bot.reports.gathering import team_period
from bot.reports.model import Step, TeamPeriod
from bot.reports.organisation import overview
from bot.reports.periods import Period
from bot.storage import tables as t
from bot.storage.engine import Database
from bot.teams import store as teams
from bot.teams.model import Team, Visibility, closed
from tests.builders_metrics import a_metric
from tests.builders_reports import (
    DAY,
    HARBOR,
    LAST_WEEK,
    LEO,
    MARA,
    MONDAY,
    NINE_DUE,
    NOW,
    OTHERS,
    QUAY,
    SUNDAY,
    harbor,
    promised,
    put_team,
    scenario_seven,
)

TEAM = harbor()
ELSEWHERE = harbor("team-quay", QUAY)
BESIDE = harbor("team-pier")
EVERYBODY = (LEO, MARA, *OTHERS)


@pytest.fixture(autouse=True)
async def _teams(database: Database) -> None:
    async with database.write() as connection:
        for team in (TEAM, ELSEWHERE, BESIDE):
            await put_team(connection, team)


async def gathered(
    database: Database, reader: UserId | None = LEO, period: Period = LAST_WEEK, team: Team = TEAM, floor: int = 5
) -> TeamPeriod:
    async with database.read() as connection:
        return await team_period(connection, team, reader, period, NOW, floor=floor)


async def put(database: Database, table: sa.Table, *rows: dict[str, Any]) -> None:
    async with database.write() as connection:
        await connection.execute(sa.insert(table), list(rows))


# Accounted for


async def test_scenario_seven_is_counted_as_it_is_told(database: Database) -> None:
    async with database.write() as connection:
        await scenario_seven(connection, TEAM)
        await scenario_seven(connection, BESIDE)
    period = await gathered(database)
    assert period.outcomes == NINE_DUE
    assert dict(period.weeks)["W47"] == NINE_DUE
    assert [label for label, _ in period.weeks] == ["W40", "W41", "W42", "W43", "W44", "W45", "W46", "W47"]


async def test_what_only_its_owner_sees_is_counted_for_nobody_else(database: Database) -> None:
    async with database.write() as connection:
        await promised(connection, TEAM, MARA, MONDAY, "missed", visibility=Visibility.ME, because=Because.FEAR)
        await promised(connection, TEAM, MARA, MONDAY, "moved", visibility=Visibility.ME)
        await promised(connection, TEAM, MARA, NOW.date() + DAY, visibility=Visibility.ME)
    period = await gathered(database)
    assert (period.outcomes, period.reasons.given, period.still_open) == (Outcomes(), 0, ())
    assert [(one.what, one.status) for one in (await gathered(database, MARA)).own or ()] == [
        ("Ask in the open channel", Status.MISSED),
        ("Ask in the open channel", Status.OPEN),
        ("Ask in the open channel", Status.OPEN),
    ]


async def test_a_move_that_was_taken_back_never_was(database: Database) -> None:
    async with database.write() as connection:
        one = await promised(connection, TEAM, MARA, SUNDAY)
        at = one.due_ends_at - timedelta(hours=2)
        later, step = moved(one, MARA, at, SUNDAY + 7 * DAY)
        await commitments.put(connection, later, step)
        back, undo = undone(later, step, MARA, at + timedelta(minutes=1))
        await commitments.put(connection, back, undo)
        again, second = moved(back, MARA, one.due_ends_at + DAY / 2, SUNDAY + 14 * DAY)
        await commitments.put(connection, again, second)
    assert (await gathered(database)).outcomes == Outcomes(moved_late=1, people=1)


async def test_moved_and_late_are_told_apart_and_days_are_counted(database: Database) -> None:
    async with database.write() as connection:
        await promised(connection, TEAM, MARA, MONDAY, "moved")
        await promised(connection, TEAM, LEO, MONDAY, "moved_late")
        await promised(connection, TEAM, LEO, MONDAY, "missed", "moved_late")
        await promised(connection, TEAM, MARA, MONDAY, "late")
        await promised(connection, TEAM, MARA, MONDAY - 7 * DAY, "silent")
    period = await gathered(database)
    assert period.outcomes == Outcomes(kept=1, missed=1, moved=1, moved_late=1, people=2, closers=2)
    assert (period.moves.count, period.moves.days, period.moves.people) == (3, 21, 2)
    assert dict(period.weeks)["W46"] == Outcomes(silent=1, people=1, closers=1)


async def test_reasons_are_counted_without_those_that_were_rather_not_said(database: Database) -> None:
    async with database.write() as connection:
        for owner, because in zip(
            EVERYBODY, (Because.FEAR, Because.FEAR, Because.TALK, Because.OUTSIDE, Because.UNSAID), strict=False
        ):
            await promised(connection, TEAM, owner, MONDAY, "missed", because=because)
    reasons = (await gathered(database)).reasons
    assert reasons.counts == {Because.FEAR: 2, Because.TALK: 1, Because.OUTSIDE: 1}
    assert reasons.people == 4


# Who sees what


@pytest.mark.parametrize(("reader", "seen"), [(LEO, ["for the team", "for the lead"]), (MARA, ["for the team"])])
async def test_what_is_open_is_seen_by_those_its_owner_chose(
    database: Database, reader: UserId, seen: list[str]
) -> None:
    ahead = NOW.date() + 3 * DAY
    async with database.write() as connection:
        await promised(connection, TEAM, OTHERS[0], ahead, what="for the team")
        await promised(connection, TEAM, OTHERS[0], ahead + DAY, what="for the lead", visibility=Visibility.LEAD)
        await promised(connection, TEAM, OTHERS[0], ahead, what="mine alone", visibility=Visibility.ME)
        await promised(connection, BESIDE, OTHERS[0], ahead, what="of another team")
        await promised(connection, TEAM, OTHERS[0], MONDAY, what="its day is over")
    period = await gathered(database, reader)
    assert [one.what for one in period.still_open] == seen
    assert period.for_lead is (reader == LEO)


async def test_own_commitments_are_those_of_the_team_and_of_none(database: Database) -> None:
    async with database.write() as connection:
        await promised(connection, TEAM, LEO, MONDAY, "kept", what="here")
        await promised(connection, None, LEO, MONDAY + DAY, "dropped", what="in no team", visibility=Visibility.ME)
        await promised(connection, BESIDE, LEO, MONDAY, what="of another team")
        await promised(connection, TEAM, LEO, NOW.date() + 9 * DAY, what="ahead")
        await promised(connection, TEAM, LEO, MONDAY - 9 * DAY, "kept", what="long ago")
    assert [one.what for one in (await gathered(database)).own or ()] == ["here", "in no team", "ahead"]


async def test_without_a_reader_there_is_nobody_s_own_and_nothing_that_was_shared(database: Database) -> None:
    async with database.write() as connection:
        await promised(connection, TEAM, LEO, NOW.date() + DAY)
    period = await gathered(database, None)
    assert (period.own, period.still_open, period.decisions) == (None, (), ())


# Metrics, taking part, what the coach did


async def test_metrics_come_with_their_last_readings(database: Database) -> None:
    metric = a_metric(team=TEAM, defined_at=NOW - 70 * DAY)
    async with database.write() as connection:
        await metrics.add(connection, metric, "view:1")
        for week, value in enumerate((40, 50, 60)):
            await readings.put_reading(connection, metric, MONDAY + 2 * DAY - week * 7 * DAY, value, by=MARA, now=NOW)
    period = await gathered(database)
    [measured] = period.measured
    assert [one.value for one in measured.readings] == [60, 50, 40]
    assert period.adoption == Adoption(1, 1, 6, 1, 1, 1)


async def test_who_took_part_is_counted_once_and_only_in_the_last_four_weeks(database: Database) -> None:
    async with database.write() as connection:
        for _ in range(5):
            await promised(connection, TEAM, MARA, MONDAY, "kept")
        await promised(connection, TEAM, LEO, MONDAY - 5 * 7 * DAY, "kept")
        await promised(connection, TEAM, UserId("U0LEFT"), MONDAY, "kept")
        await promised(connection, BESIDE, OTHERS[0], MONDAY, "kept")
    assert (await gathered(database)).adoption.took_part == 1


async def test_an_answer_counts_as_done_when_it_became_a_commitment_within_seven_days(database: Database) -> None:
    asked = datetime(2026, 11, 17, 9, tzinfo=NOW.tzinfo)
    await put(database, t.answers, *(an_answer(f"a{n}", MARA, asked) for n in range(3)))
    await put(database, t.answers, an_answer("small", MARA, asked, status="small_talk"), an_answer("of", "U0X", asked))
    async with database.write() as connection:
        await promised(connection, TEAM, MARA, SUNDAY + 3 * DAY, answer_id="a0")
        await promised(connection, TEAM, LEO, SUNDAY + 3 * DAY, answer_id="a0")
        late = await promised(connection, TEAM, LEO, SUNDAY + 30 * DAY, answer_id="a1")
        assert late.made_at - asked > 7 * DAY
    assert (await gathered(database)).done.answers == Answers(3, 1, 1)


async def test_a_nudge_is_answered_by_whoever_it_was_for_within_seven_days(database: Database) -> None:
    sent = datetime(2026, 11, 17, 9, tzinfo=NOW.tzinfo)
    week = {"team_id": TEAM.id, "workspace_id": HARBOR, "kind": "practice", "about": None}
    await put(
        database,
        t.nudges,
        week | {"week": "2026-W47", "sent_at": sent, "acted_at": sent + DAY},
        week | {"week": "2026-W46", "sent_at": sent - 7 * DAY, "acted_at": None},
    )
    await put(database, t.outbox, a_digest("d1", MARA, sent), a_digest("d2", LEO, sent), a_digest("d3", "U0X", sent))
    async with database.write() as connection:
        await promised(connection, TEAM, MARA, SUNDAY, "kept")
        for step, at in ((Step.SENT, sent), (Step.OPENED, sent + DAY)):
            await store.add_step(connection, TEAM, LEO, "2026-W46", step, at)
    assert (await gathered(database)).done.nudges == Nudges(sent=4, answered=3, people=6)


async def test_what_a_lead_made_of_a_report_is_remembered_for_that_period(database: Database) -> None:
    async with database.write() as connection:
        await store.add_step(connection, TEAM, LEO, LAST_WEEK.key, Step.OPENED, NOW)
        await store.add_step(connection, TEAM, LEO, LAST_WEEK.key, Step.DISCUSS, NOW)
        await store.add_step(connection, TEAM, LEO, "2026-W46", Step.DECIDED, NOW)
        await store.add_step(connection, BESIDE, LEO, LAST_WEEK.key, Step.NOTHING, NOW)
    assert [(one.step, one.on) for one in (await gathered(database)).decisions] == [(Step.DISCUSS, date(2026, 11, 23))]
    assert (await gathered(database, MARA)).decisions == ()


async def test_who_has_deleted_what_was_kept_of_them_is_still_in_the_totals_and_nowhere_else(
    database: Database,
) -> None:
    async with database.write() as connection:
        await scenario_seven(connection, TEAM)
        await promised(connection, TEAM, MARA, NOW.date() + DAY)
        await erase(connection, HARBOR, MARA, NOW)
    period = await gathered(database)
    assert period.outcomes == replace(NINE_DUE, moved=1)  # what was still open is gone altogether
    assert period.still_open == ()


# The organisation


async def test_the_organisation_is_counted_over_its_living_teams(database: Database) -> None:
    shut = harbor("team-shut")
    async with database.write() as connection:
        await put_team(connection, shut)
        await teams.change_team(connection, closed(shut, LEO, NOW), NOW)
        for team, defined in ((TEAM, 70), (BESIDE, 10), (ELSEWHERE, 70), (shut, 70)):
            metric = a_metric(id=f"m-{team.id}", team=team, defined_at=NOW - defined * DAY)
            await metrics.add(connection, metric, f"view:{team.id}")
            if team is not BESIDE:
                await readings.put_reading(connection, metric, SUNDAY, 40, by=MARA, now=NOW - DAY)
            await store.add_step(connection, team, LEO, "2026-W46", Step.OPENED, NOW - 9 * DAY)
        await promised(connection, BESIDE, OTHERS[0], MONDAY, "kept")
    await put(
        database,
        t.pulses,
        a_pulse(TEAM, "2026-Q3", understands=False, listens=True),
        a_pulse(TEAM, "2026-Q4", understands=True, listens=False),
        a_pulse(BESIDE, "2026-Q3", understands=True, listens=None),
        a_pulse(ELSEWHERE, "2026-Q4", understands=True, listens=True),
        a_pulse(shut, "2026-Q4", understands=True, listens=True),
    )
    async with database.read() as connection:
        seen = await overview(connection, HARBOR, NOW, 5)
    assert seen.rungs == Rungs(teams=2, asked=2, understand=2, monitor=0, measure=1, report=2)
    assert seen.adoption == Adoption(teams=2, with_living_metric=1, members=12, took_part=3, metrics=1, alive=1)


async def test_an_organisation_without_teams_has_nothing(database: Database) -> None:
    async with database.read() as connection:
        seen = await overview(connection, type(HARBOR)("T9NOBODY"), NOW, 5)
    assert (seen.rungs, seen.adoption) == (Rungs(), Adoption())


async def test_teams_are_found_by_name_whatever_the_case(database: Database) -> None:
    async with database.read() as connection:
        named = await store.team_called(connection, "harbor")
        by_id = await store.team_called(connection, "team-quay")
        as_a_channel = await store.team_called(connection, "#harbor")
    assert len(named) == 3
    assert by_id == [(QUAY, "team-quay")]
    assert as_a_channel == named


async def test_a_team_that_was_named_like_its_channel_is_found_without_the_sign(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(sa.update(t.teams).where(t.teams.c.id == "team-quay").values(name="#Quay"))
        assert await store.team_called(connection, "quay") == [(QUAY, "team-quay")]


def an_answer(id: str, user_id: str, at: datetime, status: str = "answered") -> dict[str, Any]:
    given = {"id": id, "workspace_id": HARBOR, "user_id": user_id, "channel_id": "C", "place": "dm", "status": status}
    return given | {"card_ids": [], "writer": "curated", "asked_at": at, "ms": 1}


def a_digest(id: str, recipient: str, at: datetime) -> dict[str, Any]:
    times = {"due_at": at, "not_before": at, "expires_at": at, "sent_at": at}
    return (
        {"id": id, "workspace_id": HARBOR, "dedupe_key": id, "kind": "digest", "recipient": recipient}
        | times
        | {
            "reference": {},
            "state": "sent",
        }
    )


def a_pulse(team: Team, quarter: str, *, understands: bool | None, listens: bool | None) -> dict[str, Any]:
    whose = {"team_id": team.id, "lead_id": LEO, "quarter": quarter, "workspace_id": team.workspace_id}
    return whose | {"understands": understands, "listens": listens, "answered_at": NOW}
