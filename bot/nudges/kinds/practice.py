"""All is well: one practice, from a card tied to what the team has asked."""

from bot.nudges.model import Act, Nudge, Offer, TeamState
from bot.slack_kit.mrkdwn import of_others

KIND = "practice"


def compose(state: TeamState) -> Nudge | None:
    """One practice from a card, of a topic the team asked about where there is one."""
    if not state.practices:
        return None
    card = state.practices[0]
    quoted = card.title.replace('"', "'")
    why = "You have asked about this lately." if card.is_asked else "Nothing is due, so here is something to try."
    return Nudge(
        KIND,
        f"One thing to try: {of_others(card.step)}\nFor the reasons ask me {of_others(f'“{quoted}”')}.",
        why,
        (Offer(Act.COMMIT, "Try this within 7 days", card.card_id),),
        source=card.source,
    )
