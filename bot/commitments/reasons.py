"""Who reads a reason: the examples of the knowledge base, or a model and they where it is away."""

import asyncio
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.commitments.reason_model import ReaderAway
from knowledge.barriers import Read

if TYPE_CHECKING:
    from knowledge.reasons import Reasons

log = structlog.get_logger()


class ReadReason(Protocol):
    async def __call__(self, words: str) -> Read:
        """The barrier that these words speak of, if it is clear. The words are neither stored nor logged."""
        ...


class ByExample:
    """Reads by likeness to examples, opened with the first reason, which takes a second; all of it in threads."""

    def __init__(self, open_examples: Callable[[], "Reasons"]) -> None:
        self._open_examples = open_examples
        self._opening = Lock()
        self._reasons: Reasons | None = None

    async def __call__(self, words: str) -> Read:
        return await asyncio.to_thread(self._read, words)

    def _read(self, words: str) -> Read:
        with self._opening:
            self._reasons = self._reasons or self._open_examples()
        return self._reasons.read(words)


class ModelFirst:
    """Asks a model; where it does not answer, asks the other."""

    def __init__(self, model: ReadReason, otherwise: ReadReason) -> None:
        self._model = model
        self._otherwise = otherwise

    async def __call__(self, words: str) -> Read:
        try:
            return await self._model(words)
        except ReaderAway as away:
            log.warning("reason.model_away", problem=str(away))
            return await self._otherwise(words)
