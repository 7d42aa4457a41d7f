"""What a report reads of one team: rows of that team alone, by index, and never a word that was not shared.

A team was found in its workspace, so its id names both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.model import FARTHEST, Because, Status, Step
from bot.kernel.ids import CommitmentId, TeamId, UserId
from bot.kernel.weeks import A_DAY
from bot.measures.outcomes import Move, Stand
from bot.reports.model import DECISIONS, Decision, Own, Shared
from bot.reports.model import Step as ReportStep
from bot.storage import tables as t
from bot.storage.ids import new_id
from bot.teams.model import Team, Visibility, tidy

c, e = t.commitments.c, t.commitment_events.c
SHOWN_OPEN = 10
SHOWN_OWN = 20


@dataclass(frozen=True, slots=True)
class Due:
    """A commitment of the team that was due in a period, and why it was not done where its owner confirmed that."""

    stand: Stand
    because: Because | None


async def due(connection: AsyncConnection, team: Team, first: date, last: date) -> list[Due]:
    """Commitments of a team that are due in a period now. Those only their owners see are counted for nobody else."""
    rows = await connection.execute(
        sa.select(c.id, c.owner_id, c.due, c.due_ends_at, c.status, c.because)
        .where(c.team_id == team.id)
        .where(c.due.between(first, last))
        .where(c.visibility != Visibility.ME)
    )
    return [Due(_stand(row), Because(row.because) if row.because else None) for row in rows]


async def moves(connection: AsyncConnection, team: Team, first: date, last: date) -> list[Move]:
    """Moves from a due day in a period, in the order they were made; those that were taken back are left out."""
    rows = await connection.execute(
        sa.select(e.commitment_id, e.version, e.kind, e.told, c.owner_id)
        .join(t.commitments, c.id == e.commitment_id)
        .where(e.team_id == team.id)
        .where(e.kind.in_([Step.MOVED, Step.UNDONE]))
        .where(e.at >= _midnight(first) - FARTHEST)
        .where(c.visibility != Visibility.ME)
        .order_by(e.commitment_id, e.version)
    )
    found = list(rows)
    undone = {(row.commitment_id, row.version - 1) for row in found if row.kind == Step.UNDONE}
    made = [row for row in found if row.kind == Step.MOVED and (row.commitment_id, row.version) not in undone]
    return [move for move in map(_move, made) if first <= move.was <= last]


async def own(connection: AsyncConnection, team: Team, reader: UserId, first: date, last: date) -> list[Own]:
    """A reader's own commitments in the team, or in none: due in the period, or open; the soonest first."""
    rows = await connection.execute(
        sa.select(c.what, c.due, c.status)
        .where(c.workspace_id == team.workspace_id)
        .where(c.owner_id == reader)
        .where(sa.or_(c.team_id == team.id, c.team_id.is_(None)))
        .where(sa.or_(c.due.between(first, last), c.status == Status.OPEN))
        .where(c.what != "")
        .order_by(c.due, c.id)
        .limit(SHOWN_OWN)
    )
    return [Own(row.what, row.due, Status(row.status)) for row in rows]


async def still_open(
    connection: AsyncConnection, team: Team, reader: UserId | None, today: date, seen: Sequence[Visibility]
) -> list[Shared]:
    """What others in the team have promised and share with the reader, not due yet; the soonest first."""
    others = c.owner_id != reader if reader else sa.true()
    rows = await connection.execute(
        sa.select(c.what, c.due, c.owner_id)
        .where(c.team_id == team.id)
        .where(c.due >= today)
        .where(c.status == Status.OPEN)
        .where(c.visibility.in_(seen), others)
        .order_by(c.due, c.id)
        .limit(SHOWN_OPEN)
    )
    return [Shared(row.what, row.due, UserId(row.owner_id)) for row in rows]


async def add_step(
    connection: AsyncConnection, team: Team, lead: UserId, key: str, step: ReportStep, now: datetime
) -> None:
    """Note what a lead did with the report of a period."""
    await connection.execute(
        sa.insert(t.report_steps).values(
            id=new_id(now),
            workspace_id=team.workspace_id,
            team_id=team.id,
            lead_id=lead,
            week=key,
            step=step.value,
            at=now,
        )
    )


async def decisions(connection: AsyncConnection, team: Team, lead: UserId, key: str) -> list[Decision]:
    """What this lead made of the report of a period so far, the last first."""
    s = t.report_steps.c
    rows = await connection.execute(
        sa.select(s.step, s.at)
        .where(s.team_id == team.id)
        .where(s.lead_id == lead)
        .where(s.week == key)
        .where(s.step.in_(DECISIONS))
        .order_by(s.at.desc(), s.id.desc())
        .limit(3)
    )
    return [Decision(ReportStep(row.step), row.at.astimezone(team.rhythm.zone).date()) for row in rows]


async def team_called(connection: AsyncConnection, name: str) -> list[tuple[str, TeamId]]:
    """Living teams of that name or id, with their workspaces: for the command line, which knows no workspace."""
    n = t.teams.c
    rows = await connection.execute(
        sa.select(n.workspace_id, n.id)
        .where(n.closed_at.is_(None))
        .where(sa.or_(sa.func.ltrim(sa.func.lower(n.name), "# ") == tidy(name).lower(), n.id == name))
        .order_by(n.workspace_id, n.id)
    )
    return [(row.workspace_id, TeamId(row.id)) for row in rows]


def _stand(row: Any) -> Stand:
    return Stand(CommitmentId(row.id), UserId(row.owner_id), row.due, row.due_ends_at, Status(row.status))


def _move(row: Any) -> Move:
    told = row.told
    return Move(
        CommitmentId(row.commitment_id),
        UserId(row.owner_id),
        was=date.fromisoformat(told["was"]),
        to=date.fromisoformat(told["due"]),
        in_time=bool(told["in_time"]),
        before=Status(told["before"]),
    )


def _midnight(day: date) -> datetime:
    """The first moment anywhere at which it may be that day."""
    return datetime.combine(day - A_DAY, time(0), UTC)
