"""One read of everything the Home tab shows."""

from datetime import datetime

from bot.commitments import store as commitments
from bot.delivery.plan import next_of
from bot.home.model import Mine
from bot.kernel.weeks import day_of
from bot.metrics import store as metrics
from bot.storage.engine import Database
from bot.teams import store as teams
from bot.teams.model import Person, Staff
from bot.teams.rhythms import NUDGE


async def mine(database: Database, person: Person, staff: Staff, now: datetime) -> Mine:
    """Raises: what the database raises."""
    async with database.read() as connection:
        my_teams = await teams.teams_of(connection, person.workspace_id, person.id)
        open_ones = await commitments.open_of(connection, person.workspace_id, person.id)
        measured = [tuple(await metrics.standings(connection, team, now)) for team in my_teams]
        nudges = [await next_of(connection, person.workspace_id, team.id, NUDGE) for team in my_teams]
        today = day_of(now, person.zone)
        away = await teams.away_of(connection, person.workspace_id, [person.id], today)
    return Mine(
        person,
        now,
        tuple(open_ones),
        tuple(my_teams),
        tuple(measured),
        tuple(nudges),
        tuple(away.get(person.id, [])),
        is_curator=staff.is_curator(person),
        is_admin=staff.is_admin(person),
    )
