"""What the team measures: the last value, what it is aimed at, and where it is going."""

from bot.metrics import wording
from bot.reports.model import Chart, Figure, Measured, Section, TeamPeriod
from bot.slack_kit.mrkdwn import of_others

NAME = "metrics"
NONE = "No metric yet. One number with a decision behind it is enough to start: `/coach metric`."


def section(period: TeamPeriod) -> Section | None:
    """A line for each, and a chart of the first that has a trend."""
    if not period.measured:
        return Section(NAME, "Metrics", (NONE,))
    lines = tuple(_told(one, period) for one in period.measured)
    charts = (_chart(one, period) for one in period.measured if len(one.readings) > 1)
    figures = tuple(_figure(one) for one in period.measured if one.stands.last)
    return Section(NAME, "Metrics", lines, figures=figures, chart=next(charts, None))


def _told(one: Measured, period: TeamPeriod) -> str:
    parts = (
        f"{of_others(one.stands.metric.name)}: {of_others(wording.last(one.stands))}",
        of_others(wording.trend(one.stands.metric, one.readings, period.today)),
        wording.waits_for(one.stands),
    )
    return " ".join(part for part in parts if part)


def _chart(one: Measured, period: TeamPeriod) -> Chart:
    metric, readings = one.stands.metric, one.readings
    labels = tuple(wording.day(reading.day, period.today) for reading in readings)
    lines = {of_others(metric.name): tuple(reading.value for reading in readings)}
    if metric.purpose.target is not None:
        lines["Target"] = (metric.purpose.target,) * len(readings)
    return Chart(of_others(metric.name), labels, lines, metric.definition.unit)


def _figure(one: Measured) -> Figure:
    value = one.stands.last.value if one.stands.last else 0.0
    return Figure(one.stands.metric.name, wording.digits(value), unit=one.stands.metric.definition.unit)
