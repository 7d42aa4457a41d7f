"""The headline: what was due, and of how much one knows what became of it."""

from bot.measures.accounted_for import accounted_for
from bot.measures.model import LOWEST_FLOOR, in_words
from bot.measures.outcomes import Outcomes
from bot.reports.model import ACCOUNTED_FOR, Section, TeamPeriod
from bot.reports.shown import count, figure, share

NAME = ACCOUNTED_FOR
TITLE = "Accounted for"
MEANS = "Kept or not, whoever says what became of it counts; that is what a team can steer by."


def section(period: TeamPeriod) -> Section | None:
    """ "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered." Below the floor, why not."""
    outcomes = period.outcomes
    if not period.tells(outcomes):
        return Section(NAME, TITLE, (_why_not(period),))
    measure = accounted_for(outcomes, period.floor)
    figures = (
        count("due", outcomes.due, exact=True),
        count("accounted_for", outcomes.accounted, exact=True),
        count("unanswered", outcomes.unanswered),
        figure(measure),
    )
    return Section(NAME, TITLE, (_told(outcomes), f"That is {share(measure)}. {MEANS}"), figures=figures)


def _told(outcomes: Outcomes) -> str:
    parts = (
        (outcomes.kept, f"{outcomes.kept} kept"),
        (outcomes.moved, f"{outcomes.moved} moved in time"),
        (outcomes.dropped, f"{outcomes.dropped} dropped"),
        (outcomes.missed, f"{in_words(outcomes.missed)} not done, and said so"),
    )
    made_of = ", ".join(words for number, words in parts if number)
    told = f"{outcomes.due} due: {outcomes.accounted} accounted for{f' ({made_of})' if made_of else ''}"
    if outcomes.unanswered:
        told += f", {in_words(outcomes.unanswered)} unanswered"
    if outcomes.moved_late:
        told += f", {in_words(outcomes.moved_late)} moved after the day"
    return f"{told}."


def _why_not(period: TeamPeriod) -> str:
    if not period.is_seen:
        return (
            f"Your team has fewer than {period.floor} people, so any total would point at somebody: I show none. "
            "Ask each other instead; that is quicker, too."
        )
    if not period.outcomes.due:
        return f"Nothing was due {period.period.when}."
    return (
        f"Fewer than {period.floor} commitments were due {period.period.when}, or they are those of fewer than "
        f"{LOWEST_FLOOR} people: too few for totals. A longer period may hold enough: `/coach report 8 weeks`."
    )
