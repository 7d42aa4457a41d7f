"""The smaller windows of metrics: log a reading, review, retire, what a metric is, and what is said afterwards."""

from collections.abc import Sequence
from datetime import date

from bot.metrics import wording
from bot.metrics.buttons import change_button, log_button, retire_button
from bot.metrics.form import LONGEST_TEXT
from bot.metrics.model import LONGEST_REASON, REVIEW_AFTER, Logged, Metric, Reading
from bot.metrics.standing import Standing
from bot.metrics.values import LONGEST
from bot.slack_kit.charts import without_charts
from bot.slack_kit.mrkdwn import escape, of_others, safe
from bot.slack_kit.pickers import datepicker
from bot.slack_kit.pieces import Piece, actions, context, input_block, modal, plain_text_input, section

READING_WINDOW, REVIEW_WINDOW, RETIRE_WINDOW = "reading_window", "review_window", "retire_window"


def reading_window(stands: Standing) -> Piece:
    """A value and its day."""
    metric, unit = stands.metric, stands.metric.definition.unit
    typed = plain_text_input("value", max_length=LONGEST, placeholder=f"For example: 12.5 {unit}")
    blocks = [
        section(f"*{escape(metric.name)}*: {safe(wording.last(stands))}"),
        context(f"How it is counted: {escape(metric.definition.formula)}"),
        input_block("Value", typed, block_id="value", hint=f"In {of_others(unit)}."),
        input_block("Day", datepicker("day", chosen=stands.today), block_id="day", hint=CORRECTS),
    ]
    return _form("Log a reading", blocks, READING_WINDOW, "Log", metric)


def reading_logged(logged: Logged) -> Piece:
    """What stands in the window once a value is noted."""
    return modal("Noted", [section(safe(wording.noted(logged)))], callback_id="reading_logged")


def metric_saved(metric: Metric, *, is_new: bool) -> Piece:
    """What stands in the window once a metric is saved."""
    purpose = metric.purpose
    text = (
        f"*{escape(metric.name)}* is {'defined' if is_new else 'changed; its readings are kept'}. "
        f"<@{purpose.owner_id}> looks after it, and it is read {wording.HOW_OFTEN[purpose.cadence]}. "
        f"{until(metric)}"
    )
    return modal("Saved", [section(text), actions("metric:saved", log_button(metric))], callback_id="metric_saved")


def until(metric: Metric) -> str:
    """When it is looked at again, and what then."""
    if metric.trial_until:
        end = wording.day(metric.trial_until)
        return f"It is a trial until {end}: then it is kept if it has decided something, or retired."
    return f"You look at it again on {wording.day(metric.purpose.review_on)}."


def review_window(stands: Standing, readings: Sequence[Reading]) -> Piece:
    """Keep, change or retire: what it was for, and how it went."""
    metric, today = stands.metric, stands.today
    decides = f"It is there to decide: {escape(metric.purpose.decision)}" if metric.purpose.decision else NO_DECISION
    went = safe(wording.trend(metric, readings, today) or wording.last(stands))
    blocks = [
        section(f"Is *{escape(metric.name)}* still wanted?\n{decides}\n{went}"),
        actions("metric:review", change_button(metric), retire_button(metric)),
        *([] if metric.purpose.decision else [_decision()]),
        input_block("Keep it, and look again on", datepicker("review", chosen=today + REVIEW_AFTER), block_id="review"),
    ]
    return _form("Keep, change, retire", blocks, REVIEW_WINDOW, "Keep", metric)


def metric_kept(metric: Metric) -> Piece:
    text = f"*{escape(metric.name)}* stays. {until(metric)}"
    return modal("Kept", [section(text)], callback_id="metric_kept")


def retire_window(metric: Metric) -> Piece:
    """Letting go of a metric; why is asked, and need not be said."""
    why = plain_text_input("because", max_length=LONGEST_REASON, multiline=True)
    blocks = [
        section(f"*{escape(metric.name)}* will no longer be asked for. Its readings are kept."),
        input_block("What it has told you, or why it goes", why, block_id="because", optional=True),
    ]
    return _form("Retire a metric", blocks, RETIRE_WINDOW, "Retire", metric)


def metric_retired(metric: Metric, count: int) -> Piece:
    """Retiring one is a good outcome, and thanked for."""
    kept = {0: "It never had a reading.", 1: "Its one reading is kept."}.get(count, f"Its {count} readings are kept.")
    text = f"Thank you: *{escape(metric.name)}* is retired. {kept} One number less to look at is a good outcome."
    return modal("Retired", [section(text)], callback_id="metric_retired")


def details(metric: Metric, history: Sequence[Reading], today: date) -> Piece:
    """Everything a metric says about itself, and its last readings with what they corrected."""
    found, purpose = metric.definition, metric.purpose
    unit = found.unit
    lines = {
        "What it says": found.meaning,
        "How it is counted": f"{found.formula} (in {unit}; {wording.better(metric)})",
        "Where it comes from": found.source,
        "Read": wording.HOW_OFTEN[purpose.cadence],
        "Where it stood": None if purpose.baseline is None else wording.amount(purpose.baseline, unit),
        "Where it should get to": None if purpose.target is None else wording.amount(purpose.target, unit),
        "It decides": purpose.decision,
        "How it could look better without being better": found.gaming,
        "What keeps that from happening": found.guard,
        "Last readings": with_corrections(history, today),
    }
    told = "\n".join(f"*{label}*: {escape(words)}" for label, words in lines.items() if words)
    return modal(
        "A metric",
        [
            section(f"*{escape(metric.name)}*, looked after by <@{purpose.owner_id}>"),
            section(told),
            context(until(metric)),
        ],
        callback_id="metric_details",
    )


def with_corrections(history: Sequence[Reading], today: date) -> str:
    """ "23 Nov: 63 (before: 41)". `history` is in order: the oldest day first, within a day the last value last."""
    days: dict[date, list[str]] = {}
    for one in history:
        days.setdefault(one.day, []).append(wording.number(one.value))
    return "; ".join(f"{wording.day(day, today)}: {values[-1]}{_before(values[:-1])}" for day, values in days.items())


def _before(values: Sequence[str]) -> str:
    return f" (before: {', '.join(values)})" if values else ""


def metrics_window(shown: Piece) -> Piece:
    """What a team measures, in a window."""
    return modal("What you measure", _drawn(shown), callback_id="metrics_window")


def trend_window(shown: Piece) -> Piece:
    """How a metric went, in a window: Slack draws charts in messages only, so in figures."""
    return modal("Trend", _drawn(without_charts(shown) or shown), callback_id="trend_window")


def _drawn(shown: Piece) -> list[Piece]:
    blocks = shown["blocks"]
    return list(blocks) if isinstance(blocks, list) else []


def _decision() -> Piece:
    typed = plain_text_input("decision", max_length=LONGEST_TEXT, multiline=True)
    return input_block("What would you decide differently if it moved?", typed, block_id="decision")


def _form(title: str, blocks: Sequence[Piece], callback_id: str, submit: str, metric: Metric) -> Piece:
    return modal(title, blocks, callback_id=callback_id, submit=submit, close="Cancel", private_metadata=metric.id)


CORRECTS = "A value for a day that has one corrects it; the earlier one stays in the history."
NO_DECISION = "It was a trial, without a decision so far."
