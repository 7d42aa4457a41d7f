"""Metrics for tests: sensible ones, and the fields that matter by keyword."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.kernel.ids import ChannelId, MetricId, TeamId, UserId, WorkspaceId
from bot.metrics.model import Cadence, Definition, Direction, Metric, Purpose, Reading
from bot.storage import tables as t
from bot.teams.model import Rhythm, Team

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = NOW.date()
HARBOR, QUAY = WorkspaceId("T0HARBOR"), WorkspaceId("T1QUAY")
MARA, LEO, INES = UserId("U0MARA"), UserId("U0LEO"), UserId("U0INES")
PARIS = ZoneInfo("Europe/Paris")


def a_team(id: str = "team-harbor", *, workspace_id: WorkspaceId = HARBOR, zone: ZoneInfo = PARIS) -> Team:
    """Leo leads, Mara is in it, Ines is not."""
    channel_id, leads = ChannelId(f"C-{id}"), frozenset({LEO})
    return Team(TeamId(id), workspace_id, channel_id, "Harbor", Rhythm(zone, 0, time(10)), leads, leads | {MARA}, NOW)


def a_metric(
    name: str = "Questions answered within 24 h",
    *,
    id: str = "metric-answered",
    team: Team | None = None,
    owner: UserId = MARA,
    unit: str = "%",
    direction: Direction = Direction.HIGHER,
    defined_at: datetime = NOW,
    **purpose: Any,
) -> Metric:
    team = team or a_team()
    decision = purpose.pop("decision", "Whether the channel needs people who take turns.")
    cadence, review_on = purpose.pop("cadence", Cadence.WEEKLY), purpose.pop("review_on", date(2027, 1, 18))
    trial_until = purpose.pop("trial_until", None)
    definition = Definition(
        "Share of questions with a real reply within a day.",
        "answered within 24 h / all questions",
        unit,
        direction,
        source="channel count by hand",
        gaming="Empty replies.",
        guard="Count only replies that help.",
    )
    return Metric(
        MetricId(id),
        team.workspace_id,
        team.id,
        name,
        definition,
        Purpose(owner, cadence, review_on, decision, **purpose),
        defined_at,
        template_id="m-answered-24h",
        trial_until=trial_until,
    )


def a_reading(value: float, day: date = MONDAY, *, metric: Metric | None = None) -> Reading:
    metric = metric or a_metric()
    return Reading(f"{day}-{value}", metric.id, day, value, MARA, NOW)


async def put_team(connection: AsyncConnection, team: Team) -> None:
    """The row a metric hangs on."""
    await connection.execute(
        sa.insert(t.teams).values(
            id=team.id,
            workspace_id=team.workspace_id,
            channel_id=team.channel_id,
            name=team.name,
            time_zone=team.rhythm.zone.key,
            local_time="10:00",
            nudge_place="channel",
            created_at=team.created_at,
        )
    )
