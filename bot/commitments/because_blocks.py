"""Why something was not done, asked kindly: read from a few words or chosen, never needed, stored only on a click."""

from bot.commitments.blocks import DROP, MOVE, THANKS
from bot.commitments.model import IN_WORDS, Because, Commitment
from bot.commitments.reading import Remedy
from bot.slack_kit.mrkdwn import escape
from bot.slack_kit.pieces import Piece, actions, button, context, message, option, section, static_select

BECAUSE_YES, BECAUSE_OTHER = "because_yes", "because_other"
BECAUSE_UNSAID, BECAUSE_CHOSEN = "because_unsaid", "because_chosen"
MY_WORDS = {
    Because.TALK: "We talked instead of doing",
    Because.MEMORY: "We did what we always do",
    Because.FEAR: "Fear of how it looks",
    Because.MEASUREMENT: "We are measured on something else",
    Because.COMPETITION: "We worked against each other",
    Because.OUTSIDE: "Something outside my control",
    Because.UNSAID: "I would rather not say",
}


def ask_why(commitment: Commitment) -> Piece:
    """After a miss: thanks first, then one question that may stay without an answer."""
    what = escape(commitment.promise.what)
    text = f"{THANKS} What got in the way? Tell me here in a few words, or choose."
    return message(f"{text} {what}", [section(f"*{what}*\n{text}"), _choices(commitment)])


def read_back(commitment: Commitment, because: Because) -> Piece:
    """ "I read that as …. Right?" Stored only on Yes."""
    text = f"{THANKS} I read that as {IN_WORDS[because]}. Right?"
    value = f"{commitment.id} {because.value}"
    buttons = (
        button("Yes", BECAUSE_YES, value, style="primary"),
        button("Other", BECAUSE_OTHER, commitment.id),
        button("Rather not say", BECAUSE_UNSAID, commitment.id),
    )
    return message(text, [section(f"*{escape(commitment.promise.what)}*\n{text}"), actions("because", *buttons)])


def after_because(commitment: Commitment, remedy: Remedy | None) -> Piece:
    """The one remedy, with its source; then moving or dropping."""
    text = "That is fine, thank you." if commitment.because is Because.UNSAID else "Noted, thank you."
    drawn = [section(f"*{escape(commitment.promise.what)}*\n{text}")]
    if remedy:
        drawn.append(section(f"What has helped others: {escape(remedy.text)}"))
        drawn.append(context(escape(remedy.source)))
        text = f"{text} {escape(remedy.text)} {escape(remedy.source)}"
    buttons = button("Move", MOVE, commitment.id), button("Drop", DROP, commitment.id)
    drawn.append(actions(f"commitment:{commitment.id}:after", *buttons))
    return message(text, drawn)


def _choices(commitment: Commitment) -> Piece:
    options = [option(words, f"{commitment.id} {one.value}") for one, words in MY_WORDS.items()]
    select = static_select(BECAUSE_CHOSEN, options, placeholder="Choose what comes nearest")
    return actions(f"commitment:{commitment.id}:why", select)
