"""/coach team: the window of this channel's team, and its buttons."""

from datetime import time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp

from bot.kernel.ids import ChannelId, TeamId, UserId
from bot.slack_kit.clicks import Click, Fields, Sent, Typed
from bot.slack_kit.pieces import Piece, note, notice
from bot.teams import blocks, store
from bot.teams.model import NudgePlace, Role, TeamForm, role_in
from bot.teams.saving import close_team, leave_team, save_team
from bot.teams.workplace import Command, Workplace

Body = dict[str, Any]
ONLY_IN_CHANNELS = "A team belongs to a channel: type /coach team in the channel its people share."


def register(app: AsyncApp, at: Workplace) -> list[Command]:
    """Listen to the window and its buttons; gives the command that opens it."""

    app.view(blocks.TEAM_WINDOW)(at.on_form(partial(_save, at=at)))
    for action_id in (blocks.LEAVE, blocks.CLOSE):
        app.action(action_id)(at.on_click(partial(_leave_or_close, at=at)))
    return [Command("team", "sets up the team of this channel, or shows it.", partial(open_window, at=at))]


async def open_window(typed: Typed, at: Workplace) -> None:
    """For a lead, and where there is no team yet, the form; for others what the team is."""
    if not typed.channel_id or typed.channel_id.startswith("D"):
        await at.tell(typed, note(ONLY_IN_CHANNELS))
        return
    channel_id, by = ChannelId(typed.channel_id), await at.person(typed.user_id)
    async with at.database.read() as connection:
        team = await store.team_in_channel(connection, at.workspace_id, channel_id)
    if team is None or role_in(team, by.id) is Role.LEAD:
        version = team.version if team else ""
        window = blocks.team_window(channel_id, by, team, f"{channel_id} {version}".strip())
    else:
        window = blocks.team_told(team, is_member=role_in(team, by.id) is Role.MEMBER)
    await at.speaker.open_modal(typed.trigger_id, window)


async def _save(sent: Sent, at: Workplace) -> Piece:
    by = await at.person(sent.user_id)
    form = form_in(sent.fields, sent.metadata, zone_of_others=by.zone.key)
    return blocks.team_saved(await save_team(form, by, at, at.now()))


def form_in(fields: Fields, metadata: str, *, zone_of_others: str) -> TeamForm:
    """A team as its window was filled in; the window remembers its channel and the version that was edited."""
    channel_id, _, version = metadata.partition(" ")
    return TeamForm(
        channel_id=ChannelId(channel_id),
        name=fields.text("name"),
        leads=frozenset(map(UserId, fields.users("leads"))),
        members=frozenset(map(UserId, fields.users("members"))),
        everyone=blocks.ALL in fields.ticked("everyone"),
        zone=ZoneInfo(fields.text("zone") or zone_of_others),
        weekday=int(fields.text("day") or 0),
        at=fields.time("hour") or time(0),
        nudge_place=NudgePlace(fields.text("place") or NudgePlace.CHANNEL),
        version=int(version) if version else None,
    )


async def _leave_or_close(click: Click, at: Workplace) -> None:
    act = leave_team if click.action_id == blocks.LEAVE else close_team
    team = await act(TeamId(click.value), UserId(click.user_id), at, at.now())
    done = "You have left" if act is leave_team else "You have closed"
    await at.speaker.change_view(click.view_id, notice("Done", f"{done} {team.name}."))
