"""What the coach did, and whether it was of use: it reports on itself, too."""

from bot.measures.know_to_do import know_to_do
from bot.measures.model import is_enough
from bot.measures.nudge_response import nudge_response
from bot.reports.model import Figure, Section, TeamPeriod
from bot.reports.shown import figure, percent

NAME = "coach"


def section(period: TeamPeriod) -> Section | None:
    """Answers that became a commitment, and messages of its own accord that moved somebody."""
    if not period.is_seen:
        return None
    lines = (_answers(period), _nudges(period))
    done = period.done
    figures = [figure(know_to_do(done.answers, period.floor)), figure(nudge_response(done.nudges, period.floor))]
    figures.append(Figure("messages_of_my_own", str(done.nudges.sent), unit="count"))
    return Section(NAME, "What I did", lines, figures=tuple(figures))


def _answers(period: TeamPeriod) -> str:
    answers = period.done.answers
    value = know_to_do(answers, period.floor).value
    if value is None or not is_enough(answers.given, answers.people, period.floor):
        return "I answered too few questions of this team to say more."
    return f"I answered {answers.given} questions; {percent(value)} became a commitment within seven days."


def _nudges(period: TeamPeriod) -> str:
    nudges = period.done.nudges
    value = nudge_response(nudges, period.floor).value
    if value is None:
        return f"I wrote {nudges.sent} times of my own accord; too few to say whether it helped."
    told = f"after {percent(value)} of them somebody did something within seven days"
    return f"I wrote {nudges.sent} times of my own accord; {told}."
