"""The buttons under an answer, and what stands in their place once they are pressed.

Every button carries the id of the answer and the words it was asked in: the coach itself keeps no words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.questions.model import Status
from bot.slack_kit.mrkdwn import escape, shortened
from bot.slack_kit.pieces import Piece, actions, button, context, section

HELPFUL = "answer_helpful"
NOT_HELPFUL = "answer_not_helpful"
TRY = "answer_try"
PASS = "answer_pass"
SHARE = "answer_share"
PASS_NAMED = "pass_named"
PASS_UNNAMED = "pass_unnamed"
PASS_CANCEL = "pass_cancel"
REASONS = {
    "reason_wrong": "Wrong",
    "reason_not_in_source": "Not in the source",
    "reason_too_vague": "Too vague",
    "reason_old": "Old",
    "reason_other": "Something else",
}
"""action_id → what the button says; the part after `reason_` is what is stored."""

WORDS = 1_900
"""Characters of a question that a button carries; Slack takes 2,000 for all of its value."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the buttons under an answer refer to: its id, and the words it was asked in."""

    answer_id: str
    words: str

    @property
    def value(self) -> str:
        return f"{self.answer_id} {shortened(self.words, WORDS)}".strip()


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one person has done with an answer so far."""

    verdict: str | None = None
    reason: str | None = None
    committed: bool = False
    passed_on: str | None = None
    """named, unnamed, or None."""
    passing: bool = False
    """They are being asked what to pass on."""
    shared: bool = False


NOTHING_PRESSED = Pressed()


def asking_of(value: str) -> Asking:
    """What a button carried."""
    answer_id, _, words = value.partition(" ")
    return Asking(answer_id, words)


def offers(status: Status, *, has_step: bool, shareable: bool = False) -> tuple[str, ...]:
    """The action ids of the buttons under a fresh answer; `shareable` is what one person alone sees."""
    share = (SHARE,) if shareable else ()
    match status:
        case Status.ANSWERED:
            return (HELPFUL, NOT_HELPFUL, *((TRY,) if has_step else ()), *share)
        case Status.CLOSEST:
            return (HELPFUL, NOT_HELPFUL, PASS, *share)
        case Status.NOTHING:
            return (PASS,)
        case Status.SMALL_TALK | Status.DECLINED:
            return ()


def controls(asking: Asking, offered: Iterable[str], pressed: Pressed = NOTHING_PRESSED) -> list[Piece]:
    """Buttons that are still open, and a short line for each that was pressed."""
    done = _done(pressed)
    open_buttons = [_button(action_id, asking) for action_id in offered if action_id not in done]
    blocks = [actions(_block_id(asking, "buttons"), *open_buttons)] if open_buttons else []
    if pressed.verdict == "not_helpful" and not pressed.reason:
        blocks += ask_why(asking)
    if pressed.passing:
        blocks += ask_what_to_pass_on(asking)
    if lines := notes(pressed):
        blocks.append(context(" ".join(lines), block_id=_block_id(asking, "notes")))
    return blocks


def is_control(block: Piece, asking: Asking) -> bool:
    """Whether a block of a message is one of those drawn here."""
    return str(block.get("block_id", "")).startswith(_block_id(asking, ""))


def ask_why(asking: Asking) -> list[Piece]:
    """After "Not helpful": one tap says why."""
    buttons = [button(label, action_id, asking.value) for action_id, label in REASONS.items()]
    return [
        context("Thank you. What was it?", block_id=_block_id(asking, "why")),
        actions(_block_id(asking, "reasons"), *buttons),
    ]


def ask_what_to_pass_on(asking: Asking) -> list[Piece]:
    """Consent: the very words that would go to the curator, and whether with a name."""
    words = escape(shortened(asking.words, WORDS))
    text = (
        f"The curator would read these words, and nothing else of yours:\n>{words.replace(chr(10), chr(10) + '>')}\n"
        "With your name I can tell you when there is an answer; without it I cannot."
    )
    return [
        section(text, block_id=_block_id(asking, "words")),
        actions(
            _block_id(asking, "consent"),
            button("Pass it on", PASS_NAMED, asking.value, style="primary"),
            button("Pass it on without my name", PASS_UNNAMED, asking.value),
            button("Cancel", PASS_CANCEL, asking.value),
        ),
    ]


def notes(pressed: Pressed) -> list[str]:
    """One short line for each thing a person has done with an answer."""
    lines = []
    if pressed.verdict == "helpful":
        lines.append("Thank you, noted as helpful.")
    if pressed.reason:
        label = REASONS.get(f"reason_{pressed.reason}", "Something else")
        lines.append(f"Thank you, noted: {label.lower()}.")
    if pressed.committed:
        lines.append("You made this a commitment.")
    if pressed.passed_on == "named":
        lines.append("Passed on to the curator. I write to you directly when there is an answer.")
    if pressed.passed_on == "unnamed":
        lines.append("Passed on to the curator without your name.")
    if pressed.shared:
        lines.append("Shared in this channel.")
    return lines


_LABELS = {
    HELPFUL: "Helpful",
    NOT_HELPFUL: "Not helpful",
    TRY: "Try this within 7 days",
    PASS: "Pass it to the curator",
    SHARE: "Share here",
}


BUTTONS = (*_LABELS, PASS_NAMED, PASS_UNNAMED, PASS_CANCEL)
"""Action ids of all buttons but the reasons; each has a listener."""


def _button(action_id: str, asking: Asking) -> Piece:
    return button(_LABELS[action_id], action_id, asking.value, style="primary" if action_id == TRY else None)


def _done(pressed: Pressed) -> set[str]:
    done = {HELPFUL, NOT_HELPFUL} if pressed.verdict else set()
    done |= {TRY} if pressed.committed else set()
    done |= {SHARE} if pressed.shared else set()
    return done | ({PASS} if pressed.passed_on or pressed.passing else set())


def _block_id(asking: Asking, part: str) -> str:
    return f"answer:{asking.answer_id}:{part}"
