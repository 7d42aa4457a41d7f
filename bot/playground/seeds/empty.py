"""Team Harbor on the day the coach was installed: nothing was said yet."""

from typing import TYPE_CHECKING

from bot.playground.harbor import harbor
from bot.playground.seeds.seed import Seed

if TYPE_CHECKING:
    from bot.playground.play import Play


async def story(play: "Play") -> None:
    """Nothing has happened."""


SEED = Seed("empty", harbor, story, curators=("U0INES",))
