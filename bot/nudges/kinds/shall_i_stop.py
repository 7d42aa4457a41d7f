"""After three weeks without an act: one question whether to stop. Silence makes the coach quieter, not louder."""

from bot.nudges.model import QUIET_AFTER, Act, Nudge, Offer, TeamState

KIND = "shall_i_stop"


def compose(state: TeamState) -> Nudge | None:
    """Asked once in each quiet stretch."""
    asked = any(one.kind == KIND for one in state.past[: 2 * QUIET_AFTER] if not one.acted)
    if not state.is_quiet or asked:
        return None
    return Nudge(
        KIND,
        "Shall I stop writing here? You can always ask me something, and start this again with /coach team.",
        "The last three weeks brought nothing you wanted to act on. Until I hear from you I come every other week.",
        (Offer(Act.STOP, "Yes, stop", state.team.id), Offer(Act.COMMIT, "No, one small thing", "")),
    )
