"""Keeps what answers open and fresh. It is slow to open, so the Slack side is up first and early questions wait."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Protocol

import structlog

if TYPE_CHECKING:
    from knowledge.loader import Base

from bot.commitments.model import Because
from bot.commitments.reading import Coaching, Remedy
from bot.questions.model import Answer, Question

log = structlog.get_logger()

LOOK_SECONDS = 5.0
AGAIN_SECONDS = 60.0
"""After a failure to open, before the next attempt."""


class Answering(Coaching, Protocol):
    """What is opened: it answers, helps with what was not kept, and takes in what a curator has changed."""

    async def __call__(self, question: Question) -> Answer: ...

    @property
    def base(self) -> "Base": ...

    async def refresh(self) -> bool:
        """True when answers may differ now."""
        ...


class Keeper:
    """Answers once it can. `after_change` runs whenever answers may have become different, at the opening too."""

    def __init__(
        self,
        load: Callable[[], Awaitable[Answering]],
        *,
        after_change: Callable[[], Awaitable[object]],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._load = load
        self._after_change = after_change
        self._clock = clock
        self._answering: Answering | None = None
        self._failure: Exception | None = None
        self._not_before = clock()
        self._tried = asyncio.Event()

    async def answer(self, question: Question) -> Answer:
        """Raises: what kept the knowledge base from being opened, and what answering raises."""
        await self._tried.wait()
        if self._answering is None:
            raise self._failure or AssertionError("tried, and neither open nor failed")
        return await self._answering(question)

    def base(self) -> "Base | None":
        """The cards and entries that answers are made from; None until they are open."""
        return self._answering.base if self._answering else None

    async def read_reason(self, words: str) -> Because | None:
        """None as well where the knowledge base is not open: then the person chooses."""
        return await self._answering.read_reason(words) if self._answering else None

    async def remedy(self, because: Because) -> Remedy | None:
        return await self._answering.remedy(because) if self._answering else None

    @property
    def state(self) -> str:
        if self._answering:
            return "ok"
        return "broken" if self._failure else "opening"

    async def look_after(self) -> None:
        """One look; to be repeated. Raises: what kept the knowledge base from being opened or refreshed."""
        if self._answering is None:
            await self._open()
        elif await self._answering.refresh():
            log.info("knowledge.changed")
            await self._after_change()

    async def _open(self) -> None:
        if self._clock() < self._not_before:
            return
        try:
            self._answering = await self._load()
        except Exception as error:
            self._failure, self._not_before = error, self._clock() + AGAIN_SECONDS
            raise
        finally:
            self._tried.set()
        log.info("knowledge.open")
        await self._after_change()
