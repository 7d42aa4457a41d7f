"""`coach chat`: a conversation in the terminal. It keeps nothing once it ends."""

import asyncio
import importlib
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from typer import echo

from bot.cli import drawing
from bot.cli.asking import answering_from
from bot.cli.lines import whole
from bot.questions.model import Memory, Question
from bot.settings import settings_or_explain

if TYPE_CHECKING:
    from bot.answering import Answering

EXAMPLE = "How do other companies measure whether internal social tools pay off?"
"""The first thing a newcomer sees answered; a test holds that it is."""

WELCOME = "Ask me about social tools at work: why they are known and not used, what to measure, what to try."
GOODBYES = frozenset(("bye", "goodbye", "exit", "quit", "q", ":q"))


def converse() -> None:
    """Ask and answer until the input ends, a goodbye or Ctrl-C. At first an empty line asks the example."""
    with suppress(ImportError):
        importlib.import_module("readline")  # arrow keys and earlier lines, where the terminal has them
    with asyncio.Runner() as runner:
        answering = runner.run(answering_from(settings_or_explain()))
        with suppress(KeyboardInterrupt):
            _talk(runner, answering)
    echo()


def _talk(runner: asyncio.Runner, answering: "Answering") -> None:
    out = drawing.console()
    out.print(WELCOME)
    out.print(drawing.plain(f"For example: {EXAMPLE}", style="cyan"))
    out.print("Enter asks just that; Ctrl-D ends.\n", style="dim")
    memory: Memory | None = None
    default = EXAMPLE
    while text := _next_question(default):
        default = ""
        answer = runner.run(answering(Question(text, memory)))
        memory = answer.memory if answer.searched else memory
        out.print(drawing.answer_block(answer), "")


def _next_question(default: str) -> str | None:
    """What is typed next, `default` for an empty line; None at the end."""
    while True:
        try:
            typed = whole(input("> ")).strip()
        except (EOFError, RuntimeError):  # RuntimeError: there is no standard input
            return None
        if typed.lower() in GOODBYES:
            return None
        text = typed or default
        if not (typed and sys.stdin.isatty()):
            echo(text)
        if text:
            return text
