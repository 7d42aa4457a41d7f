"""The buttons of metrics, for whoever draws one: lists, nudges, reports, the Home tab. Each carries ids only."""

from bot.kernel.ids import TeamId
from bot.metrics.model import Metric
from bot.slack_kit.pieces import Piece, button, option, overflow

DEFINE, LOG, TREND = "metric_define", "metric_log", "metric_trend"
REVIEW, CHANGE, RETIRE, DETAILS = "metric_review", "metric_change", "metric_retire", "metric_details"
MORE = "metric_more"
"""The "…" menu: the value of an option is one of the action ids above and the metric's id."""
LOG_THIS = "metric_log_this"
"""Followed by a number: which of several metrics a value is of."""
TEMPLATE, INSTEAD = "metric_template", "metric_instead"


def define_button(
    team_id: TeamId, template_id: str = "", *, label: str = "Define a metric", primary: bool = False
) -> Piece:
    """Opens the window of a new metric, filled from the catalogue where a template is named."""
    return button(label, DEFINE, f"{team_id} {template_id}".strip(), style="primary" if primary else None)


def log_button(metric: Metric, *, primary: bool = False) -> Piece:
    about = f"Log a reading: {metric.name}"
    return button("Log a reading", LOG, metric.id, "primary" if primary else None, accessibility_label=about)


def trend_button(metric: Metric) -> Piece:
    return button("Trend", TREND, metric.id, accessibility_label=f"Trend: {metric.name}")


def review_button(metric: Metric) -> Piece:
    return button("Keep, change or retire", REVIEW, metric.id, accessibility_label=f"Review: {metric.name}")


def change_button(metric: Metric) -> Piece:
    return button("Change it", CHANGE, metric.id)


def retire_button(metric: Metric) -> Piece:
    return button("Retire it", RETIRE, metric.id)


def more_menu(metric: Metric, *, may_change: bool) -> Piece:
    """What is needed seldom; only those who may change it are offered to."""
    offered = [("What it is", DETAILS)]
    offered += [("Review", REVIEW), ("Change", CHANGE), ("Retire", RETIRE)] if may_change else []
    return overflow(MORE, [option(label, f"{action} {metric.id}") for label, action in offered])
