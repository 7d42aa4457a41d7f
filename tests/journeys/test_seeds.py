"""Where a playground begins: every story runs to its end, in the coach's own flows, and ends now."""

from pathlib import Path

import pytest

from bot.playground.demo import playing, with_index_of
from bot.playground.seeds import SEEDS
from bot.settings import Settings

BUILT = Path(__file__).parents[2] / ".coach/index"


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_story_runs_to_its_end_and_slack_refuses_nothing_in_it(seed: str, tmp_path: Path) -> None:
    with_index_of(tmp_path, BUILT)
    settings = Settings(_env_file=None, data_dir=tmp_path)
    async with playing(settings, seed, folder=tmp_path, port=0) as play:
        assert [line for line in play.log.lines if "seed.broke_off" in line] == []
        assert [(one.method, one.error) for one in play.slack.calls if one.error] == []
        assert [one.kind for one in play.slack.deliveries if not one.acknowledged] == []
        assert [person for person, windows in play.workspace.modals.items() if windows] == []
        assert play.clock.offset == 0
        assert play.host.condition == "at work"
