"""Making, changing, leaving and closing a team: read, decide (model.py), write, in one transaction."""

from datetime import datetime

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery.speaker import Speaker
from bot.errors import CoachError, FormRefused, Wrong
from bot.kernel.ids import ChannelId, TeamId, UserId
from bot.slack_kit.errors import known_error
from bot.slack_kit.reading import part, word
from bot.storage.ids import new_id
from bot.teams import store
from bot.teams.model import NoTeam, Person, Team, TeamForm, closed, left, saved
from bot.teams.rhythms import set_rhythms
from bot.teams.workplace import Workplace

log = structlog.get_logger()

NO_LIST = "I may not see who is in this channel. Choose the members one by one, or invite me here first."


async def save_team(form: TeamForm, by: Person, at: Workplace, now: datetime) -> Team:
    """Store the team a form describes. Raises: as model.saved, and what the database raises."""
    if form.everyone:
        form = form.with_members(await everyone_in(form.channel_id, at))
    people = await at.people.known((*form.leads, *form.members), now)
    form = form.without_the_unreachable(people)
    async with at.database.write() as connection:
        before = await store.team_in_channel(connection, at.workspace_id, form.channel_id)
        team = saved(form, before, people, by, TeamId(new_id(now)), now)
        if before:
            await store.change_team(connection, team, now)
        else:
            await store.add_team(connection, team)
        await set_rhythms(connection, team, before, now)
    log.info("team.saved", team_id=team.id, members=len(team.members), is_new=before is None)
    return team


async def leave_team(team_id: TeamId, by: UserId, at: Workplace, now: datetime) -> Team:
    """Raises: NoTeam, NotAllowed, LastLead, ChangedMeanwhile."""
    async with at.database.write() as connection:
        before = _living(await store.team(connection, at.workspace_id, team_id))
        team = left(before, by)
        await store.change_team(connection, team, now)
        await set_rhythms(connection, team, before, now)
    log.info("team.left", team_id=team.id)
    return team


async def close_team(team_id: TeamId, by: UserId, at: Workplace, now: datetime) -> Team:
    """Raises: NoTeam, NotAllowed, ChangedMeanwhile."""
    async with at.database.write() as connection:
        before = _living(await store.team(connection, at.workspace_id, team_id))
        team = closed(before, by, now)
        await store.change_team(connection, team, now)
        await set_rhythms(connection, team, before, now)
    log.info("team.closed", team_id=team.id)
    return team


async def everyone_in(channel_id: ChannelId, at: Workplace) -> frozenset[UserId]:
    """The people of a channel. Raises: FormRefused, where the coach may not see them."""
    found: set[UserId] = set()
    cursor = ""
    while True:
        page, cursor = await _page(channel_id, cursor, at.speaker)
        found |= page - {at.bot_user_id}
        if not cursor:
            return frozenset(found)


async def _page(channel_id: ChannelId, cursor: str, speaker: Speaker) -> tuple[set[UserId], str]:
    arguments = {"channel": channel_id, "limit": 200} | ({"cursor": cursor} if cursor else {})
    try:
        answer = await speaker.look_up("conversations.members", arguments)
    except (SlackApiError, CoachError) as refusal:
        log.info("members.not_seen", kind=type(known_error(refusal) or refusal).__name__)
        raise FormRefused(Wrong("everyone", NO_LIST)) from refusal
    ids = answer.get("members")
    return {UserId(word(id)) for id in ids} if isinstance(ids, list) else set(), word(
        part(answer, "response_metadata").get("next_cursor")
    )


def _living(team: Team | None) -> Team:
    if team is None or team.is_closed:
        raise NoTeam
    return team
