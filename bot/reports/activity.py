"""What the coach did for a team, and whether anybody did something after it: counts, from steps stored anyway."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.reminders import DIGEST
from bot.delivery.model import State
from bot.kernel.ids import UserId
from bot.kernel.weeks import A_WEEK
from bot.measures.know_to_do import Answers
from bot.measures.nudge_response import Nudges
from bot.reports.model import Done, Step
from bot.storage import tables as t
from bot.teams.model import Team

ACTED_WITHIN = A_WEEK


@dataclass(frozen=True, slots=True)
class Act:
    """Something somebody in a team did at a moment."""

    by: UserId
    at: datetime


async def acts(connection: AsyncConnection, team: Team, since: datetime, until: datetime) -> list[Act]:
    """Steps in commitments, readings entered and metrics defined, by those who are in the team now."""
    e, r, m = t.commitment_events.c, t.readings.c, t.metrics.c
    steps = sa.select(e.actor_id.label("by"), e.at.label("at")).where(e.team_id == team.id)
    readings = sa.select(r.entered_by, r.entered_at).where(r.team_id == team.id)
    defined = sa.select(m.owner_id, m.defined_at).where(m.team_id == team.id)
    rows = await connection.execute(
        sa.union_all(
            steps.where(e.at.between(since, until)),
            readings.where(r.entered_at.between(since, until)),
            defined.where(m.defined_at.between(since, until)),
        )
    )
    found = (Act(UserId(row.by), row.at) for row in rows)
    return [act for act in found if act.by in team.members]


async def done(
    connection: AsyncConnection, team: Team, since: datetime, until: datetime, people: Sequence[Act]
) -> Done:
    """What the coach did for a team from one moment to another. `people`: what they did, up to a week after that."""
    return Done(await _answers(connection, team, since, until), await _nudges(connection, team, since, until, people))


async def _answers(connection: AsyncConnection, team: Team, since: datetime, until: datetime) -> Answers:
    a, c = t.answers.c, t.commitments.c
    rows = await connection.execute(
        sa.select(a.id, a.user_id, a.asked_at, sa.func.min(c.made_at).label("made_at"))
        .join(t.commitments, c.answer_id == a.id, isouter=True)
        .where(a.workspace_id == team.workspace_id)
        .where(a.user_id.in_(sorted(team.members)))
        .where(a.asked_at.between(since, until))
        .where(a.status == "answered")
        .group_by(a.id, a.user_id, a.asked_at)
    )
    found = list(rows)
    acted_on = sum(1 for row in found if row.made_at and row.made_at - row.asked_at <= ACTED_WITHIN)
    return Answers(len(found), acted_on, len({row.user_id for row in found}))


async def _nudges(
    connection: AsyncConnection, team: Team, since: datetime, until: datetime, people: Sequence[Act]
) -> Nudges:
    to_team = [(row.sent_at, row.acted_at, team.members) for row in await _team_nudges(connection, team, since, until)]
    to_one = [(row.sent_at, None, {UserId(row.recipient)}) for row in await _digests(connection, team, since, until)]
    sent = [*to_team, *to_one]
    answered = sum(
        1 for at, acted_at, who in sent if _in_time(at, acted_at) or any(_follows(act, at, who) for act in people)
    )
    reports, opened = await _reports(connection, team, since, until)
    reached = {person for _, _, who in sent for person in who}
    return Nudges(len(sent) + reports, answered + opened, len(reached | (team.leads if reports else frozenset())))


async def _team_nudges(
    connection: AsyncConnection, team: Team, since: datetime, until: datetime
) -> Sequence[sa.Row[Any, Any]]:
    n = t.nudges.c
    rows = await connection.execute(
        sa.select(n.sent_at, n.acted_at).where(n.team_id == team.id).where(n.sent_at.between(since, until))
    )
    return rows.all()


async def _digests(
    connection: AsyncConnection, team: Team, since: datetime, until: datetime
) -> Sequence[sa.Row[Any, Any]]:
    o = t.outbox.c
    rows = await connection.execute(
        sa.select(o.sent_at, o.recipient)
        .where(o.workspace_id == team.workspace_id)
        .where(o.recipient.in_(sorted(team.members)))
        .where(o.state == State.SENT)
        .where(o.kind == DIGEST)
        .where(o.sent_at.between(since, until))
    )
    return rows.all()


async def _reports(connection: AsyncConnection, team: Team, since: datetime, until: datetime) -> tuple[int, int]:
    """Reports sent to its leads, and how many of them were opened within a week."""
    s = t.report_steps.c
    rows = await connection.execute(
        sa.select(s.lead_id, s.step, s.at).where(s.team_id == team.id).where(s.at.between(since, until + ACTED_WITHIN))
    )
    found = list(rows)
    sent = [row for row in found if row.step == Step.SENT and row.at <= until]
    opened = [Act(UserId(row.lead_id), row.at) for row in found if row.step != Step.SENT]
    return len(sent), sum(1 for row in sent if any(_follows(act, row.at, {row.lead_id}) for act in opened))


def _in_time(sent_at: datetime, acted_at: datetime | None) -> bool:
    return acted_at is not None and acted_at - sent_at <= ACTED_WITHIN


def _follows(act: Act, sent_at: datetime, who: Iterable[str]) -> bool:
    return act.by in who and timedelta() <= act.at - sent_at <= ACTED_WITHIN
