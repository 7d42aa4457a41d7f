"""SQLite has one writer, and so the coach on it is one process: a second one on the same file refuses to start."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from bot.errors import DatabaseLocked
from bot.storage.engine import is_sqlite

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone_on(url: str) -> Iterator[None]:
    """Hold the lock beside the file until the end of the block; the system lets it go however the process ends.

    Raises: DatabaseLocked. PostgreSQL takes any number of processes.
    """
    name = sa.make_url(url).database if is_sqlite(url) else None
    if not name or name == ":memory:" or fcntl is None:
        yield
        return
    file = Path(f"{name}.lock")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise DatabaseLocked("Another coach runs on this database file.") from taken
        yield
