"""What the coach says of its own accord, drawn."""

from collections.abc import Sequence
from datetime import date

from bot.commitments.blocks import day_in_words, item
from bot.commitments.model import Commitment
from bot.kernel.weeks import A_DAY
from bot.metrics.buttons import define_button, log_button, review_button
from bot.nudges.model import Act, Nudge, Offer
from bot.slack_kit.mrkdwn import escape, of_others, safe, shortened
from bot.slack_kit.pieces import Piece, actions, button, context, header, message, section
from bot.teams.model import Team

COMMIT, SKIP, CHANGE, STOP = "nudge_commit", "nudge_skip", "nudge_change", "nudge_stop"
UPDATE, LATER_TODAY, NEXT_WEEK, AM_AWAY, PAUSE = (
    "digest_update",
    "digest_later",
    "digest_next_week",
    "digest_away",
    "digest_pause",
)
UNDERSTAND_YES, UNDERSTAND_NO, LISTEN_YES, LISTEN_NO = "pulse_yes", "pulse_no", "listen_yes", "listen_no"
GAUGE_TRY, GAUGE_NO = "gauge_try", "gauge_no"


def team_nudge(nudge: Nudge, team: Team) -> Piece:
    """One thing, why now, one primary button; and the way to have less of it."""
    text = f"{nudge.text} {nudge.why}"
    drawn = [section(safe(nudge.text)), context(safe(f"Why now: {nudge.why}"))]
    drawn += [context(escape(nudge.source))] if nudge.source else []
    drawn += [
        # One block a button: two that do the same, with another metric, may not stand in one.
        actions(f"nudge:{team.id}:{n}", _offer(one, team, primary=n == 0))
        for n, one in enumerate(nudge.offers)
    ]
    less = [button("Skip next week", SKIP, team.id), button("Change day or place", CHANGE, team.id)]
    if nudge.offers[0].act is not Act.STOP:
        less.append(button("Stop", STOP, team.id, accessibility_label="Stop the nudges"))
    drawn.append(actions(f"nudge:{team.id}:less", *less))
    return message(safe(text), drawn)


def digest(due: Sequence[Commitment], coming: Sequence[Commitment], today: date, *, welcome: bool = False) -> Piece:
    """What a person promised for today or earlier, and what is due next: asked once, each with four answers."""
    opening = "Welcome back. " if welcome else ""
    head = opening + (_promised(due, today) if due else f"{_next(coming, today)}, in case it helps.")
    words = "; ".join(one.promise.what for one in (*due, *coming))
    drawn = [section(head), *(piece for one in due[:8] for piece in item(one))]
    if coming:
        drawn += [header(_next(coming, today))] if due else []
        drawn += [piece for one in coming[:6] for piece in item(one)]
    drawn.append(
        actions(
            "digest",
            button("Update", UPDATE, accessibility_label="Show all my commitments"),
            button("Later today", LATER_TODAY),
            button("Next week", NEXT_WEEK),
            button("I'm away", AM_AWAY),
            button("Pause", PAUSE),
        )
    )
    return message(safe(f"{head} {of_others(words)}"), drawn)


def pulse(team: Team, quarter: str) -> Piece:
    """Two questions to a lead, once a quarter."""
    text = (
        f"Two questions about {of_others(team.name)}, once a quarter. "
        "Do you understand what social tools can do for your team? "
        "Does the team have a routine for listening: somebody who looks, on a fixed day?"
    )
    value = f"{team.id} {quarter}"
    return message(
        safe(text),
        [
            section(safe(text)),
            actions(
                "pulse:understands",
                button("Yes, I understand it", UNDERSTAND_YES, value),
                button("Not enough yet", UNDERSTAND_NO, value),
            ),
            actions(
                "pulse:listens",
                button("Yes, we listen", LISTEN_YES, value),
                button("No routine yet", LISTEN_NO, value),
            ),
            context("Only you see your answers. The organisation sees shares alone, and only over five teams or more."),
        ],
    )


def gaps_digest(lines: Sequence[str]) -> Piece:
    """For a curator: what could not be answered in a week, as counts."""
    text = "What I could not answer last week, by topic:\n" + "\n".join(f"• {line}" for line in lines)
    more = "`/coach gaps` counts all that is open; `coach knowledge gaps` shows the words of those who agreed."
    return message(escape(text), [section(escape(text)), context(more)])


def smallest_test(topic: str, step: str, card_id: str) -> Piece:
    """Five questions on one topic and nothing tried yet: one private question, not a reproach."""
    looked = f"You have looked into {of_others(topic)} from several sides."
    text = f"{looked} What would the smallest test be? For example: {of_others(step)}"
    return message(
        safe(text),
        [
            section(safe(text)),
            actions(
                "gauge",
                button("Try something small", GAUGE_TRY, card_id, style="primary"),
                button("Not now", GAUGE_NO),
            ),
        ],
    )


def _promised(due: Sequence[Commitment], today: date) -> str:
    """The day each thing was promised for, as it was: what waited over a weekend or days away was not for today."""
    many = "one thing" if len(due) == 1 else f"{len(due)} things"
    first, *others = sorted({one.due for one in due})
    if first == today:
        return f"You promised {many} for today."
    if not others:
        return f"You promised {many} for {day_in_words(first)}. How did it go?"
    last = "today" if others[-1] == today else day_in_words(others[-1])
    return f"You promised {many}, the first for {day_in_words(first)}, the last for {last}. How did it go?"


def _next(coming: Sequence[Commitment], today: date) -> str:
    """ "Due tomorrow"; before a weekend the day itself."""
    last = max(one.due for one in coming)
    if last == today + A_DAY:
        return "Due tomorrow"
    return f"Due {'on' if all(one.due == last for one in coming) else 'by'} {day_in_words(last)}"


def _offer(offer: Offer, team: Team, *, primary: bool = False) -> Piece:
    label = shortened(offer.label, 70)
    match offer.act:
        case Act.DEFINE:
            return define_button(team.id, offer.value, label=label, primary=primary)
        case Act.LOG if offer.metric:
            return log_button(offer.metric, primary=primary)
        case Act.REVIEW if offer.metric:
            return review_button(offer.metric)
        case Act.STOP:
            return button(label, STOP, team.id)
        case _:
            return button(label, COMMIT, f"{team.id} {offer.value}".strip(), style="primary" if primary else None)
