"""One line where the database goes and one where it is back: all that looks every second would write its own."""

from collections.abc import Callable
from time import monotonic

import structlog

log = structlog.get_logger()


class Watch:
    """Knows whether the database was there when somebody last looked."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._away_since: float | None = None

    def away(self, said: str) -> None:
        """It cannot be reached; `said` is the error in words that quote nobody."""
        if self._away_since is None:
            self._away_since = self._clock()
            log.error("database.away", said=said)

    def here(self) -> None:
        if self._away_since is not None:
            log.info("database.back", seconds=round(self._clock() - self._away_since, 1))
            self._away_since = None
