"""Where questions are taken in: each once, none lost, so many at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from weakref import WeakValueDictionary

import structlog

from bot.delivery.speaker import Speaker
from bot.errors import CoachError
from bot.questions import intake, store
from bot.questions.apologies import apologise
from bot.questions.arrivals import Arrivals
from bot.questions.incoming import FOLLOW_UP, Incoming
from bot.questions.replying import AnswerQuestion, reply, show_status, stands_already
from bot.storage.engine import Database
from bot.tasks import Tasks, Work

log = structlog.get_logger()

AT_ONCE = 8
"""Answers worked out at the same time; a model may take 20 seconds for each."""

Hear = Callable[[Incoming], Awaitable[bool]]
"""Takes what is no question: a promise, how one went. False where it is one."""


class Desk:
    """Takes questions in for one workspace. Whoever hands one over is free at once.

    `answer` may take as long as it needs, also to become ready: what was asked before that waits.
    """

    def __init__(
        self,
        *,
        workspace_id: str,
        database: Database,
        speaker: Speaker,
        hear: Hear,
        answer: AnswerQuestion,
        tasks: Tasks,
        follows_threads: bool,
        now: Callable[[], datetime],
    ) -> None:
        self._workspace_id = workspace_id
        self._database = database
        self._speaker = speaker
        self._hear = hear
        self._reply = partial(reply, answer=answer, database=database, speaker=speaker, follows_threads=follows_threads)
        self._tasks = tasks
        self._now = now
        self._arrivals = Arrivals(database, now)
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._threads: WeakValueDictionary[tuple[str, str, str], asyncio.Lock] = WeakValueDictionary()
        self._held: dict[str, Incoming] = {}

    def take(self, incoming: Incoming) -> None:
        """Answer it, in its turn, unless it was taken before. Returns at once and raises nothing."""
        self._start(partial(self._take, incoming), incoming)

    async def take_up(self) -> None:
        """Go on with what a stop or a crash cut off, here or in another process; to be repeated well within HELD.

        Raises: what the database raises.
        """
        async with self._database.write() as connection:
            await intake.keep(connection, self._workspace_id, self._held, self._now())
            left = await intake.take_up(connection, self._workspace_id, self._now())
        for incoming, maybe_posted in left:
            log.info("question.taken_up", answer_id=incoming.asked.id)
            self._start(partial(self._work, incoming, maybe_posted=maybe_posted), incoming)

    def go_on(self, incoming: Incoming) -> None:
        """Answer what stands among the unfinished already. Returns at once and raises nothing."""
        self._start(partial(self._work, incoming), incoming)

    async def let_go(self) -> None:
        """At the stop: whoever starts next goes on at once with what is not done. Raises: what the database raises."""
        await self._arrivals.settled()
        if not self._held:
            return
        log.info("questions.left", count=len(self._held))
        unnoted = [one for one in self._held.values() if one.addressed]  # cut off before they were noted, perhaps
        async with self._database.write() as connection:
            await intake.claim(connection, unnoted, self._now())
            await intake.let_go(connection, self._workspace_id, self._held, self._now())

    def _start(self, work: Work, incoming: Incoming) -> None:
        self._held[incoming.asked.id] = incoming
        self._tasks.start(partial(self._hold, work, incoming.asked.id), name=f"question {incoming.asked.id}")

    async def _hold(self, work: Work, id: str) -> None:
        """Done or failed, it is no longer held here; cut off, it is, for `let_go` to pass on."""
        try:
            await work()
        except Exception:
            del self._held[id]
            raise
        del self._held[id]

    async def _take(self, incoming: Incoming) -> None:
        try:
            if not incoming.addressed and not await self._is_in_a_thread_of_ours(incoming):
                return
            if not await self._arrivals.is_new(incoming):
                return
        except CoachError as error:
            await apologise(incoming, error, self._speaker)
        else:
            await self._work(incoming)

    async def _work(self, incoming: Incoming, *, maybe_posted: bool = False) -> None:
        """Hear or answer, then forget the words. What cannot even be apologised for stays among the unfinished."""
        try:
            if maybe_posted or not await self._hear(incoming):
                await self._answer(incoming, maybe_posted=maybe_posted)
        except Exception as error:  # whatever it is, the person who asked hears of it
            if incoming.asked.place == FOLLOW_UP:  # nobody waits for it: it is tried again later
                raise
            await apologise(incoming, error, self._speaker)
        async with self._database.write() as connection:
            await intake.finish(connection, incoming)

    async def _answer(self, incoming: Incoming, *, maybe_posted: bool) -> None:
        status = asyncio.create_task(show_status(incoming, self._speaker), name="status")  # before its turn comes
        try:
            async with self._turn(incoming):
                if not (maybe_posted and await stands_already(incoming, self._speaker)):
                    await self._reply(incoming, status=status)
        finally:
            status.cancel()

    @asynccontextmanager
    async def _turn(self, incoming: Incoming) -> AsyncIterator[None]:
        """So many at a time, and those of one thread one after the other: a follow-up needs what went before."""
        lock = self._threads.setdefault(incoming.thread_key or (incoming.asked.id, "", ""), asyncio.Lock())
        async with lock, self._gate:
            yield

    async def _is_in_a_thread_of_ours(self, incoming: Incoming) -> bool:
        async with self._database.read() as connection:
            return (
                incoming.thread_key is not None and await store.memory_of(connection, incoming.thread_key) is not None
            )
