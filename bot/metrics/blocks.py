"""Metrics as messages: what a team measures, a trend with its figures beside it, which metric a value is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.kernel.ids import MetricId, UserId
from bot.metrics import wording
from bot.metrics.buttons import LOG_THIS, define_button, log_button, more_menu, review_button, trend_button
from bot.metrics.model import MOST_ACTIVE, Logged, Metric, Reading, may_change
from bot.metrics.standing import Standing
from bot.slack_kit.bounded import marked
from bot.slack_kit.charts import chart
from bot.slack_kit.mrkdwn import escape, of_others, plain, safe
from bot.slack_kit.pieces import Piece, actions, button, message, section
from bot.slack_kit.shapes import ACTIONS
from bot.teams.model import Team

MOST_TEAMS = 4
"""Of somebody in more teams the rest is seen in their channels: Slack takes fifty blocks."""

MOST_ASKED = 20
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a team measures: each metric as it stands, with its last readings."""

    team: Team
    stands: Sequence[Standing]
    readings: Mapping[MetricId, Sequence[Reading]]


def measured(teams: Sequence[Measured], by: UserId) -> Piece:
    """What somebody's teams measure, with the trend in words and the buttons that are theirs."""
    blocks = [block for one in teams[:MOST_TEAMS] for block in _team(one, by)]
    if len(teams) > MOST_TEAMS:
        blocks.append(section("The metrics of your other teams: type /coach metrics in their channels."))
    return message(_as_text(blocks), blocks)


def _team(one: Measured, by: UserId) -> list[Piece]:
    name, count = escape(one.team.name), len(one.stands)
    if not count:
        text = f"*{name}* measures nothing yet. One number with a decision behind it is enough to start."
        return [section(text), actions(f"metrics:{one.team.id}", define_button(one.team.id, primary=True))]
    blocks = [section(f"*{name}* measures {count} of at most {MOST_ACTIVE}.")]
    blocks += [block for stands in one.stands for block in _metric(stands, one, by)]
    if count < MOST_ACTIVE:
        blocks.append(actions(f"metrics:{one.team.id}", define_button(one.team.id)))
    return blocks


def _metric(stands: Standing, one: Measured, by: UserId) -> list[Piece]:
    metric = stands.metric
    readings = one.readings.get(metric.id, ())
    lines = [
        f"*{escape(metric.name)}*: {safe(wording.last(stands))}",
        safe(wording.trend(metric, readings, stands.today)),
        safe(wording.waits_for(stands)),
    ]
    allowed = may_change(metric, one.team, by)
    asks = stands.is_review_due or stands.is_stale
    buttons = [
        log_button(metric, primary=stands.is_due and not asks),
        *([trend_button(metric)] if len(readings) > 1 else []),
        *([review_button(metric)] if asks and allowed else []),
        more_menu(metric, may_change=allowed),
    ]
    return [section("\n".join(line for line in lines if line)), actions(f"metric:{metric.id}", *buttons)]


def trend(metric: Metric, readings: Sequence[Reading], today: date) -> Piece:
    """How a metric went: in words, figure by figure, and drawn where Slack draws it."""
    name, told = escape(metric.name), safe(wording.trend(metric, readings, today))
    if not told:
        text = f"*{name}* has no two readings yet; a trend needs two."
        return message(plain(text), [section(text), actions(f"metric:{metric.id}", log_button(metric))])
    final = readings[-1].value
    aim = safe(wording.target(metric, final))
    figures = safe(wording.values(metric, readings, today))
    blocks = [
        section(f"*{name}*\n{told} {aim}".strip()),
        drawn(metric, readings, today),
        section(figures),
        actions(f"metric:{metric.id}", log_button(metric)),
    ]
    return message(plain(f"{name}: {told} {aim}\n{figures}"), blocks)


def drawn(metric: Metric, readings: Sequence[Reading], today: date) -> Piece:
    """The chart of the last readings, with the target beside them. Never without the figures as words."""
    lines = {of_others(metric.name): [one.value for one in readings]}
    if metric.purpose.target is not None:
        lines[f"Target of {metric.name}" if metric.name == "Target" else "Target"] = [metric.purpose.target] * len(
            readings
        )
    days = [wording.day(one.day, today) for one in readings]
    return chart(of_others(metric.name), days, lines, y_label=metric.definition.unit)


def noted(logged: Logged) -> Piece:
    """A value that was noted, told to who typed it."""
    text, metric = wording.noted(logged), logged.metric
    more = [trend_button(metric)] if len(logged.readings) > 1 else []
    return message(text, [section(safe(text)), *([actions(f"metric:{metric.id}", *more)] if more else [])])


def which(metrics: Sequence[Metric], value: str, day: date | None) -> Piece:
    """Asks which of several metrics a value is of; the value as it was typed, since each has its own unit."""
    text = f"Which one is {of_others(value)} of?"
    on = day.isoformat() if day else TODAY
    buttons = [button(one.name, f"{LOG_THIS}:{n}", f"{one.id} {on} {value}") for n, one in enumerate(metrics[:ACTIONS])]
    return message(text, [section(safe(text)), actions("metric:which", *buttons)])


def which_team(teams: Sequence[Team]) -> Piece:
    """Asks which team a new metric is for."""
    text = "Which team is the metric for?"
    buttons = [define_button(one.id, label=one.name) for one in teams[:MOST_ASKED]]
    return message(text, [section(text), *(actions(f"team:{n}", one) for n, one in enumerate(buttons))])


def _as_text(blocks: Sequence[Piece]) -> str:
    """The words of the sections, for phones and screen readers."""
    texts = [block["text"] for block in blocks if block["type"] == "section"]
    return plain("\n".join(marked(text["text"]) for text in texts if isinstance(text, dict)))
