"""The log as lines of JSON, whatever was set up before."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.logs import set_up_logs


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Whatever is logged until the end of the block."""
    stream = io.StringIO()
    handlers, level = logging.root.handlers[:], logging.root.level
    set_up_logs(level="info", form="json", stream=stream)
    try:
        yield stream
    finally:
        structlog.reset_defaults()
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
