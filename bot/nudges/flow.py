"""Which nudge a team gets this week: the first kind that has something to say and has not gone stale itself."""

from collections.abc import Mapping

from bot.nudges.kinds import ALL_KINDS
from bot.nudges.model import Compose, Nudge, TeamState, is_tired


def choose(state: TeamState, kinds: Mapping[str, Compose] = ALL_KINDS) -> Nudge | None:
    """The nudge for a team in this state; None where there is nothing worth saying.

    A kind that was not acted on three times in a row is passed over, unless every kind is.
    """
    said = [nudge for compose in kinds.values() if (nudge := compose(state))]
    fresh = [nudge for nudge in said if not is_tired(nudge.kind, state.past)]
    return next(iter(fresh or said), None)
