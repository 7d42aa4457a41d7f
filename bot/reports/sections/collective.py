"""Whether the team does it, or one of them: who took part, and which metrics live."""

from bot.measures.collective import depth
from bot.measures.model import in_words
from bot.reports.model import Figure, Section, TeamPeriod
from bot.reports.shown import figure

NAME = "collective"
LIVES = "The team has a living metric: one that is read when it should be."


def section(period: TeamPeriod) -> Section | None:
    """Depth of the team, a living metric or none, and its metrics of eight weeks or more."""
    adoption = period.adoption
    if not period.is_seen:
        return None
    lives = LIVES if adoption.with_living_metric else "No metric of the team is living now."
    lines = [_taking_part(period), lives]
    if adoption.metrics:
        lines.append(f"Alive after eight weeks: {adoption.alive} of the {adoption.metrics} old enough.")
    figures = (
        figure(depth(adoption, period.floor)),
        Figure("living_metric", "yes" if adoption.with_living_metric else "no"),
        Figure("metrics_alive_after_eight_weeks", str(adoption.alive), adoption.metrics, "count"),
    )
    return Section(NAME, "Together", tuple(lines), figures=figures)


def _taking_part(period: TeamPeriod) -> str:
    took_part, members = period.adoption.took_part, period.adoption.members
    aside = members - took_part
    if not aside:
        told = f"all {members} people"
    elif aside <= 2:
        told = f"all but {in_words(aside)} of {members} people"
    else:
        told = f"{in_words(took_part)} of {members} people"
    return f"In the last four weeks {told} took part, however much each did."
