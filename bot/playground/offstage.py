"""Whether what is done now belongs to a story that is told: then its windows open before nobody who looks on.

A context variable, since a story acts with the very verbs people act with, and every task it starts inherits it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_offstage = ContextVar("offstage", default=False)


def is_offstage() -> bool:
    return _offstage.get()


@contextmanager
def offstage() -> Iterator[None]:
    before = _offstage.set(True)
    try:
        yield
    finally:
        _offstage.reset(before)
