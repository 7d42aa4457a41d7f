"""Scenarios 4 and 6 of the product: a promise made in a click or a line, and how it went, kindly asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.commitments import store
from bot.commitments.model import Because, Commitment, Status
from bot.commitments.reading import Remedy
from bot.kernel.ids import UserId
from bot.playground.model import Message, View
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.teams.model import Visibility
from tests.builders import an_answer
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.slack_side import Clock, Coach, buttons_of, coach_in, idle, replies_to, window_after

QUESTION = "what share of boards get reports?"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXPOSED = "people felt exposed asking in public"
TEAM = {"name": "Harbor", "leads": ["U0LEO"], "members": ["U0MARA", "U0JONAS"], "hour": "10:00"}


@pytest.fixture
def answers() -> ScriptedAnswers:
    scripted = ScriptedAnswers({QUESTION: an_answer()})
    scripted.reasons = {EXPOSED: Because.FEAR}
    scripted.remedies = {Because.FEAR: Remedy("Let the lead ask the first simple question.", "Pfeffer; Sutton (2000).")}
    return scripted


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@asynccontextmanager
async def team_harbor(slack: Slack, answers: ScriptedAnswers, url: str, clock: Clock) -> AsyncIterator[Coach]:
    """The coach, with Leo's team in #harbor."""
    async with coach_in(slack, answers, url, now=clock) as coach:
        await slack.command("Leo", "/coach team", channel="harbor")
        await slack.submit(await slack.until(lambda s: s.modal_of("Leo")), TEAM)
        yield coach


async def window_of(slack: Slack, who: str) -> View:
    return await slack.until(lambda s: s.modal_of(who))


async def of(coach: Coach, user_id: str = "U0MARA") -> list[Commitment]:
    async with coach.database.read() as connection:
        return await store.recent_of(connection, coach.workplace.workspace_id, UserId(user_id), 20)


async def tried(slack: Slack, what: str, due: str = "by Friday") -> View:
    """Mara presses Try under an answer and words it her way."""
    asked = await slack.dm("Mara", QUESTION)
    [reply] = await replies_to(slack, asked.said)
    await slack.press("Mara", reply, "answer_try")
    window = await window_of(slack, "Mara")
    await slack.submit(window, {"what": what, "due": due})
    return window


async def promised(slack: Slack, coach: Coach, words: str) -> Message:
    """Mara writes a promise to the coach; what it answers."""
    said = await slack.dm("Mara", words)
    [reply] = await replies_to(slack, said.said)
    return reply


async def test_a_vague_promise_gets_one_offer_and_is_kept_as_typed(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        window = await tried(slack, "improve engagement")
        assert [one["text"]["text"] for one in window.payload["blocks"][1]["elements"]] == [
            "Use this",
            "Keep mine",
            "Edit",
        ]
        assert await of(coach) == []
        await slack.press("Mara", window, "commit_keep_mine")
        await slack.until(lambda _: "Your team Harbor sees it." in words_of(window))
        [kept] = await of(coach)
    assert kept.promise.what == "improve engagement"
    assert kept.promise.card_id == "who-measures"
    assert (kept.promise.due.isoformat(), kept.promise.visibility) == ("2026-11-27", Visibility.TEAM)


async def test_pressing_try_again_does_not_make_a_second_one(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        [reply] = [one for one in slack.dm_of("Mara") if "answer_try" in str(one.blocks)]
        await slack.press("Mara", reply, "answer_try")
        window = await slack.until(lambda s: s.modal_of("Mara") if "what" in str(s.modal_of("Mara")) else None)
        await slack.submit(window, {"what": "Ask two questions in #harbor", "due": "by Friday"})
        assert len(await of(coach)) == 1


async def test_a_sentence_to_the_coach_becomes_a_commitment_only_with_a_click(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        reply = await promised(slack, coach, "I'll answer three questions in #harbor by Friday")
        assert "Due Friday 27 November" in words_of(reply)
        assert "Your team Harbor sees it." in words_of(reply)
        assert await of(coach) == []
        await slack.press("Mara", reply, "promise_yes")
        await slack.until(lambda _: "It stands." in words_of(reply))
        assert len(await of(coach)) == 1
        await slack.press("Mara", reply, "commit_undo")
        await slack.until(lambda _: "as if it had never been made" in words_of(reply))
        assert await of(coach) == []


async def test_what_should_be_done_by_somebody_is_a_question_and_no_promise(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    answers.script["we should really measure more"] = an_answer()
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        reply = await promised(slack, coach, "we should really measure more")
        assert "Shall I keep" not in reply.text


async def test_mara_says_it_was_not_done_and_why(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        clock.move(timedelta(days=5))
        reply = await promised(slack, coach, f"didn't do it, {EXPOSED}")
        assert "Thank you for saying so. I read that as fear of how it looks. Right?" in words_of(reply)
        assert buttons_of(reply) == ["Yes", "Other", "Rather not say"]
        [missed] = await of(coach)
        assert (missed.status, missed.because) == (Status.MISSED, None)
        await slack.press("Mara", reply, "because_yes")
        await slack.until(lambda _: "Let the lead ask the first simple question." in words_of(reply))
        assert "Pfeffer; Sutton (2000)." in words_of(reply)
        assert buttons_of(reply) == ["Move", "Drop"]
        [missed] = await of(coach)
        assert missed.because is Because.FEAR
        window = await window_after(slack, "Mara", slack.press("Mara", reply, "commitment_move"))
        await slack.submit(window, {"day": "2026-12-04"})
        [moved] = await of(coach)
    assert (moved.status, moved.due.isoformat(), moved.moves) == (Status.OPEN, "2026-12-04", 1)


async def test_the_words_of_a_reason_are_stored_nowhere(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        clock.move(timedelta(days=5))
        await promised(slack, coach, f"didn't do it, {EXPOSED}")
        async with coach.database.read() as connection:
            told = str((await connection.exec_driver_sql("SELECT told FROM commitment_events")).all())
    assert "exposed" not in told


async def test_a_date_that_can_be_two_days_is_asked_with_two_buttons(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        window = await tried(slack, "Ask one question in #harbor", due="03/04")
        await slack.press("Mara", window, "commit_other_day")
        await slack.until(lambda _: "Your team Harbor sees it." in words_of(window))
        [kept] = await of(coach)
    assert kept.due.isoformat() == "2027-04-03"


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"what": " ", "due": "by Friday"}, "what", "what you will do"),
        ({"what": "🎉🎉", "due": "by Friday"}, "what", "in words"),
        ({"what": "Ask one question", "due": "soonish"}, "due", "cannot read a day"),
        ({"what": "Ask one question", "due": "yesterday"}, "due", "over already"),
        ({"what": "Ask one question", "due": "in three years"}, "due", "more than a year"),
    ],
)
async def test_a_wrong_field_is_explained_beside_it(
    slack: Slack,
    sqlite_url: str,
    answers: ScriptedAnswers,
    clock: Clock,
    form: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await slack.command("Mara", "/coach commit")
        window = await window_of(slack, "Mara")
        await slack.submit(window, form)
        assert sentence in window.errors[field]
        assert await of(coach) == []


async def test_kept_is_answered_where_it_was_asked_and_can_be_taken_back(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, database_url, clock) as coach:
        await tried(slack, "Ask one question in #harbor")
        await slack.command("Mara", "/coach commitments", channel="harbor")
        [shown] = await slack.until(lambda s: s.seen_only_by("Mara"))
        await slack.press("Mara", shown, "commitment_kept")
        await slack.until(lambda s: "Kept. Well done" in words_of(s.seen_only_by("Mara")[-1]))
        [kept] = await of(coach)
        assert (kept.status, kept.on_time) == (Status.KEPT, True)
        await slack.press("Mara", slack.seen_only_by("Mara")[-1], "commit_undo")
        await idle(coach)
        [again] = await of(coach)
    assert again.is_open


async def test_what_recurs_begins_anew_when_it_is_closed(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        await tried(slack, "Post what I learned", due="every Friday")
        [first] = await of(coach)
        clock.move(timedelta(days=4))
        await promised(slack, coach, "did it")
        newest, oldest = await of(coach)
    assert first.due.isoformat() == "2026-11-27"
    assert (oldest.status, newest.due.isoformat(), newest.is_open) == (Status.KEPT, "2026-12-04", True)


async def test_a_message_is_tracked_from_its_menu_with_a_link_back(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        said = await slack.say("Mara", "harbor", "I will write the summary by Thursday")
        await slack.shortcut("Mara", "commitment_from_message", said.said)
        await slack.submit(await window_of(slack, "Mara"), {})
        [kept] = await of(coach)
    assert kept.promise.what == "write the summary"
    assert kept.due.isoformat() == "2026-11-26"
    assert kept.promise.link


async def test_a_message_where_the_coach_is_not_is_tracked_without_the_link(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        said = await slack.say("Leo", "leads", "I will write the summary by Thursday")
        window = await window_after(slack, "Leo", slack.shortcut("Leo", "commitment_from_message", said.said))
        await slack.submit(window, {})
        [kept] = await of(coach, "U0LEO")
    assert kept.promise.link is None


async def test_the_third_time_in_the_same_words_asks_whether_it_is_still_right(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock
) -> None:
    async with team_harbor(slack, answers, sqlite_url, clock) as coach:
        for _ in range(3):
            window = await window_after(slack, "Mara", slack.command("Mara", "/coach commit"))
            await slack.submit(window, {"what": "Answer three questions in #help", "due": "by Friday"})
            clock.move(timedelta(minutes=1))
        assert "Still right, or just what we always do?" in words_of(window)
        assert len(await of(coach)) == 2
