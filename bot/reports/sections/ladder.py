"""The ladder of the survey beside the organisation's own: two sets of answers to different questions."""

from bot.measures.ladder import SURVEY, SURVEY_SAMPLE, SURVEY_YEAR, Rungs, ladder
from bot.reports.model import Section, TeamPeriod
from bot.reports.shown import figure, share

NAME = "ladder"
TITLE = "From knowing to reporting"
CAVEAT = (
    f"The survey is of {SURVEY_YEAR}, n = {SURVEY_SAMPLE}. Its figures answer different questions to different people: "
    "a ladder to look at, no funnel."
)


def section(period: TeamPeriod) -> Section | None:
    return of_rungs(period.organisation, period.floor) if period.organisation else None


def of_rungs(rungs: Rungs, floor: int) -> Section:
    """Each rung of the survey with the organisation's own beside it; below the floor that it is too few teams."""
    own = ladder(rungs, floor)
    lines = tuple(f"{one.name.capitalize()}: {_survey(one.name)}; here {_here(share(one), one.value)}" for one in own)
    return Section(NAME, TITLE, (*lines, CAVEAT), figures=tuple(figure(one) for one in own))


def _survey(rung: str) -> str:
    return "survey " + ", ".join(f"{one.percent}% of {one.of}" for one in SURVEY[rung])


def _here(shown: str, value: float | None) -> str:
    return f"{shown} teams" if value is not None else "too few teams to show"
