"""What somebody asks a report of: a team, a period, or the organisation, read from the words after /coach report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import Mendable
from bot.reports.periods import EXAMPLES, Period, period_in
from bot.slack_kit.mrkdwn import of_others
from bot.teams.model import Team, tidy

ALL = frozenset({"organisation", "organization", "org", "everybody", "all"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: `name` is empty where no team was named, `period` None where none was."""

    name: str = ""
    period: Period | None = None
    organisation: bool = False
    channel_id: str = ""
    """The channel that was mentioned; its team is meant, whatever that is called."""

    def named(self, teams: Sequence[Team]) -> Team | None:
        """The one of these teams that was mentioned or named."""
        of_channel = [team for team in teams if team.channel_id == self.channel_id]
        called = [team for team in teams if tidy(team.name).casefold() == self.name.casefold()]
        return next(iter([*of_channel, *called]), None)


class NotUnderstood(Mendable):
    """The words name neither a team of theirs nor a period."""

    def __init__(self, teams: Sequence[Team]) -> None:
        super().__init__("I found no team of yours and no period in that.")
        names = ", ".join(of_others(team.name) for team in teams)
        self.remedy = f"Say {EXAMPLES}{f', or one of your teams: {names}' if names else ''}."


def wanted(words: str, today: date, channel_id: str = "") -> Wanted:
    """The longest end of the words that is a period; what stands before it is a team."""
    said = words.strip().strip("\"“”'").split()
    if said and said[0].lower() in ALL:
        return Wanted(organisation=True)
    for place in range(len(said)):
        if period := period_in(" ".join(said[place:]), today):
            return Wanted(_name(said[:place]), period, channel_id=channel_id)
    return Wanted(_name(said), channel_id=channel_id)


def _name(said: Sequence[str]) -> str:
    words = [word for word in said if word.lower() not in ("for", "of", "team")] or said
    return tidy(" ".join(words).strip("\"“”'"))
