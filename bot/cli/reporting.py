"""`coach report`: the numbers of /coach report in a terminal or a script; totals only, and nobody's own commitments."""

from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typer import echo

from bot.errors import CoachError
from bot.kernel.ids import WorkspaceId
from bot.kernel.weeks import day_of
from bot.logs import set_up_logs
from bot.reports.exporting import as_csv, as_json, as_text
from bot.reports.flow import organisation_report, team_report
from bot.reports.gathering import team_period
from bot.reports.model import Report
from bot.reports.opening import WEEKS
from bot.reports.organisation import overview
from bot.reports.periods import EXAMPLES, last_weeks, period_in
from bot.reports.store import team_called
from bot.settings import settings_or_explain
from bot.storage import tables as t
from bot.storage.engine import open_database
from bot.teams import store as teams

Form = Literal["text", "json", "csv"]
WRITE = {"text": as_text, "json": as_json, "csv": as_csv}


class NoReport(CoachError):
    """There is nothing to report on: no database yet, no such team, several of that name, no such period."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(says)
        self.remedy = remedy


async def report(team: str | None, period: str | None, form: Form) -> None:
    """Print a team's report, or the organisation's page where no team is named. Raises: NoReport, DatabaseAway."""
    from bot.doctor.database import is_new

    settings = settings_or_explain()
    set_up_logs(level="warning", form=settings.log_format)
    if is_new(settings.database_url):
        raise NoReport("There is no database yet.", "coach run makes it; then set up a team with /coach team.")
    database = open_database(settings.database_url)
    try:
        async with database.read() as connection:
            told = await found(connection, team, period, settings.floor, datetime.now(UTC))
    finally:
        await database.close()
    echo(WRITE[form](told), nl=form != "csv")


async def found(connection: AsyncConnection, named: str | None, words: str | None, floor: int, now: datetime) -> Report:
    """The report of a team of that name or id, for no reader; without a name the organisation's. Raises: NoReport."""
    if named is None:
        return organisation_report(await overview(connection, await _workspace(connection), now, floor))
    called = await team_called(connection, named)
    if len(called) != 1:
        says = "several living teams are" if called else "no living team is"
        ids = ", ".join(id for _, id in called) or "the name it has in /coach team"
        raise NoReport(f"{says.capitalize()} called {named}.", f"Name one by: {ids}.")
    [(workspace_id, team_id)] = called
    team = await teams.team(connection, WorkspaceId(workspace_id), team_id)
    assert team
    today = day_of(now, team.rhythm.zone)
    period = period_in(words, today) if words else last_weeks(WEEKS, today)
    if period is None:
        raise NoReport(f"{words} is no period that has begun.", f"Say {EXAMPLES}.")
    organisation = await overview(connection, team.workspace_id, now, floor)
    gathered = await team_period(connection, team, None, period, now, floor=floor, organisation=organisation.rungs)
    return team_report(gathered)


async def _workspace(connection: AsyncConnection) -> WorkspaceId:
    rows = await connection.execute(sa.select(t.teams.c.workspace_id).distinct())
    found = [row.workspace_id for row in rows]
    if len(found) != 1:
        says = "Several workspaces share this database." if found else "There is no team yet."
        raise NoReport(says, "Name a team with --team." if found else "Set one up with /coach team in its channel.")
    return WorkspaceId(found[0])
