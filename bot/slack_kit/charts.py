"""Slack's own charts: messages only, two at most in one, and never without the figures as words beside them.

slack_sdk has no class for the block. Source: docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.slack_kit.bounded import Piece, fits, given, string, told
from bot.slack_kit.mrkdwn import shortened, visible
from bot.slack_kit.shapes import AXIS_TEXT, CHART_TITLE, POINT_LABEL, POINTS, SERIES

CHART = "data_visualization"


def chart(
    title: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[float]],
    *,
    kind: Literal["line", "bar", "area"] = "line",
    y_label: str = "",
) -> Piece:
    """`series`: what each line is called and its values, one for each category, in their order.

    Raises: LimitError for more than Slack draws, ValueError for values that do not match the categories.
    """
    fits("The categories of a chart", len(categories), POINTS)
    fits("The series of a chart", len(series), SERIES)
    labels = [string(visible(one), POINT_LABEL, "A label of a chart") for one in categories]
    axis = given({"categories": labels}, y_label=shortened(visible(y_label), AXIS_TEXT) or None)
    drawn = [_series(name, labels, values) for name, values in series.items()]
    plot = {"type": kind, "series": drawn, "axis_config": axis}
    return {"type": CHART, "title": told(title, CHART_TITLE), "chart": plot}


def without_charts(message: Piece) -> Piece | None:
    """The message as it goes where Slack draws no chart; None where it has none."""
    blocks = message.get("blocks")
    drawn = blocks if isinstance(blocks, list) else []
    kept = [one for one in drawn if one.get("type") != CHART]
    return message | {"blocks": kept} if len(kept) < len(drawn) else None


def _series(name: str, labels: Sequence[str], values: Sequence[float]) -> Piece:
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"name": told(name, POINT_LABEL), "data": data}
