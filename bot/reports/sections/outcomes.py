"""Kept, moved, dropped, missed, silent; and how the last eight weeks went."""

from collections.abc import Iterator

from bot.measures.accounted_for import accounted_for
from bot.measures.days_moved import days_moved
from bot.measures.follow_through import follow_through
from bot.measures.model import in_words
from bot.measures.outcomes import Outcomes
from bot.reports.model import Chart, Figure, Section, TeamPeriod
from bot.reports.shown import TOO_FEW, count, figure, share

NAME = "outcomes"


def section(period: TeamPeriod) -> Section | None:
    """Counts with their follow-through, then the share accounted for week by week, as words and as a chart."""
    if not period.is_seen:
        return None
    lines = (*_now(period), *_trend(period))
    if not lines:
        return None
    return Section(NAME, "How it went", lines, figures=_figures(period), chart=_chart(period))


def _now(period: TeamPeriod) -> Iterator[str]:
    outcomes = period.outcomes
    if period.tells(outcomes):
        yield (
            f"Kept {outcomes.kept} · moved in time {outcomes.moved} · dropped {outcomes.dropped} · "
            f"not done {in_words(outcomes.missed)} · silent {in_words(outcomes.silent)} · "
            f"not answered yet {in_words(outcomes.waiting)}"
        )
        kept = share(follow_through(outcomes, period.floor))
        yield f"Follow-through: {kept} (kept, of what was kept, not done or silent)."
    moved = days_moved(period.moves, period.floor)
    if moved.value is not None:
        yield f"Days moved: {share(moved)} on average, over {moved.n} moves."


def _trend(period: TeamPeriod) -> Iterator[str]:
    told = [f"{label} {_share(outcomes, period)}" for label, outcomes in period.weeks]
    if any(period.tells(outcomes) for _, outcomes in period.weeks):
        yield f"Accounted for, week by week: {', '.join(told)}."


def _share(outcomes: Outcomes, period: TeamPeriod) -> str:
    return share(accounted_for(outcomes, period.floor)) if period.tells(outcomes) else TOO_FEW


def _chart(period: TeamPeriod) -> Chart | None:
    seen = [(label, outcomes) for label, outcomes in period.weeks if period.tells(outcomes)]
    if len(seen) < 2:
        return None
    values = tuple(round(100 * outcomes.accounted / outcomes.due, 1) for _, outcomes in seen)
    return Chart("Accounted for, by week", tuple(label for label, _ in seen), {"Accounted for": values}, "%")


def _figures(period: TeamPeriod) -> tuple[Figure, ...]:
    outcomes = period.outcomes
    if not period.tells(outcomes):
        return ()
    return (
        count("kept", outcomes.kept, exact=True),
        count("moved_in_time", outcomes.moved, exact=True),
        count("dropped", outcomes.dropped, exact=True),
        count("not_done", outcomes.missed),
        count("silent", outcomes.silent),
        count("not_answered_yet", outcomes.waiting),
        count("moved_after_the_day", outcomes.moved_late),
        figure(follow_through(outcomes, period.floor)),
        figure(days_moved(period.moves, period.floor)),
    )
