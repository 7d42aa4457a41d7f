"""A metric nobody has read for more than two periods: keep, change or retire it; each is a good outcome."""

from bot.nudges.model import Act, Nudge, Offer, TeamState
from bot.slack_kit.mrkdwn import of_others

KIND = "stale_metric"


def compose(state: TeamState) -> Nudge | None:
    """Asks what is to become of a metric without a reading for more than two periods."""
    stale = next((one for one in state.measured if one.is_stale), None)
    if stale is None:
        return None
    metric = stale.metric
    since = f"since {stale.last.day.day} {stale.last.day:%B}" if stale.last else "since it was defined"
    return Nudge(
        KIND,
        f"Is {of_others(metric.name)} still worth a look? Keep it with a fresh reading, change it, or retire it. "
        "A metric that informs no decision is better let go.",
        f"It has had no reading {since}.",
        (
            Offer(Act.REVIEW, "Keep, change or retire", metric=metric),
            Offer(Act.LOG, "Log a reading", metric=metric),
        ),
    )
