"""Where a playground begins: every story runs to its end, in the coach's own flows, and ends now."""

import asyncio
import contextvars
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.playground.demo import playing, with_index_of
from bot.playground.harbor import harbor
from bot.playground.model import View
from bot.playground.page.screen import Looking, screen
from bot.playground.play import Play
from bot.playground.seeds import SEEDS, Seed
from bot.playground.seeds.crowd import crews
from bot.playground.seeds.deeds import Story
from bot.playground.seeds.large import large
from bot.playground.seeing import words_of
from bot.settings import Settings
from tests.fakes.scripted_answers import ScriptedAnswers

BUILT = Path(__file__).parents[2] / ".coach/index"


FEW = large(10)
"""As few teams as the organisation's page shows every figure of."""


@pytest.mark.parametrize("seed", [one for one in SEEDS.values() if one.name != FEW.name], ids=lambda one: one.name)
async def test_a_story_runs_to_its_end_and_slack_refuses_nothing_in_it(seed: Seed, tmp_path: Path) -> None:
    async with told(seed, tmp_path):
        pass


async def test_after_the_large_story_the_organisation_s_page_shows_every_figure_and_names_no_team(
    tmp_path: Path,
) -> None:
    async with told(FEW, tmp_path) as play:
        await play.slack.command("Ines", "/coach report", channel="general")
        [page] = await play.slack.until(lambda slack: slack.seen_only_by("Ines"))
    words = " ".join(str(block.get("text", {}).get("text", "")) for block in page.blocks)
    assert page.text == "The organisation. 10 teams, with 51 places in them."
    assert "too few" not in words
    shares = re.findall(r"(\d+)% of (\d+) (?:teams|places|metrics)", words)
    assert [n for _, n in shares] == ["8", "8", "10", "10", "10", "51", "5"]
    assert all(0 < int(percent) < 100 for percent, _ in shares)
    assert [team.name for team in crews(10) if team.name in words] == []


async def test_the_windows_of_a_story_open_before_nobody(tmp_path: Path) -> None:
    windows: list[object] = []

    async def story(play: Play) -> None:
        watching = asyncio.create_task(_watched(play, windows))
        await _two_promises(play)
        watching.cancel()

    async with playing(Settings(_env_file=None), Seed("two promises", harbor, story), **beside(tmp_path)) as play:
        await play.slack.open_home("Mara")
        page = await play.slack.until(lambda slack: slack.home_of("Mara"))
        assert "Ask one open question" in words_of(page)
        assert windows == []
        assert play.workspace.views() == [page]


async def test_a_window_opened_while_a_story_is_told_is_not_taken_away_by_it(tmp_path: Path) -> None:
    opened: list[View] = []

    async def story(play: Play) -> None:
        visitor = asyncio.create_task(_asked_for_a_window(play), context=contextvars.Context())
        await play.pass_time(play.clock.utc() + timedelta(days=20))
        opened.append(await visitor)
        await _two_promises(play)

    seed = Seed("a visitor", harbor, story, weeks=8)
    async with playing(Settings(_env_file=None), seed, **beside(tmp_path)) as play:
        assert play.slack.modal_of("Mara") is opened[0]
        done = await play.slack.submit(opened[0], {"what": "Answer two questions", "due": "tomorrow"})
        assert done.delivery.acknowledged


async def _two_promises(play: Play) -> None:
    story = Story.begins(play, "harbor", "Europe/London")
    await story.commits("Mara", "Ask one open question in #harbor", "tomorrow")
    await story.commits("Mara", "Thank two people who answered", "tomorrow")


async def _asked_for_a_window(play: Play) -> View:
    await play.slack.command("Mara", "/coach commit", channel="harbor")
    return await play.slack.until(lambda slack: slack.modal_of("Mara"))


async def _watched(play: Play, windows: list[object]) -> None:
    """Every window that Mara's page would show."""
    while True:
        changed = play.slack.state.changed()
        windows.extend(screen(play, Looking("U0MARA"))["modals"])
        await changed.wait()


def beside(folder: Path) -> dict[str, Any]:
    """A playground of its own, in which nobody asks the coach anything."""
    return {"folder": folder, "port": 0, "load": ScriptedAnswers({}).load}


@asynccontextmanager
async def told(seed: Seed, folder: Path) -> AsyncIterator[Play]:
    """After the story, of which nothing went wrong and nothing is left behind."""
    with_index_of(folder, BUILT)
    settings = Settings(_env_file=None, data_dir=folder)
    async with playing(settings, seed, folder=folder, port=0) as play:
        assert [line for line in play.log.lines if "seed.broke_off" in line] == []
        assert [(one.method, one.error) for one in play.slack.calls if one.error] == []
        assert [one.kind for one in play.slack.deliveries if not one.acknowledged] == []
        assert play.workspace.views() == list(play.workspace.homes.values())
        assert play.clock.offset == 0
        assert play.host.condition == "at work"
        yield play
