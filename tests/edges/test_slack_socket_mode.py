"""Socket Mode: the coach goes to Slack, and comes back when the line breaks."""

import pytest

from bot import sockets
from bot.errors import DatabaseLocked, TokenRefused
from bot.playground.slack import Slack
from bot.sockets import connected
from bot.wiring import at_work
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import coach_in, replies_to, settings_for

QUESTION = "what share of boards get reports?"


@pytest.fixture
def answers() -> ScriptedAnswers:
    return ScriptedAnswers({QUESTION: an_answer()})


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "PING_SECONDS", 0.1)
    monkeypatch.setattr(sockets, "LOOK_SECONDS", 0.1)


async def test_commands_windows_and_presses_come_over_the_same_line(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url, mode="socket"):
        helped = await slack.command("Mara", "/coach help", channel="harbor")
        asked = await slack.command("Mara", f"/coach {QUESTION}", channel="harbor")
        answer = await slack.until(lambda s: len(s.seen_only_by("Mara")) == 2 and s.seen_only_by("Mara")[-1])
        pressed = await slack.press("Mara", answer, "answer_share")
        await slack.until(lambda s: s.messages("harbor"))
        await slack.shortcut("Mara", "ask_coach")
        window = await slack.until(lambda s: s.modal_of("Mara"))
        await slack.submit(window, {"question": QUESTION})
        await slack.until(lambda s: s.dm_of("Mara"))
    assert all(done.delivery.acknowledged for done in (helped, asked, pressed))


async def test_after_a_broken_line_the_coach_connects_again(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url, mode="socket"):
        await slack.until(lambda s: s.sockets.connected)
        slack.sockets.break_off()
        await slack.until(lambda s: not s.sockets.connected)
        await slack.until(lambda s: s.sockets.connected)
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)


async def test_when_slack_asks_it_to_leave_the_coach_connects_again(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url, mode="socket"):
        await slack.until(lambda s: s.sockets.connected)
        await slack.sockets.disconnect("refresh_requested")
        await slack.until(lambda s: s.sockets.connected)
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)


async def test_a_line_that_does_not_mend_itself_is_laid_anew(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PING_SECONDS", 60)  # the SDK would notice in a minute
    monkeypatch.setattr(sockets, "PATIENCE", 1)
    async with coach_in(slack, answers, sqlite_url, mode="socket"):
        await slack.until(lambda s: s.sockets.connected)
        slack.sockets.break_off()
        await slack.until(lambda s: not s.sockets.connected)
        await slack.until(lambda s: s.sockets.connected)
        asked = await slack.dm("Mara", QUESTION)
        await replies_to(slack, asked.said)


async def test_an_app_token_that_slack_refuses_ends_the_start(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url) as coach:
        with pytest.raises(TokenRefused, match="invalid_auth"):
            async with connected(coach.app, "xapp-another", coach.tasks):
                pass


async def test_the_bot_token_that_slack_refuses_ends_the_start(slack: Slack, sqlite_url: str) -> None:
    with pytest.raises(TokenRefused, match="invalid_auth"):
        async with coach_in(slack, ScriptedAnswers({}), sqlite_url, slack_bot_token="xoxb-another"):
            pass


async def test_a_second_coach_on_the_same_file_refuses_to_start(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers
) -> None:
    async with coach_in(slack, answers, sqlite_url):
        with pytest.raises(DatabaseLocked, match="Another coach"):
            async with at_work(settings_for(slack, sqlite_url), answers.load):
                pass
