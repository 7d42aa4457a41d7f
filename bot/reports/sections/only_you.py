"""What only the lead can remove: what people named as in their way, and metrics nobody decides by."""

from collections.abc import Iterator

from bot.commitments.model import Because
from bot.measures.model import is_enough
from bot.reports.model import Section, TeamPeriod
from bot.slack_kit.mrkdwn import of_others

NAME = "only_you"
REMOVES = {
    Because.TALK: "Talk took the place of doing. Only you can end a meeting with who does what by when.",
    Because.MEMORY: "The way it was always done won. Only you can say which old rule no longer holds.",
    Because.FEAR: "People feared how it looks. Only you can tell of something that did not work for you, and go first.",
    Because.MEASUREMENT: "People are measured on something else. Only you can change what is asked of them.",
    Because.COMPETITION: "People work against each other. Only you can reward what they reach together.",
    Because.OUTSIDE: "What stood in the way lies outside the team. Only you can take it to those who can move it.",
}
NOTHING = "Nothing waits for you alone."


def section(period: TeamPeriod) -> Section | None:
    """For leads only: one sentence for each reason named most, and for each metric that waits for a decision."""
    lines = (*_reasons(period), *_metrics(period))
    return Section(NAME, "What only you can remove", lines or (NOTHING,))


def _reasons(period: TeamPeriod) -> Iterator[str]:
    reasons = period.reasons
    if period.is_seen and is_enough(reasons.given, reasons.people, period.floor):
        most = max(reasons.counts.values())
        yield from (REMOVES[one] for one in REMOVES if reasons.counts.get(one) == most)


def _metrics(period: TeamPeriod) -> Iterator[str]:
    for one in period.measured:
        name = of_others(one.stands.metric.name)
        if one.stands.is_review_due and one.stands.metric.is_trial:
            yield f"The trial of {name} is over: keep it with a decision, or retire it."
        elif one.stands.is_stale:
            yield f"{name} has had no reading for a while: say what you would decide by it, or retire it."
