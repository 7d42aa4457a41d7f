"""A commitment in a message: what it is, and what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.commitments.draft import Draft
from bot.commitments.model import Commitment, Status
from bot.slack_kit.mrkdwn import escape, link
from bot.slack_kit.pieces import Piece, actions, button, message, section
from bot.teams.model import Team, Visibility

KEPT, NOT_YET, MOVE, DROP = "commitment_kept", "commitment_not_yet", "commitment_move", "commitment_drop"
UNDO = "commit_undo"
YES, YES_MINE, SAY_NO, CHANGE = "promise_yes", "promise_yes_mine", "promise_no", "promise_edit"
THANKS = "Thank you for saying so."
NONE_OPEN = "You have no open commitments. `/coach commit` makes one; so does “Try this within 7 days” under an answer."
WAITS = "Fine, it stays open. I ask once more in three days, then I leave you in peace."


def day_in_words(day: date) -> str:
    """ "Friday 4 December"."""
    return f"{day:%A} {day.day} {day:%B}"


def what_of(commitment: Commitment) -> str:
    """The promise in mrkdwn, with its day and what belongs to it."""
    promise = commitment.promise
    lines = [f"*{escape(promise.what)}*", f"Due {day_in_words(promise.due)}{_moved(commitment.moves)}"]
    lines += [f"Why: {escape(promise.why)}"] if promise.why else []
    lines += [escape(promise.if_then)] if promise.if_then else []
    lines += [link(promise.link, "Where it began")] if promise.link else []
    return "\n".join(lines)


def seen_by(visibility: Visibility, team: Team | None) -> str:
    """Who will see it, in a sentence."""
    if team is None or visibility is Visibility.ME:
        return "Only you see it."
    if visibility is Visibility.LEAD:
        return f"You and the leads of {escape(team.name)} see it."
    return f"Your team {escape(team.name)} sees it."


def item(commitment: Commitment) -> list[Piece]:
    """An open commitment with its four answers, none of them shameful."""
    what = commitment.promise.what
    return [
        section(what_of(commitment), block_id=f"commitment:{commitment.id}:what"),
        actions(
            f"commitment:{commitment.id}:answers",
            button("Kept", KEPT, commitment.id, style=None, accessibility_label=_label("Kept", what)),
            button("Not yet", NOT_YET, commitment.id, accessibility_label=_label("Not yet", what)),
            button("Move", MOVE, commitment.id, accessibility_label=_label("Move", what)),
            button("Drop", DROP, commitment.id, accessibility_label=_label("Drop", what)),
        ),
    ]


def listed(commitments: Sequence[Commitment]) -> Piece:
    """Somebody's open commitments, for their eyes only."""
    if not commitments:
        return message(NONE_OPEN, [section(NONE_OPEN)])
    many = "one open commitment" if len(commitments) == 1 else f"{len(commitments)} open commitments"
    lines = "; ".join(f"{one.promise.what}, due {day_in_words(one.due)}" for one in commitments[:12])
    blocks = [section(f"You have {many}."), *(piece for one in commitments[:12] for piece in item(one))]
    return message(f"You have {many}: {escape(lines)}.", blocks)


def closed_in_words(commitment: Commitment) -> str:
    """What became of it, in a line that thanks and does not judge."""
    what = escape(commitment.promise.what)
    match commitment.status:
        case Status.KEPT:
            return f"*{what}*\nKept. Well done, and thank you."
        case Status.MISSED:
            return f"*{what}*\n{THANKS}"
        case Status.DROPPED:
            return f"*{what}*\nDropped. Letting go on purpose is a decision, too."
        case Status.SILENT:
            return f"*{what}*\nClosed, since no answer came. You can still say how it went."
        case Status.OPEN:
            return f"*{what}*\nDue {day_in_words(commitment.due)}{_moved(commitment.moves)}"


def outcome(commitment: Commitment, text: str) -> list[Piece]:
    """What stands in place of the question, with a way back for ten minutes."""
    drawn = [section(text, block_id=f"commitment:{commitment.id}:what")]
    if commitment.status in (Status.KEPT, Status.MISSED, Status.DROPPED):
        undo = button("Undo", UNDO, commitment.id, accessibility_label="Take this answer back")
        drawn.append(actions(f"commitment:{commitment.id}:answers", undo))
    else:
        drawn += item(commitment)[1:]
    return drawn


def outcome_message(commitment: Commitment) -> Piece:
    """What became of it, as a message of its own."""
    text = closed_in_words(commitment)
    return message(text, outcome(commitment, text))


def proposal(draft: Draft, days: Sequence[date], who_sees: str, rewrite: str | None) -> Piece:
    """ "Shall I keep that?", under a sentence somebody wrote to the coach. Nothing is stored before the click.

    Two `days` where the date can be read in two ways: there is a button for each.
    """
    what, by = escape(draft.what), " or ".join(map(day_in_words, days))
    drawn = [section(f"That sounds like a promise. Shall I keep it for you?\n*{what}*\nDue {by}. {who_sees}")]
    if rewrite:
        drawn.append(section(f"Easier to see done, perhaps:\n>{escape(rewrite)}"))
    buttons = [*_yes(draft, days, rewrite), button("Edit", CHANGE, draft.as_text), button("No", SAY_NO)]
    return message(f"Shall I keep that as a commitment? {what}, due {by}.", [*drawn, actions("promise", *buttons)])


def _yes(draft: Draft, days: Sequence[date], rewrite: str | None) -> list[Piece]:
    if len(days) > 1:
        kept = [replace(draft, due=day.isoformat()).as_text for day in days[:2]]
        return [
            button(day_in_words(day), action_id, value)
            for day, action_id, value in zip(days, (YES, YES_MINE), kept, strict=False)
        ]
    if rewrite:
        offered = replace(draft, what=rewrite).as_text
        return [button("Use this", YES, offered, style="primary"), button("Keep mine", YES_MINE, draft.as_text)]
    return [button("Yes, keep it", YES, draft.as_text, style="primary")]


def kept_for_you(commitment: Commitment, who_sees: str) -> Piece:
    """It stands, told under the sentence it was made from."""
    text = f"It stands.\n{what_of(commitment)}\n{who_sees} I ask you once how it went."
    undo = button("Undo", UNDO, commitment.id, accessibility_label="Undo this commitment")
    return message(text, [section(text), actions(f"commitment:{commitment.id}:made", undo)])


def which_one(commitments: Sequence[Commitment], text: str) -> Piece:
    """Several are due: which one is meant?"""
    return message(text, [section(text), *(piece for one in commitments[:10] for piece in item(one))])


def _moved(moves: int) -> str:
    return "" if not moves else " · moved once" if moves == 1 else f" · moved {moves} times"


def _label(answer: str, what: str) -> str:
    return f"{answer}: {what}"[:75]
