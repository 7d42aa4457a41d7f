"""What stands in the fields of a metric's window before somebody types."""

from dataclasses import replace
from datetime import date

from bot.kernel.ids import UserId
from bot.metrics.catalogue import Template
from bot.metrics.form import MetricForm
from bot.metrics.model import REVIEW_AFTER, Cadence, Metric
from bot.metrics.wording import digits


def from_scratch(by: UserId, today: date) -> MetricForm:
    """Theirs, read every week, looked at again after eight weeks; the rest is empty."""
    return MetricForm("", "", "", "", Cadence.WEEKLY, by, today + REVIEW_AFTER)


def from_template(template: Template, form: MetricForm) -> MetricForm:
    """What the template says; who, from where to where, and what for stay as they were filled in."""
    found = template.definition
    return replace(
        form,
        name=template.name,
        meaning=found.meaning,
        formula=found.formula,
        unit=found.unit,
        direction=found.direction,
        cadence=template.cadence,
        source=found.source,
        gaming=found.gaming,
        guard=found.guard,
        until=found.until,
    )


def as_it_is(metric: Metric) -> MetricForm:
    """A metric as its window shows it, to be changed."""
    found, purpose = metric.definition, metric.purpose
    return MetricForm(
        metric.name,
        found.formula,
        found.unit,
        found.direction,
        purpose.cadence,
        purpose.owner_id,
        purpose.review_on,
        meaning=found.meaning,
        source=found.source,
        baseline=_typed(purpose.baseline),
        target=_typed(purpose.target),
        decision=purpose.decision or "",
        gaming=found.gaming,
        guard=found.guard,
        until=found.until,
    )


def _typed(value: float | None) -> str:
    return "" if value is None else digits(value)
