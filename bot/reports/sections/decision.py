"""What was made of this report before: a report without a decision is only a list."""

from bot.reports.model import Decision, Section, Step, TeamPeriod
from bot.reports.shown import day

NAME = "decision"
TOLD = {
    Step.DECIDED: "You decided something",
    Step.NOTHING: "There was nothing to decide",
    Step.DISCUSS: "You wanted to discuss it",
}


def section(period: TeamPeriod) -> Section | None:
    """Nothing until a decision was stored."""
    if not period.decisions:
        return None
    return Section(NAME, "Before", tuple(_told(one, period) for one in period.decisions))


def _told(decision: Decision, period: TeamPeriod) -> str:
    return f"{TOLD[decision.step]} on {day(decision.on, period.today)}."
