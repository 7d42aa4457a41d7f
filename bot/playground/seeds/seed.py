"""What a seed is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.model import Workspace

if TYPE_CHECKING:
    from bot.playground.play import Play

Story = Callable[["Play"], Awaitable[None]]


@dataclass(frozen=True)
class Seed:
    """`curators` are user ids. `weeks` is how long ago the story begins."""

    name: str
    workspace: Callable[[], Workspace]
    story: Story
    curators: tuple[str, ...] = ()
    weeks: float = 0
