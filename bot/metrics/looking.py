"""What somebody may see: the teams a command is about, and what these measure."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import ChannelId, UserId
from bot.metrics import readings, store
from bot.metrics.blocks import Measured
from bot.metrics.model import refuse_outsider
from bot.metrics.saving import MOST_TOLD
from bot.teams import store as teams
from bot.teams.model import NoTeam, Team
from bot.teams.workplace import Workplace


async def teams_meant(connection: AsyncConnection, at: Workplace, user_id: str, channel_id: str) -> list[Team]:
    """The team of the channel something was typed in; anywhere else all teams of the person.

    Raises: NotAllowed for somebody who is not in the channel's team; NoTeam.
    """
    user = UserId(user_id)
    here = await teams.team_in_channel(connection, at.workspace_id, ChannelId(channel_id))
    if here:
        refuse_outsider(here, user, "see its metrics")
        return [here]
    theirs = await teams.teams_of(connection, at.workspace_id, user)
    if not theirs:
        raise NoTeam
    return theirs


async def measured(connection: AsyncConnection, at: Workplace, found: Sequence[Team]) -> list[Measured]:
    """What each of these teams measures, with the last readings."""
    seen = []
    for team in found:
        stands = await store.standings(connection, team, at.now())
        told = {one.metric.id: await readings.last_of(connection, one.metric, MOST_TOLD) for one in stands}
        seen.append(Measured(team, stands, told))
    return seen
