"""What can be wrong with a commitment, each with its remedy."""

from bot.errors import Mendable


class CommitmentError(Mendable):
    """Something about a commitment that its owner can mend."""

    remedy = "Look at it in the Home tab of the coach."


class NotYours(CommitmentError):
    """A commitment is closed, moved or dropped by its owner and nobody else."""

    def __init__(self) -> None:
        super().__init__("Only the person who made this commitment can change it.")
        self.remedy = "Talk to them; that works best."


SAID = {"missed": "not done"}
"""How a state is called to its owner, where its own name would judge."""


class AlreadyClosed(CommitmentError):
    """It has been kept, missed or dropped; a new try needs a new commitment."""

    def __init__(self, status: str) -> None:
        super().__init__(f"You have already said how this one went: {SAID.get(status, status)}.")
        self.status = status
        self.remedy = "Make a new one to try again."


class NotClosed(CommitmentError):
    """A reason belongs to a commitment that was missed."""

    def __init__(self) -> None:
        super().__init__("This commitment was not missed, so it needs no reason.")


class DateRefused(CommitmentError):
    """The due day is over, or more than a year away."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.remedy = "Choose a day from today to a year from now."


class NothingToUndo(CommitmentError):
    """The last step is older than ten minutes, or was taken back already."""

    def __init__(self) -> None:
        super().__init__("That can be taken back for ten minutes only.")


class Gone(CommitmentError):
    """The commitment was deleted, or never was there."""

    def __init__(self) -> None:
        super().__init__("I no longer have that commitment.")
