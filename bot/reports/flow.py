"""A report: from a period, or from an organisation, to its sections in order."""

from bot.measures.collective import Adoption, collective
from bot.reports.model import IN_ALL, Overview, Report, Section, TeamPeriod
from bot.reports.sections import ALL_SECTIONS
from bot.reports.sections.ladder import of_rungs
from bot.reports.shown import count, figure, share
from bot.slack_kit.mrkdwn import of_others

ORGANISATION = "The organisation"
MEANS = {
    "breadth": "teams have a living metric",
    "depth": "places in teams took part in the last four weeks",
    "persistence": "metrics of eight weeks or more are alive",
}


def team_report(period: TeamPeriod) -> Report:
    """For a lead every section; for a member their own week and the totals."""
    built = [part.build(period) for part in ALL_SECTIONS.values() if part.for_members or period.for_lead]
    title = f"{of_others(period.name)}, {period.period.title(period.today)}"
    sections = tuple(section for section in built if section)
    return Report(title, sections, period.team_id, period.period.key, period.for_lead)


def organisation_report(overview: Overview) -> Report:
    """How many teams there are, the ladder beside the survey and collective adoption. No team is named, and none is put
    before another.
    """
    adoption = overview.adoption
    shares = collective(adoption, overview.floor)
    lines = tuple(f"{one.name.capitalize()}: {share(one)}{_means(one.name, one.value)}." for one in shares)
    together = Section("collective", "Together", lines, figures=tuple(figure(one) for one in shares))
    return Report(ORGANISATION, (_in_all(adoption), of_rungs(overview.rungs, overview.floor), together))


def _in_all(adoption: Adoption) -> Section:
    teams = "1 team" if adoption.teams == 1 else f"{adoption.teams} teams"
    line = f"{teams}, with {adoption.members} places in them."
    figures = count("teams", adoption.teams, exact=True), count("places", adoption.members, exact=True)
    return Section(IN_ALL, "In all", (line,), figures=figures)


def _means(name: str, value: float | None) -> str:
    return f" {MEANS[name]}" if value is not None else ""
