"""What got in the way, where enough people said so."""

from bot.commitments.model import IN_WORDS, Because
from bot.measures.model import in_words, is_enough
from bot.reports.model import Section, TeamPeriod
from bot.reports.shown import count

NAME = "barriers"
TITLE = "What got in the way"
NAMED = tuple(one for one in Because if one is not Because.UNSAID)
IN_A_TEAM = {Because.OUTSIDE: "something outside their control"}


def section(period: TeamPeriod) -> Section | None:
    """Reasons their owners confirmed, the one named most first; nothing of them below the floor."""
    reasons = period.reasons
    if not period.is_seen:
        return None
    if not is_enough(reasons.given, reasons.people, period.floor):
        return Section(NAME, TITLE, (f"Fewer than {period.floor} reasons were given, so none is shown.",))
    named = sorted((one for one in NAMED if reasons.counts.get(one)), key=lambda one: (-reasons.counts[one], one))
    lines = tuple(f"{_words(one).capitalize()}: {in_words(reasons.counts[one])}" for one in named)
    return Section(NAME, TITLE, lines, figures=tuple(count(f"because_{one}", reasons.counts[one]) for one in named))


def _words(one: Because) -> str:
    return IN_A_TEAM.get(one, IN_WORDS[one])
