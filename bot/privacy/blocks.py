"""What is kept, in plain words, with two buttons: have it, or have it gone."""

from bot.slack_kit.pieces import Piece, actions, button, confirm, header, message, modal, section

EXPORT, DELETE = "privacy_export", "privacy_delete"
KEPT = (
    "*What I keep about you*: your commitments and how they went; the readings you entered; which teams you are in; "
    "your time zone and choices, days away; which answers you got, by card and time, never your questions.\n"
    "*Who sees it*: you. Of your commitments those you chose to show: your team or your lead. Nobody else, and no "
    "other workspace. Shares over fewer than five people are not shown to anybody.\n"
    "*How long*: until you delete it; which answers you got, and the words of closed commitments, leave by themselves "
    "after {days} days. What you write is never logged."
)
GONE = (
    "It is gone: your commitments, answers, settings and days away are deleted. Totals of your teams stay, without you "
    "in them. If you write to me again, I begin anew."
)
SURE = "Your commitments, answers and settings are deleted for good. Your teams' totals stay, without you in them."
NO_FILE = "I may not hand over files here, so this is what I keep about you, as text:"


def privacy_section(days: int) -> list[Piece]:
    """For the Home tab and the window."""
    return [header("Privacy"), section(KEPT.format(days=days)), buttons()]


def privacy_window(days: int) -> Piece:
    return modal("Privacy", privacy_section(days), callback_id="privacy")


def told(days: int) -> Piece:
    """The answer to "what do you store about me?"."""
    text = KEPT.format(days=days)
    return message(text.replace("*", ""), [section(text), buttons()])


def buttons() -> Piece:
    asked = confirm("Delete everything?", SURE, yes="Delete it", no="Keep it")
    return actions(
        "privacy",
        button("Give me a copy", EXPORT, accessibility_label="Export what is kept about me as JSON"),
        button("Delete it", DELETE, style="danger", accessibility_label="Delete what is kept about me", sure=asked),
    )
