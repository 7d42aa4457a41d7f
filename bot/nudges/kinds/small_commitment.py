"""Nothing was promised for two weeks: one small commitment."""

from datetime import timedelta

from bot.nudges.model import Act, Nudge, Offer, TeamState
from bot.slack_kit.mrkdwn import of_others

KIND = "small_commitment"
QUIET = timedelta(days=14)


def compose(state: TeamState) -> Nudge | None:
    """With a first step to start from, where a card offers one."""
    since = state.last_promise_on or state.team.created_at.date()
    if state.today - since < QUIET:
        return None
    step = next(iter(state.practices), None)
    idea = f" For example: {of_others(step.step)}" if step else ""
    return Nudge(
        KIND,
        f"What is one small thing you will do this week? The smaller, the better.{idea}",
        "There has been no new promise for two weeks.",
        (Offer(Act.COMMIT, "Make a commitment", step.card_id if step else ""),),
        source=step.source if step else "",
    )
