"""The day of a review, or the end of a trial, has come."""

from bot.nudges.model import Act, Nudge, Offer, TeamState
from bot.slack_kit.mrkdwn import of_others

KIND = "review_metric"


def compose(state: TeamState) -> Nudge | None:
    """Asks what the metric was defined to decide, on the day set for its review or at the end of its trial."""
    due = next((one for one in state.measured if one.is_review_due), None)
    if due is None:
        return None
    metric = due.metric
    decision = of_others(metric.purpose.decision or "")
    asks = (
        f"It was meant to help you decide “{decision}”. Has it?"
        if decision
        else "It was a trial: has it told you what to decide?"
    )
    return Nudge(
        KIND,
        f"Time to look at {of_others(metric.name)} itself. {asks}",
        "You set this day for its review.",
        (Offer(Act.REVIEW, "Keep, change or retire", metric=metric),),
    )
