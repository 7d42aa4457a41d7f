"""Values, days and trends as words. What a chart shows stands here too, for phones and screen readers.

What a team wrote itself, names and units, is marked as the words of others.
"""

from collections.abc import Sequence
from datetime import date

from bot.metrics.model import Cadence, Direction, Logged, Metric, Reading
from bot.metrics.standing import Standing, is_better, reaches_target
from bot.slack_kit.mrkdwn import of_others

THOUSANDS = "\u202f"
HOW_OFTEN = {
    Cadence.WEEKLY: "every week",
    Cadence.FORTNIGHTLY: "every two weeks",
    Cadence.MONTHLY: "every month",
    Cadence.QUARTERLY: "every quarter",
}
BETTER = {
    Direction.HIGHER: "higher is better",
    Direction.LOWER: "lower is better",
    Direction.DEPENDS: "neither way is better by itself",
}


def number(value: float) -> str:
    """At most two decimals, and three figures of what is smaller: 1 200 · 12.5 · 0.00314.

    A narrow space parts thousands: a comma would be read as another number in half of the languages.
    """
    small = 0 < abs(value) < 0.1
    words = f"{value:.3g}" if small else f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", THOUSANDS)
    return "0" if words == "-0" else words


def digits(value: float) -> str:
    """The same without the spaces, for fields and files."""
    return number(value).replace(THOUSANDS, "")


def amount(value: float, unit: str) -> str:
    """ "63 %", the unit marked as theirs."""
    return f"{number(value)} {of_others(unit)}".strip()


def day(value: date, today: date | None = None) -> str:
    """ "23 Nov", with its year where that is another one, or where nobody says which day it is today."""
    return f"{value.day} {value:%b}" if today and value.year == today.year else f"{value.day} {value:%b %Y}"


def better(metric: Metric) -> str:
    """ "higher is better, up to a plateau"."""
    until = metric.definition.until
    return f"{BETTER[metric.definition.direction]}{f', {of_others(until)}' if until else ''}"


def last(stands: Standing) -> str:
    """The last reading and what it is held against: "63 % on 23 Nov. The target is 80 %."."""
    metric, reading = stands.metric, stands.last
    unit = metric.definition.unit
    if reading is None:
        return f"No reading yet. {target(metric, None)}".strip()
    return f"{amount(reading.value, unit)} on {day(reading.day, stands.today)}. {target(metric, reading.value)}".strip()


def target(metric: Metric, value: float | None) -> str:
    """What the value is aimed at; empty without a target."""
    aim, unit = metric.purpose.target, metric.definition.unit
    if aim is None:
        return ""
    reached = value is not None and reaches_target(metric, value)
    return f"The target of {amount(aim, unit)} is reached." if reached else f"The target is {amount(aim, unit)}."


def trend(metric: Metric, readings: Sequence[Reading], today: date) -> str:
    """How it went from the first reading to the last one; empty with fewer than two."""
    if len(readings) < 2:
        return ""
    first, final, unit = readings[0], readings[-1], metric.definition.unit
    ends = f"{amount(first.value, unit)} on {day(first.day, today)}", f"{amount(final.value, unit)}"
    if first.value == final.value:
        return f"The same as on {day(first.day, today)}: {ends[1]}."
    way = "Up" if final.value > first.value else "Down"
    judged = {True: ", which is better", False: ", which is not better", None: ""}
    verdict = judged[is_better(metric, first.value, final.value)]
    return f"{way} from {ends[0]} to {ends[1]} on {day(final.day, today)}{verdict}."


def values(metric: Metric, readings: Sequence[Reading], today: date) -> str:
    """Every reading with its day, oldest first: "5 Oct 41, 12 Oct 44 (%)"."""
    told = ", ".join(f"{day(one.day, today)}: {number(one.value)}" for one in readings)
    return f"{told} ({of_others(metric.definition.unit)})" if told else ""


def waits_for(stands: Standing) -> str:
    """What the metric waits for, the weightiest first; empty where it waits for nothing."""
    if stands.is_review_due:
        trial = stands.metric.is_trial
        return (
            "The trial is over: keep it with a decision, or retire it."
            if trial
            else "It is time to look at whether it still helps."
        )
    if stands.is_stale:
        return "It has had no reading for a while. Is it still wanted?"
    if stands.is_due:
        return "A reading is due."
    if stands.metric.trial_until:
        return f"On trial until {day(stands.metric.trial_until, stands.today)}."
    return ""


def noted(logged: Logged) -> str:
    """A value that was noted, what it corrects, and how the metric goes."""
    metric, unit = logged.metric, logged.metric.definition.unit
    lines = [
        f"Noted: {of_others(metric.name)} was {amount(logged.value, unit)} on {day(logged.day, logged.today)}.",
        f"It corrects {amount(logged.before.value, unit)}, which stays in the history." if logged.before else "",
        trend(metric, logged.readings, logged.today),
        target(metric, logged.readings[-1].value),
    ]
    return " ".join(line for line in lines if line)
