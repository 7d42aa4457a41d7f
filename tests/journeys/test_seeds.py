"""Where a playground begins: every story runs to its end, in the coach's own flows, and ends now."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.playground.demo import playing, with_index_of
from bot.playground.play import Play
from bot.playground.seeds import SEEDS, Seed
from bot.playground.seeds.crowd import crews
from bot.playground.seeds.large import large
from bot.settings import Settings

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


@asynccontextmanager
async def told(seed: Seed, folder: Path) -> AsyncIterator[Play]:
    """After the story, of which nothing went wrong and nothing is left behind."""
    with_index_of(folder, BUILT)
    settings = Settings(_env_file=None, data_dir=folder)
    async with playing(settings, seed, folder=folder, port=0) as play:
        assert [line for line in play.log.lines if "seed.broke_off" in line] == []
        assert [(one.method, one.error) for one in play.slack.calls if one.error] == []
        assert [one.kind for one in play.slack.deliveries if not one.acknowledged] == []
        assert [person for person, windows in play.workspace.modals.items() if windows] == []
        assert play.clock.offset == 0
        assert play.host.condition == "at work"
        yield play
