"""What people do with metrics: read, decide (model.py), write, in one transaction; who may not hears why."""

from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import FormRefused, Wrong
from bot.kernel.ids import MetricId, TeamId, UserId
from bot.kernel.weeks import day_of
from bot.metrics import readings, store
from bot.metrics.errors import EnoughMetrics, Unknown
from bot.metrics.form import Draft, MetricForm, drafted
from bot.metrics.model import (
    MOST_ACTIVE,
    Logged,
    Metric,
    changed,
    kept_on,
    purposeful,
    refuse_change,
    refuse_outsider,
    refuse_retired,
    retired,
)
from bot.storage.ids import new_id
from bot.teams import store as teams
from bot.teams.model import ChangedMeanwhile, NoTeam, Team
from bot.teams.workplace import Workplace

log = structlog.get_logger()

MOST_TOLD = 8
"""Readings that a word about the last one looks back to."""
FUTURE = Wrong("day", "That day has not come yet. A reading is of today or of a day before.")


async def seen_by(connection: AsyncConnection, at: Workplace, metric_id: str, by: UserId) -> tuple[Metric, Team]:
    """A metric and its team, for somebody of that team. Raises: Unknown, NoTeam, NotAllowed."""
    metric = await store.find(connection, at.workspace_id, metric_id)
    if metric is None:
        raise Unknown
    return metric, await team_of(connection, at, metric.team_id, by)


async def team_of(connection: AsyncConnection, at: Workplace, team_id: str, by: UserId) -> Team:
    """A living team, for somebody in it. Raises: NoTeam, NotAllowed."""
    team = await teams.team(connection, at.workspace_id, TeamId(team_id))
    if team is None or team.is_closed:
        raise NoTeam
    refuse_outsider(team, by, "see its metrics")
    return team


async def draft(form: MetricForm, team_id: str, by: UserId, at: Workplace) -> Draft:
    """What a form describes. Raises: FormRefused, NoTeam, NotAllowed."""
    async with at.database.read() as connection:
        team = await team_of(connection, at, team_id, by)
    owner = await at.person(form.owner_id) if form.owner_id else None
    return drafted(form, team, owner, day_of(at.now(), team.rhythm.zone))


async def define(
    made: Draft, team_id: str, template_id: str | None, by: UserId, at: Workplace, *, made_from: str
) -> Metric:
    """Keep a new metric of a team, once for each form. Raises: EnoughMetrics, FormRefused, NoTeam, NotAllowed."""
    now = at.now()
    async with at.database.write() as connection:
        team = await team_of(connection, at, team_id, by)
        if before := await store.made_from(connection, at.workspace_id, made_from):
            return before
        active = await store.hold_team(connection, team.id)
        if len(active) >= MOST_ACTIVE:
            raise EnoughMetrics(MOST_ACTIVE)
        _refuse_same_name(made.name, active)
        purpose, until = purposeful(made.purpose, day_of(now, team.rhythm.zone))
        metric = Metric(
            MetricId(new_id(now)),
            team.workspace_id,
            team.id,
            made.name,
            made.definition,
            purpose,
            now,
            template_id=template_id,
            trial_until=until,
        )
        await store.add(connection, metric, made_from)
    log.info("metric.defined", metric_id=metric.id, team_id=team.id, template=template_id, trial=metric.is_trial)
    return metric


async def change(made: Draft, metric_id: str, version: int, by: UserId, at: Workplace) -> Metric:
    """A new version; the one before and its readings are kept.

    Raises: Unknown, NoTeam, NotAllowed, Retired, ChangedMeanwhile, FormRefused.
    """
    async with at.database.write() as connection:
        metric, team = await seen_by(connection, at, metric_id, by)
        refuse_change(metric, team, by)
        if metric.version != version:
            raise ChangedMeanwhile("That metric")
        _refuse_same_name(made.name, [one for one in await store.active_metrics(connection, team.id) if one != metric])
        today = day_of(at.now(), team.rhythm.zone)
        after = changed(metric, made.name, made.definition, made.purpose, today)
        await store.put(connection, metric, after, by, at.now())
    log.info("metric.changed", metric_id=metric.id, version=after.version)
    return after


async def keep(metric_id: str, until: date, decision: str | None, by: UserId, at: Workplace) -> Metric:
    """Reviewed and kept. Raises: Unknown, NoTeam, NotAllowed, Retired, DecisionMissing, ChangedMeanwhile."""
    async with at.database.write() as connection:
        metric, team = await seen_by(connection, at, metric_id, by)
        refuse_change(metric, team, by)
        after = kept_on(metric, until, decision)
        await store.put(connection, metric, after, by, at.now())
    log.info("metric.kept", metric_id=metric.id, until=str(until))
    return after


async def retire(metric_id: str, because: str, by: UserId, at: Workplace) -> tuple[Metric, int]:
    """No longer read; gives it and how many readings it leaves.

    Raises: Unknown, NoTeam, NotAllowed, Retired, ChangedMeanwhile.
    """
    async with at.database.write() as connection:
        metric, team = await seen_by(connection, at, metric_id, by)
        refuse_change(metric, team, by)
        after = retired(metric, at.now(), because)
        await store.put(connection, metric, after, by, at.now())
        count = await readings.count(connection, metric)
    log.info("metric.retired", metric_id=metric.id, readings=count)
    return after, count


async def log_value(metric_id: str, value: float, day: date | None, by: UserId, at: Workplace) -> Logged:
    """Note a value of a day, today where none is named; another value of that day becomes history.

    Raises: Unknown, NoTeam, NotAllowed, Retired; FormRefused for a day that has not come.
    """
    now = at.now()
    async with at.database.write() as connection:
        metric, team = await seen_by(connection, at, metric_id, by)
        refuse_retired(metric)
        today = day_of(now, team.rhythm.zone)
        if day and day > today:
            raise FormRefused(FUTURE)
        before = await readings.put_reading(connection, metric, day or today, value, by=by, now=now)
        told = await readings.last_of(connection, metric, MOST_TOLD)
    log.info("reading.logged", metric_id=metric.id, corrected=before is not None)
    return Logged(metric, day or today, value, before, told, today)


def _refuse_same_name(name: str, others: list[Metric]) -> None:
    if name.casefold() in (one.name.casefold() for one in others):
        raise FormRefused(Wrong("name", "The team has an active metric of that name already."))
