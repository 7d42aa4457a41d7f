"""`coach ask`: one question, or one a line; the same answers as in Slack."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console
from typer import echo

from bot.cli import drawing
from bot.cli.lines import Line, LineUnreadable, answered, as_json, lines_in, opened, whole
from bot.logs import set_up_logs
from bot.questions.model import Answer, Memory, Question
from bot.settings import Settings, settings_or_explain

if TYPE_CHECKING:
    from bot.answering import Answering

FIRST_TIME = "Building the index of the knowledge base, once; that takes about a minute …"
EVERY_TIME = "Opening the knowledge base …"


async def answer_once(text: str, *, for_scripts: bool) -> None:
    """Answer one question on stdout, as a panel for people or as one JSON object."""
    answering = await answering_from(settings_or_explain())
    asked = Line(1, whole(text))
    answer, ms = await _timed(answering, asked, None)
    if for_scripts:
        echo(as_json(answered(asked, answer, ms)))
    else:
        drawing.console().print(drawing.answer_block(answer))


async def answer_lines(path: Path) -> None:
    """Answer a file of JSON objects line by line, in order; lines with the same `thread` are one conversation.

    A line that cannot be read gives an object with `error`, and the run goes on. Raises NotText, OSError.
    """
    with opened(path) as file:
        answering = await answering_from(settings_or_explain())
        threads: dict[str, Memory] = {}
        for line in lines_in(file):
            if isinstance(line, LineUnreadable):
                echo(as_json({"line": line.number, "error": str(line)}))
                continue
            answer, ms = await _timed(answering, line, threads.get(line.thread or ""))
            if line.thread and answer.searched:
                threads[line.thread] = answer.memory
            echo(as_json(answered(line, answer, ms)))


async def answering_from(settings: Settings) -> "Answering":
    """What answers, with a word on stderr while it is being opened. Raises as load_answering does."""
    from bot.answering import load_answering

    set_up_logs(level="warning", form=settings.log_format)
    with patience(settings):
        return await load_answering(settings)


@contextmanager
def patience(settings: Settings) -> Iterator[None]:
    """A word on stderr while the knowledge base is opened, which takes long the first time."""
    errors = Console(file=sys.stderr)
    is_first = not (settings.data_dir / "index" / "current").exists()
    if errors.is_terminal:
        with errors.status(FIRST_TIME if is_first else EVERY_TIME):
            yield
    else:
        if is_first:
            errors.print(FIRST_TIME)
        yield


async def _timed(answering: "Answering", line: Line, memory: Memory | None) -> tuple[Answer, float]:
    began = perf_counter()
    answer = await answering(Question(line.question, memory))
    return answer, (perf_counter() - began) * 1000
