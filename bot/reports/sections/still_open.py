"""What is promised and not due yet, by date: those that their owners share with whoever reads this."""

from bot.reports.model import Item, Section, TeamPeriod
from bot.reports.shown import day

NAME = "still_open"


def section(period: TeamPeriod) -> Section | None:
    """A name stands beside what is still ahead, never beside how something went."""
    ahead = sorted((one for one in period.still_open if one.due >= period.today), key=lambda one: one.due)
    if not ahead:
        return Section(NAME, "Still open", ("Nothing that is shared is open.",))
    items = tuple(Item(one.what, f"due {day(one.due, period.today)}", one.owner_id) for one in ahead)
    return Section(NAME, "Still open", (), items)
