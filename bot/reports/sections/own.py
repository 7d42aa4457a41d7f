"""The reader's own commitments, before anybody else's: whoever leads goes first."""

from bot.commitments.model import Status
from bot.reports.model import Item, Own, Section, TeamPeriod
from bot.reports.shown import day

NAME = "own"
NONE_OF_A_LEAD = (
    "You promised nothing for this period. Nothing moves a team like its lead going first: `/coach commit`."
)
NONE = "You promised nothing for this period. `/coach commit` makes one in a line."
STANDS = {
    Status.OPEN: "open",
    Status.KEPT: "kept",
    Status.MISSED: "not done, and said so",
    Status.DROPPED: "dropped",
    Status.SILENT: "waits for your word",
}


def section(period: TeamPeriod) -> Section | None:
    """Each with its day and how it stands. Nobody but the reader gets these."""
    if period.own is None:
        return None
    title = "You first" if period.for_lead else f"Yours{f', {period.own_when}' if period.own_when else ''}"
    if not period.own:
        return Section(NAME, title, (NONE_OF_A_LEAD if period.for_lead else NONE,))
    items = tuple(Item(one.what, f"due {day(one.due, period.today)}: {_stands(one, period)}") for one in period.own)
    return Section(NAME, title, (), items)


def _stands(one: Own, period: TeamPeriod) -> str:
    is_over = one.status is Status.OPEN and one.due < period.today
    return STANDS[Status.SILENT] if is_over else STANDS[one.status]
