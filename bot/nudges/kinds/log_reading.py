"""A reading is due: note it while it is fresh."""

from bot.nudges.model import Act, Nudge, Offer, TeamState
from bot.slack_kit.mrkdwn import of_others

KIND = "log_reading"


def compose(state: TeamState) -> Nudge | None:
    """Asks for every reading that is due, in one message; stale metrics have a nudge of their own."""
    due = [one for one in state.measured if one.is_due and not one.is_stale]
    if not due:
        return None
    names = ", ".join(of_others(one.metric.name) for one in due)
    many = "One reading is" if len(due) == 1 else f"{len(due)} readings are"
    return Nudge(
        KIND,
        f"{many} due: {names}. A rough count beats none.",
        "This is how often you chose to look.",
        tuple(Offer(Act.LOG, f"Log {one.metric.name}", metric=one.metric) for one in due),
    )
