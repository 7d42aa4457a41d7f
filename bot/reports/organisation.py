"""What an organisation's page reads: counts over all its teams, each from one index, and none of one team alone."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import WorkspaceId
from bot.kernel.weeks import day_of, quarter_of
from bot.measures.collective import Adoption
from bot.measures.ladder import Rungs
from bot.metrics.model import Cadence, Status
from bot.reports.model import Overview, Step
from bot.storage import tables as t

TOOK_PART_WITHIN = OPENED_WITHIN = timedelta(weeks=4)
PERSISTS_FROM = timedelta(weeks=8)
A_QUARTER = timedelta(days=92)
UTC = ZoneInfo("UTC")
YES, NO = "y", "n"

g, p, m, s = t.teams.c, t.team_members.c, t.metrics.c, t.report_steps.c


async def overview(connection: AsyncConnection, workspace_id: WorkspaceId, now: datetime, floor: int) -> Overview:
    """The four rungs and collective adoption of all living teams."""
    teams = await _count(connection, sa.select(sa.func.count()).select_from(t.teams).where(*_living(workspace_id)))
    members = await _count(connection, _members(workspace_id))
    took_part = await _count(connection, _members(workspace_id).where(p.active_at > now - TOOK_PART_WITHIN))
    opened = await _count(connection, _opened(workspace_id, now))
    lives = (await connection.execute(_lives(workspace_id, now))).one()
    asked = (await connection.execute(_asked(workspace_id, now))).one()
    rungs = Rungs(teams, asked.asked, asked.understand or 0, asked.monitor or 0, lives.teams, opened)
    adoption = Adoption(teams, lives.teams, members, took_part, lives.old or 0, lives.alive or 0)
    return Overview(rungs, adoption, day_of(now, UTC), floor)


def _living(workspace_id: WorkspaceId) -> tuple[sa.ColumnElement[bool], ...]:
    return g.workspace_id == workspace_id, g.closed_at.is_(None)


def _is_closed(workspace_id: WorkspaceId, team_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Closed teams are few: who asks for the others passes over these, in place of looking each team up."""
    return team_id.in_(sa.select(g.id).where(g.workspace_id == workspace_id, g.closed_at.is_not(None)))


def _members(workspace_id: WorkspaceId) -> sa.Select[Any]:
    """Places in living teams: somebody in two has a place in each."""
    return (
        sa.select(sa.func.count())
        .select_from(t.team_members)
        .where(p.workspace_id == workspace_id, p.left_at.is_(None), ~_is_closed(workspace_id, p.team_id))
    )


def _opened(workspace_id: WorkspaceId, now: datetime) -> sa.Select[Any]:
    """Teams whose lead opened a report in the last four weeks."""
    return (
        sa.select(sa.func.count(s.team_id.distinct()))
        .where(s.workspace_id == workspace_id, s.step == Step.OPENED, s.at > now - OPENED_WITHIN)
        .where(~_is_closed(workspace_id, s.team_id))
    )


def _lives(workspace_id: WorkspaceId, now: datetime) -> sa.Select[Any, Any, Any]:
    """Teams with a metric read within its cadence; and of the metrics of eight weeks or more, how many that holds for.

    Days are those of UTC: for an organisation a day more or less does not matter.
    """
    r, today = t.readings.c, day_of(now, UTC)
    oldest = sa.case(*((m.cadence == one, today - one.period) for one in Cadence), else_=today)
    read = sa.exists().where(r.metric_id == m.id, r.corrected_at.is_(None), r.day >= oldest)
    metrics = (
        sa.select(m.team_id, (m.defined_at <= now - PERSISTS_FROM).label("old"), read.label("alive"))
        .where(m.workspace_id == workspace_id, m.status == Status.ACTIVE, ~_is_closed(workspace_id, m.team_id))
        .cte("lives")
        .prefix_with("MATERIALIZED")  # else each reading is looked up once more for each count below
    )
    alive, old = metrics.c.alive, metrics.c.old
    return sa.select(
        sa.func.count(sa.case((alive, metrics.c.team_id)).distinct()).label("teams"),
        sa.func.sum(sa.case((old, 1), else_=0)).label("old"),
        sa.func.sum(sa.case((sa.and_(old, alive), 1), else_=0)).label("alive"),
    )


def _asked(workspace_id: WorkspaceId, now: datetime) -> sa.Select[Any, Any, Any]:
    """What leads said in the pulse of this quarter or, where a team has none yet, of the last one. One yes counts."""
    u, today = t.pulses.c, day_of(now, UTC)
    quarters = (quarter_of(today), quarter_of(today - A_QUARTER))
    said = (
        sa.select(_last(u.understands).label("understand"), _last(u.listens).label("monitor"))
        .where(u.workspace_id == workspace_id, u.quarter.in_(quarters), ~_is_closed(workspace_id, u.team_id))
        .group_by(u.team_id)
        .subquery()
    )
    return sa.select(
        sa.func.count().label("asked"),
        sa.func.sum(sa.case((said.c.understand.endswith(YES), 1), else_=0)).label("understand"),
        sa.func.sum(sa.case((said.c.monitor.endswith(YES), 1), else_=0)).label("monitor"),
    ).select_from(said)


def _last(yes: sa.ColumnElement[bool | None]) -> sa.ColumnElement[str]:
    """The greatest "2026-Q4y" or "2026-Q4n": the last quarter first, and a yes in it before a no."""
    return sa.func.max(t.pulses.c.quarter + sa.case((yes, YES), else_=NO))


async def _count(connection: AsyncConnection, question: sa.Select[Any]) -> int:
    return int(await connection.scalar(question) or 0)
