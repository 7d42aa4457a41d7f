"""Figures, one file each: pure functions from counts to a value with its unit, its n and its floor."""

from collections.abc import Callable, Mapping

from bot.measures.accounted_for import accounted_for
from bot.measures.collective import collective
from bot.measures.days_moved import days_moved
from bot.measures.follow_through import follow_through
from bot.measures.know_to_do import know_to_do
from bot.measures.ladder import ladder
from bot.measures.model import Measure
from bot.measures.nudge_response import nudge_response

ALL_MEASURES: Mapping[str, Callable[..., Measure | tuple[Measure, ...]]] = {
    "accounted_for": accounted_for,
    "follow_through": follow_through,
    "days_moved": days_moved,
    "know_to_do": know_to_do,
    "nudge_response": nudge_response,
    "collective": collective,
    "ladder": ladder,
}
"""Every file of this folder that holds a figure, by its name."""
