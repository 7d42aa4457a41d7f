"""`/coach`: its first word says which feature it is for; anything else is a question."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from rapidfuzz import fuzz, process
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack_kit.clicks import Typed, typed_in
from bot.slack_kit.manifest import COMMAND
from bot.slack_kit.pieces import Piece, message, note, section
from bot.teams.workplace import Command, Workplace

HELP = frozenset({"", "help", "?", "hilfe", "aide", "ayuda"})
ALMOST = 75
"""Likeness, of 100, from which a single mistyped word is taken for a command."""

ABOUT = (
    "*/coach* and your question: I answer from reviewed sources, and only you see it until you share it.\n"
    "For example: `/coach What share of boards get reports?`\n"
    "You can also write to me directly, or mention me in a channel I am in. "
    "When I have nothing on a question, I say so, and you can pass it to the curator."
)


def register(
    app: AsyncApp, *, workplace: Workplace, commands: Mapping[str, Command], ask: Callable[[Typed], None]
) -> None:
    """Acknowledge at once; the work of a command is a tracked task, and a question goes to the desk."""

    async def on_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Within Slack's three seconds: help and a guess at a slip at once, everything else afterwards."""
        typed = typed_in(body)
        if typed is None or typed.words.lower() in HELP:
            await ack(help_message(commands))
            return
        if found := command_in(typed, commands):
            await ack()
            workplace.start(typed, partial(found.handle, typed), name=f"command {found.word}")
        elif meant := almost(typed, commands):
            await ack(note(f"Did you mean /coach {meant}? For a question, use a few words more."))
        else:
            await ack()
            ask(typed)

    app.command(COMMAND)(on_command)


def command_in(typed: Typed, commands: Mapping[str, Command]) -> Command | None:
    """The command the first word names; None for a question."""
    found = commands.get(typed.first_word)
    return found if found and (found.takes_words or not typed.rest) else None


def almost(typed: Typed, commands: Mapping[str, Command]) -> str | None:
    """The command a single mistyped word stands for."""
    if typed.rest:
        return None
    best = process.extractOne(typed.first_word, list(commands), scorer=fuzz.ratio, score_cutoff=ALMOST)
    return str(best[0]) if best else None


def help_message(commands: Mapping[str, Command]) -> Piece:
    """What /coach can do, for the person who typed it."""
    lines = "\n".join(f"`/coach {command.usage}` {command.about}" for command in commands.values())
    return message(f"{ABOUT}\n{lines}".strip(), [section(ABOUT), *([section(lines)] if lines else [])])
