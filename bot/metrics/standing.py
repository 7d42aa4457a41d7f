"""How a metric stands on a day: read in time, due, stale, to be reviewed. Pure: days and readings in, answers out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.kernel.weeks import day_of
from bot.metrics.model import Direction, Metric, Reading

STALE_AFTER = 2
"""Periods without a reading after which a metric is asked whether it is still wanted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A metric and its latest reading, looked at on a day where its team lives."""

    metric: Metric
    last: Reading | None
    today: date
    defined_on: date

    @property
    def is_due(self) -> bool:
        """A reading is due: none yet, or a period of the cadence has passed since the last one."""
        return self.metric.is_active and (self.last is None or self._since >= self.metric.purpose.cadence.period.days)

    @property
    def is_stale(self) -> bool:
        """Nothing was read for more than two periods, counted from its definition where nothing ever was."""
        return self.metric.is_active and self._since > STALE_AFTER * self.metric.purpose.cadence.period.days

    @property
    def is_review_due(self) -> bool:
        """The day of its review, or the end of its trial, has come."""
        return self.metric.is_active and self.today >= self.metric.purpose.review_on

    @property
    def is_living(self) -> bool:
        """Active, with a reading no older than its cadence."""
        return (
            self.metric.is_active and self.last is not None and self._since <= self.metric.purpose.cadence.period.days
        )

    @property
    def _since(self) -> int:
        """Days since the last reading, or since it was defined."""
        return (self.today - (self.last.day if self.last else self.defined_on)).days


def standing(metric: Metric, last: Reading | None, now: datetime, zone: ZoneInfo) -> Standing:
    """How it stands at a moment, by the days of its team."""
    return Standing(metric, last, day_of(now, zone), day_of(metric.defined_at, zone))


def is_better(metric: Metric, earlier: float, later: float) -> bool | None:
    """Whether the later value is the better one; None where they are equal, or neither way is better."""
    if earlier == later or metric.definition.direction is Direction.DEPENDS:
        return None
    return (later > earlier) is (metric.definition.direction is Direction.HIGHER)


def reaches_target(metric: Metric, value: float) -> bool | None:
    """Whether a value is at the target or beyond it; None without a target or a better way."""
    target, direction = metric.purpose.target, metric.definition.direction
    if target is None or direction is Direction.DEPENDS:
        return None
    return value >= target if direction is Direction.HIGHER else value <= target


def by_day(readings: Iterable[Reading]) -> list[Reading]:
    """Those that stand, oldest first: corrected ones are history."""
    return sorted((one for one in readings if one.corrected_at is None), key=lambda one: (one.day, one.id))


def latest(readings: Sequence[Reading], most: int) -> list[Reading]:
    """The last so many that stand, oldest first."""
    return by_day(readings)[-most:]
