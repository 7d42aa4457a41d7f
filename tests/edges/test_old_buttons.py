"""A button that stayed behind or is somebody else's: a plain sentence to whoever presses it, and nothing changes."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.commitments.model import Commitment, Status
from bot.delivery.speaker import Place
from bot.playground.model import Message
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.slack_kit.pieces import actions, button, message
from bot.storage import tables as t
from bot.teams import store as teams
from bot.teams.model import Team
from tests.edges.test_every_window import kept
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_commit import MONDAY, TEAM, of, team_harbor
from tests.journeys.test_measure import defined
from tests.slack_side import Clock, Coach, idle, window_after

NUDGE_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OF_A_COMMITMENT = ("commitment_kept", "commitment_not_yet", "commitment_move", "commitment_drop")
AFTER_IT = ("because_yes", "because_chosen", "because_unsaid", "because_other", "commit_undo")
OF_A_LEAD = ("nudge_skip", "nudge_change", "nudge_stop")


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({})


async def committed(slack: Slack, coach: Coach) -> Commitment:
    window = await window_after(slack, "Mara", slack.command("Mara", "/coach commit", channel="harbor"))
    await slack.submit(window, {"what": "Ask one question in #harbor", "due": "today"})
    return (await of(coach))[0]


async def team_of(coach: Coach) -> Team:
    async with coach.database.read() as connection:
        [team] = await teams.living_teams(connection, coach.workplace.workspace_id)
    return team


async def close_team(slack: Slack) -> None:
    window = await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))
    await slack.press("Leo", window, "team_close")
    await slack.until(lambda _: "You have closed Harbor" in words_of(window))


async def pressed(slack: Slack, coach: Coach, who: str, action: str, value: str) -> str:
    """Press a button that stands in the channel for everybody; what they alone are told."""
    shown = message("A button.", [actions("old", button("Press", action, value))])
    await coach.workplace.speaker.say(Place("C0HARBOR"), shown, mark=f"old:{action}:{who}", since=MONDAY)
    before = len(slack.seen_only_by(who))
    await slack.press(who, slack.messages("harbor")[-1], action)
    await idle(coach)
    told: list[Message] = slack.seen_only_by(who)[before:]
    return told[-1].text if told else ""


@pytest.mark.parametrize("action", [*OF_A_COMMITMENT, *AFTER_IT])
async def test_a_commitment_s_button_pressed_by_somebody_else_does_nothing(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, action: str
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        mine = await committed(slack, coach)
        clock.move(timedelta(days=2))
        before = await kept(coach)
        value = f"{mine.id} fear" if action in ("because_yes", "because_chosen") else str(mine.id)
        said = await pressed(slack, coach, "Jonas", action, value)
        assert said.startswith("Only the person who made this commitment can change it."), said
        assert await kept(coach) == before
        assert slack.modal_of("Jonas") is None


@pytest.mark.parametrize("action", OF_A_COMMITMENT)
async def test_an_old_button_of_a_commitment_that_is_closed_says_so(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, action: str
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        mine = await committed(slack, coach)
        await pressed(slack, coach, "Mara", "commitment_kept", mine.id)
        before, window = await kept(coach), slack.modal_of("Mara")
        said = await pressed(slack, coach, "Mara", action, mine.id)
        assert "already" in said, said
        assert await kept(coach) == before
        assert slack.modal_of("Mara") is window
        assert [one.status for one in await of(coach)] == [Status.KEPT]


@pytest.mark.parametrize("action", [*OF_A_COMMITMENT, "commit_undo", "because_unsaid"])
async def test_a_button_of_a_commitment_that_is_gone_says_so(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock, action: str
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        said = await pressed(slack, coach, "Mara", action, "01a00000-0000-7000-8000-000000000000")
        assert said.startswith("I no longer have that"), said


@pytest.mark.parametrize("action", OF_A_LEAD)
async def test_an_old_button_of_a_team_that_is_closed_says_so(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, action: str
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        team = await team_of(coach)
        await close_team(slack)
        before = await kept(coach)
        assert (await pressed(slack, coach, "Leo", action, team.id)).startswith("There is no team here.")
        assert await kept(coach) == before


@pytest.mark.parametrize("who", ["Mara", "Priya"])
@pytest.mark.parametrize("action", OF_A_LEAD)
async def test_what_is_the_lead_s_is_nobody_else_s(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock, action: str, who: str
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        team, before = await team_of(coach), await kept(coach)
        assert (await pressed(slack, coach, who, action, team.id)).startswith("Only a lead of this team can")
        assert await kept(coach) == before


async def test_a_nudge_taken_up_by_somebody_from_outside_is_theirs_alone_and_shows_no_metric(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await coach.keeper.look_after()
        await defined(slack, coach)
        clock.move(NUDGE_AT - clock())
        await coach.tasks.turn()
        team = await team_of(coach)
        await pressed(slack, coach, "Priya", "nudge_commit", f"{team.id}")
        window = slack.modal_of("Priya")
        async with coach.database.read() as connection:
            acted = await connection.scalar(sa.select(sa.func.max(t.nudges.c.acted_at)))
    assert window
    assert "Only you will see this commitment" in words_of(window)
    assert "answered" not in str(window.payload["blocks"])
    assert acted is None


async def test_a_nudge_to_a_channel_that_is_gone_is_given_up_and_the_next_week_tries_again(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        slack.state.channel(slack.state.workspaces[0], "harbor").is_archived = True
        for hours in (1, 2, 30):
            clock.move(MONDAY + timedelta(hours=hours) - clock())
            await coach.tasks.turn()
        async with coach.database.read() as connection:
            rows = await connection.execute(
                sa.select(t.outbox.c["state", "last_error"]).where(t.outbox.c.kind == "nudge")
            )
            assert [(row.state, row.last_error) for row in rows] == [("failed", "is_archived")]
    assert "task.failed" not in capsys.readouterr().out


async def test_somebody_who_has_left_slack_is_written_to_no_more(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await committed(slack, coach)
        slack.state.person("Mara").deleted = True
        clock.move(timedelta(days=2))
        before = len(slack.dm_of("Mara"))
        await coach.tasks.turn()
        assert len(slack.dm_of("Mara")) == before


@pytest.mark.parametrize("leads", [["U0DEPLOY"], ["U0GONE"], ["U0COACH"]])
async def test_a_bot_or_somebody_who_has_left_leads_no_team(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock, leads: list[str]
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        window = await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))
        before = await kept(coach)
        await slack.submit(window, TEAM | {"leads": leads})
        assert "a bot, or no longer here" in window.errors["leads"]
        assert await kept(coach) == before
