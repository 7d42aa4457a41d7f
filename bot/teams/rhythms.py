"""When a team and its leads hear from the coach: schedules that are kept in the transaction that changes the team.

What is said then is decided at that hour (bot/nudges).
"""

from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.plan import Schedule, drop_schedules, set_schedule
from bot.kernel.ids import TeamId, UserId
from bot.teams.model import Team

NUDGE, REPORT, PULSE = "nudge", "report", "pulse"
A_QUARTER = 13
"""Weeks from one pulse to the next."""
AFTER_THE_NUDGE = 1
"""Workdays from the nudge to the report."""
WORKDAYS = 5

LeadOf = NewType("LeadOf", str)
"""A lead in a team, as owner of a schedule: the same person may lead two."""


async def set_rhythms(connection: AsyncConnection, team: Team, before: Team | None, now: datetime) -> None:
    """Keep, change or end the schedules of a team and of those who lead it, or led it."""
    gone = (before.leads if before else frozenset()) - (frozenset() if team.is_closed else team.leads)
    for lead in sorted(gone):
        await drop_schedules(connection, team.workspace_id, lead_of(team.id, lead))
    if team.is_closed:
        await drop_schedules(connection, team.workspace_id, team.id)
        return
    await set_schedule(connection, _nudge(team), now)
    for lead in sorted(team.leads):
        await set_schedule(connection, _for_a_lead(team, lead, REPORT, AFTER_THE_NUDGE, every=1), now)
        if before is None or lead not in before.leads:
            later = now + timedelta(weeks=4)  # a new team knows itself a little before it is asked
            await set_schedule(connection, _for_a_lead(team, lead, PULSE, AFTER_THE_NUDGE + 1, every=A_QUARTER), later)


def lead_of(team_id: TeamId, lead: UserId) -> LeadOf:
    return LeadOf(f"{team_id}/{lead}")


def team_and_lead(owner: str) -> tuple[TeamId, UserId]:
    """Whose schedule it is. Raises: ValueError for another owner."""
    team_id, slash, lead = owner.partition("/")
    if not slash:
        raise ValueError(f"{owner!r} is no lead of a team")
    return TeamId(team_id), UserId(lead)


def _nudge(team: Team) -> Schedule:
    rhythm = team.rhythm
    return Schedule(
        team.workspace_id,
        team.id,
        NUDGE,
        rhythm.zone,
        rhythm.at,
        rhythm.weekday,
        every_weeks=team.every_weeks,
        paused=team.nudges_stopped,
    )


def _for_a_lead(team: Team, lead: UserId, kind: str, days_later: int, *, every: int) -> Schedule:
    rhythm = team.rhythm
    weekday = (rhythm.weekday + days_later) % WORKDAYS
    return Schedule(team.workspace_id, lead_of(team.id, lead), kind, rhythm.zone, rhythm.at, weekday, every_weeks=every)
