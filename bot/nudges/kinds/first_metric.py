"""A team that measures nothing yet: three suggestions, one decision each."""

from bot.nudges.model import Act, Nudge, Offer, TeamState
from bot.slack_kit.mrkdwn import of_others

KIND = "first_metric"
OFFERED = 3


def compose(state: TeamState) -> Nudge | None:
    """Suggestions that fit what the team has asked about, from the catalogue."""
    if state.measured or not state.suggestions:
        return None
    offered = state.suggestions[:OFFERED]
    lines = "\n".join(f"• {of_others(one.name)}: {of_others(one.decides)}" for one in offered)
    return Nudge(
        KIND,
        f"What would you like to know about how you work together? One number is enough. For example:\n{lines}",
        "Your team has no metric yet.",
        tuple(Offer(Act.DEFINE, one.name, one.template_id) for one in offered),
    )
