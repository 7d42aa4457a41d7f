"""What can be wrong with a metric, each with its remedy."""

from bot.teams.model import TeamError


class MetricError(TeamError):
    """Something about a metric that its people can mend."""

    remedy = "Type /coach metrics in the team's channel and look."


class EnoughMetrics(MetricError):
    """A team has at most three active metrics, so that each is looked at."""

    def __init__(self, most: int) -> None:
        super().__init__(f"The team has {most} active metrics already, which is as many as anybody looks at.")
        self.remedy = "Retire one first: /coach metrics shows them. Retiring one is a good outcome."


class Retired(MetricError):
    """It is no longer read; a new try needs a new metric."""

    def __init__(self) -> None:
        super().__init__("That metric was retired in the meantime. Its readings are kept.")
        self.remedy = "Define a new one with /coach metric where you want to measure it again."


class Unknown(MetricError):
    """No metric of that id in this workspace: it was deleted, or never was there."""

    def __init__(self) -> None:
        super().__init__("I no longer have that metric.")


class DecisionMissing(MetricError):
    """A trial is kept only once somebody can say what it decides."""

    def __init__(self) -> None:
        super().__init__("The trial of this metric found no decision yet.")
        self.remedy = "Say what you would decide differently if it moved, or retire it: that is a good outcome too."


class ReadingGone(MetricError):
    """The reading was corrected or deleted in the meantime."""

    def __init__(self) -> None:
        super().__init__("That reading was corrected by somebody else in the meantime.")
        self.remedy = "Look at the metric again, then decide."
