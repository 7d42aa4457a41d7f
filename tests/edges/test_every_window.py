"""Every window that is sent off, by a client that checks nothing: empty, endless, marked up, twice, by a stranger.

A plain sentence stands beside the field or in the window, and what was kept before is kept unchanged.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

import bot
from bot.playground.model import View
from bot.playground.seeing import words_of
from bot.playground.slack import Slack
from bot.questions.model import Answer, Question
from bot.storage import tables as t
from tests.builders import small_talk
from tests.fakes.scripted_answers import ScriptedAnswers
from tests.journeys.test_measure import DECIDES, MONDAY, POSTS, TEAM, active, defined, harbor, told
from tests.slack_side import Clock, Coach, idle, window_after

QUESTION = "what share of boards get reports?"
MARKUP = "Ask *one* <!channel> <@U0LEO> question & thank 🎉"
ENDLESS = "word " * 4000
EMPTY = ("", "   ", "\u200b\u00a0")
SEEN = (t.teams, t.team_members, t.metrics, t.readings, t.commitments, t.away)
RESTLESS = {"active_at", "looked_up_at", "asked_on", "asked_times"}


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def answers() -> ScriptedAnswers:
    return Anything({})


class Anything(ScriptedAnswers):
    """Whatever is asked is small talk: here only the window counts."""

    async def __call__(self, question: Question) -> Answer:
        return small_talk()


async def team_window(slack: Slack, coach: Coach) -> View:
    return await window_after(slack, "Leo", slack.command("Leo", "/coach team", channel="harbor"))


async def metric_window(slack: Slack, coach: Coach) -> View:
    return await window_after(slack, "Mara", slack.command("Mara", "/coach metric", channel="harbor"))


def of_metric(action: str) -> Callable[[Slack, Coach], Awaitable[View]]:
    async def opened(slack: Slack, coach: Coach) -> View:
        [metric] = await active(coach) or [await defined(slack, coach)]
        listed = await told(slack, "Mara", "/coach metrics")
        menu = ("metric_more", f"{action} {metric.id}") if action != "metric_log" else (action, metric.id)
        return await window_after(slack, "Mara", slack.press("Mara", listed, menu[0], value=menu[1]))

    return opened


def of_home(action: str) -> Callable[[Slack, Coach], Awaitable[View]]:
    async def opened(slack: Slack, coach: Coach) -> View:
        await slack.open_home("Mara")
        page = await slack.until(lambda s: s.home_of("Mara"))
        await idle(coach)
        return await window_after(slack, "Mara", slack.press("Mara", page, action))

    return opened


async def commit_window(slack: Slack, coach: Coach) -> View:
    return await window_after(slack, "Mara", slack.command("Mara", "/coach commit", channel="harbor"))


def of_commitment(action: str) -> Callable[[Slack, Coach], Awaitable[View]]:
    async def opened(slack: Slack, coach: Coach) -> View:
        await slack.submit(await commit_window(slack, coach), {"what": "Thank two people in #harbor", "due": "Friday"})
        listed = await told(slack, "Mara", "/coach commitments")
        first = re.search(r"commitment:([\w-]+):what", str(listed.blocks))
        assert first
        return await window_after(slack, "Mara", slack.press("Mara", listed, action, value=first[1]))

    return opened


@dataclass(frozen=True)
class Window:
    """How it is opened, what fills it rightly, which of its fields must not be empty, and which are free words."""

    opened: Callable[[Slack, Coach], Awaitable[View]]
    right: Mapping[str, object]
    needed: tuple[str, ...]
    words: tuple[str, ...] = ()
    is_own: bool = False
    """It is about whoever sends it, so nobody can be a stranger to it."""


WINDOWS = {
    "team_window": Window(team_window, TEAM, ("name", "leads", "hour"), ("name",)),
    "metric_window": Window(
        metric_window,
        POSTS | {"decision": DECIDES},
        ("name", "formula", "unit", "owner", "review"),
        ("name", "formula", "unit", "decision"),
    ),
    "reading_window": Window(of_metric("metric_log"), {"value": "63"}, ("value",), ("value",)),
    "review_window": Window(of_metric("metric_review"), {"review": "2027-02-01"}, ("review",)),
    "retire_window": Window(of_metric("metric_retire"), {"because": "It decided nothing"}, (), ("because",)),
    "settings_window": Window(of_home("home_settings"), {"visible": "me"}, (), (), is_own=True),
    "away_window": Window(
        of_home("home_away"), {"from": "2026-11-24", "until": "2026-11-27"}, ("from", "until"), is_own=True
    ),
    "commit_window": Window(
        commit_window,
        {"what": "Ask one question in #harbor", "due": "by Friday"},
        ("what", "due"),
        ("what", "due", "why", "if_then"),
        is_own=True,
    ),
    "commit_move": Window(of_commitment("commitment_move"), {"day": "2026-12-04"}, ("day",)),
    "commit_drop": Window(of_commitment("commitment_drop"), {"reason": "No longer needed"}, ("reason",), ("reason",)),
    "ask_window": Window(of_home("home_ask"), {"question": QUESTION}, ("question",), ("question",), is_own=True),
}
ASKED_BACK = "commit_asked"  # it has buttons only, nothing to send off


def unguarded(view: View) -> View:
    """The same window in a client that lets everything pass."""
    for block in view.payload["blocks"]:
        if block["type"] == "input":
            block["optional"] = True
            block["element"] |= {"max_length": 100_000} if block["element"]["type"] == "plain_text_input" else {}
    return view


async def kept(coach: Coach) -> list[str]:
    """All that windows can change, but for when somebody was last seen."""
    async with coach.database.read() as connection:
        rows = [(table, await connection.execute(sa.select(table))) for table in SEEN]
        found = [
            f"{table.name} { {name: value for name, value in row._mapping.items() if name not in RESTLESS} }"
            for table, result in rows
            for row in result
        ]
    return sorted(found)


def field_of(view: View, name: str) -> str:
    """The block of a field; those of a template carry its id behind their name."""
    return next(one for one in view.errors if one == name or one.startswith(name))


def test_every_window_that_can_be_sent_off_is_here() -> None:
    here = Path(bot.__file__).parent
    sources = [path.read_text() for path in here.rglob("*.py") if not path.is_relative_to(here / "playground")]
    lines = [line for source in sources for line in re.findall(r"^[A-Z_, ]+_WINDOW\b[A-Z_, ]* = .*$", source, re.M)]
    names = {name for line in lines for name in re.findall(r'"(\w+)"', line)}
    assert names - {ASKED_BACK} == set(WINDOWS)


@pytest.mark.parametrize("name", WINDOWS)
async def test_a_field_that_must_be_filled_is_asked_for_beside_it(
    slack: Slack, sqlite_url: str, answers: ScriptedAnswers, clock: Clock, name: str
) -> None:
    case = WINDOWS[name]
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        for field in case.needed:
            for empty in EMPTY if field in case.words else EMPTY[:1]:
                window = unguarded(await case.opened(slack, coach))
                before = await kept(coach)
                await slack.submit(window, {**case.right, field: empty})
                assert window.errors, (field, empty, words_of(window))
                assert window.errors[field_of(window, field)].endswith((".", "?"))
                assert await kept(coach) == before


@pytest.mark.parametrize("name", [name for name, case in WINDOWS.items() if case.words])
async def test_words_without_an_end_are_refused_or_cut_and_never_an_error(
    slack: Slack,
    sqlite_url: str,
    answers: ScriptedAnswers,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    case = WINDOWS[name]
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        for field in case.words:
            window = unguarded(await case.opened(slack, coach))
            await slack.submit(window, {**case.right, field: ENDLESS})
            assert all(len(row) < 3500 for row in await kept(coach)), field
        await idle(coach)
    assert "apology.given" not in capsys.readouterr().out


@pytest.mark.parametrize("name", [name for name, case in WINDOWS.items() if case.words])
async def test_markup_and_emoji_call_nobody(
    slack: Slack,
    sqlite_url: str,
    answers: ScriptedAnswers,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    case = WINDOWS[name]
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        for field in case.words:
            window = unguarded(await case.opened(slack, coach))
            await slack.submit(window, {**case.right, field: MARKUP})
            assert "<!channel>" not in words_of(window), field
        await idle(coach)
        assert "<!channel>" not in str([one.blocks for one in slack.dm_of("Mara")])
    assert "apology.given" not in capsys.readouterr().out


@pytest.mark.parametrize("name", WINDOWS)
async def test_sent_off_twice_it_counts_once(
    slack: Slack,
    sqlite_url: str,
    answers: ScriptedAnswers,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    case = WINDOWS[name]
    async with harbor(slack, answers, sqlite_url, clock) as coach:
        window = await case.opened(slack, coach)
        as_it_was = deepcopy(window.payload)
        await slack.submit(window, case.right)
        once = await kept(coach)
        if slack.state.find_view(window.id):  # what closes at once cannot be sent again
            window.payload = as_it_was
            await slack.submit(window, case.right)
        await idle(coach)
        assert _without_versions(await kept(coach)) == _without_versions(once)
    assert "apology.given" not in capsys.readouterr().out


def _without_versions(rows: list[str]) -> list[str]:
    return [re.sub(r"'(version|id|said_at)': [^,}]+", "", row) for row in rows]


@pytest.mark.parametrize("name", [name for name, case in WINDOWS.items() if not case.is_own])
async def test_from_a_stranger_it_is_not_taken(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, name: str
) -> None:
    case = WINDOWS[name]
    async with harbor(slack, answers, database_url, clock) as coach:
        window = await case.opened(slack, coach)
        before = await kept(coach)
        window.user = "U0PRIYA"
        await slack.submit(window, case.right)
        said = " ".join([words_of(window), *window.errors.values()])
        assert re.search(r"Only|not yours|belongs", said), said
        assert await kept(coach) == before


@pytest.mark.parametrize("name", WINDOWS)
async def test_sent_at_the_same_moment_by_two_clicks_it_counts_once(
    slack: Slack, database_url: str, answers: ScriptedAnswers, clock: Clock, name: str
) -> None:
    case = WINDOWS[name]
    async with harbor(slack, answers, database_url, clock) as coach:
        window = await case.opened(slack, coach)
        before = len(await kept(coach))
        await asyncio.gather(slack.submit(window, case.right), slack.submit(window, case.right))
        await idle(coach)
        assert len(await kept(coach)) - before <= 1
