"""Where a playground begins, one file a seed: who is there, and what has happened so far.

A story acts as people do, through the verbs of `Slack`, while the real coach listens; it never writes a row. It begins
`weeks` before now and moves the clock with `play.pass_time`; at its end it is now.
"""

from bot.playground.seeds import empty, harbor, large
from bot.playground.seeds.seed import Seed

__all__ = ["SEEDS", "Seed"]

SEEDS = {one.name: one for one in (harbor.SEED, empty.SEED, large.SEED)}
