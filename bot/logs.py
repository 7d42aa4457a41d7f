"""Logging: event names and fields; ids yes, words no.

What people write, tokens and messages of exceptions (which may quote either) never get out, whoever logs them: our own
code or a library. Lines go to stderr, so that what `coach ask` prints can be piped.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

WORDS = frozenset(("text question words value values query prompt body payload blocks").split())
"""Fields that hold what somebody wrote; they are dropped, at any depth, and named in `dropped`."""

_SECRETS = re.compile(
    r"\b(xox[a-z]|xapp|xoxe\.xox[a-z]|sk)-[A-Za-z0-9_-]{4,}|(://[^:/@\s]*:)[^@\s]+(?=@)|(hooks\.slack\.com/)\S+"
)
_OURS = ("bot", "knowledge")


def set_up_logs(*, level: str, form: Literal["console", "json"], stream: TextIO | None = None) -> None:
    """Once at the start. Libraries are heard from warning on: below it they log whole payloads."""
    stream = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[without_words, _renderer(form, stream)]
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drops fields of words, masks tokens, and turns an exception into its kind and place."""
    from_library = not event.pop("_from_structlog", True)
    event.pop("_record", None)
    event.pop("stack_info", None)
    if error := _exception(event.pop("exc_info", None)):
        event.update(kind=type(error).__name__, where=where(error))
        event["event"] = "library.exception" if from_library else event["event"]  # a library quotes the message there
    clean = {name: _clean(value) for name, value in event.items() if name not in WORDS}
    if dropped := sorted(WORDS & event.keys()):
        clean["dropped"] = dropped
    return clean


def where(error: BaseException) -> list[str]:
    """File, line and function of the last frames: enough to find the place, and no words of anybody."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def _renderer(form: Literal["console", "json"], stream: TextIO) -> structlog.typing.Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty())


def _exception(exc_info: object) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case None | False:
            return None
        case _:
            return sys.exc_info()[1]


def _clean(value: object) -> object:
    match value:
        case str():
            return _SECRETS.sub(lambda found: f"{found[2] or found[3] or found[1]}***", value)
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {name: _clean(one) for name, one in value.items() if name not in WORDS}
        case list() | tuple() | set() | frozenset():
            return [_clean(one) for one in value]
        case BaseException():
            return type(value).__name__
        case _:
            return _clean(str(value))
