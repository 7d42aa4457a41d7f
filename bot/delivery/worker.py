"""Sends what is due. Any number of workers share one PostgreSQL; on SQLite there is one. None leads.

Claim, write, aim, post, finish: each step that must be remembered is committed before the next begins, and no
transaction is open while Slack is spoken to. Where a worker dies in between, the row tells the next how far it came.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery import claims, reconcile
from bot.delivery.claims import LEASE
from bot.delivery.model import Claimed, Kind, Kinds, Later, Outcome, Rendered, State
from bot.delivery.outbox import counts, forget
from bot.delivery.pacing import Pace
from bot.delivery.plan import plan
from bot.delivery.sending import LOST, NEVER_SENT, Pause, code_of, is_definite, retry_after
from bot.delivery.speaker import Place, Speaker, Spoken
from bot.errors import CoachError, ScopeMissing, TokenRefused
from bot.slack_kit.errors import known_error
from bot.storage.engine import Database
from bot.storage.ids import new_id
from bot.storage.together import Together
from bot.tasks import Tasks

log = structlog.get_logger()

SLOTS = 100
"""Letters under way at once in one process."""
SAFE_PART = 3 / 4
"""Of a lease, in which a post may begin: of a minute that leaves a post its 10 seconds and the clocks some."""
AHEAD_SECONDS = 10.0
"""Letters are claimed only as far ahead as Slack's pace lets them go soon."""
LOOK_SECONDS = 1.0
LATER = timedelta(seconds=30)
"""Before another attempt where Slack could not be reached; the longest is ten times that."""
FOR_AN_ADMIN = timedelta(minutes=5)
"""Before another attempt where the token or a scope is missing: no fault of the letter."""
FINISH_ATTEMPTS = 20


class Reconcile(Protocol):
    async def __call__(
        self, one: Claimed, kind: Kind, written: Rendered | None, *, speaker: Speaker, now: datetime
    ) -> Outcome | None: ...


def clock() -> float:
    """Seconds that go on while the process, or the machine, is held."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Worker:
    """Sends the letters of one workspace."""

    def __init__(
        self,
        *,
        workspace_id: str,
        database: Database,
        speaker: Speaker,
        kinds: Kinds,
        tasks: Tasks,
        pace: Pace,
        now: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
        reconcile: Reconcile = reconcile.settle,
        lease: timedelta = LEASE,
    ) -> None:
        self._workspace_id = workspace_id
        self._database = database
        self._speaker = speaker
        self._kinds = kinds
        self._tasks = tasks
        self._pace = pace
        self._now = now
        self._pause = pause
        self._reconcile = reconcile
        self._lease = lease
        self._aiming = Together(self._aim_all)
        self._finishing = Together(self._finish_all)
        self._name = new_id(now())
        self._in_hand: set[str] = set()
        self._one_is_done = asyncio.Event()

    async def turn(self) -> None:
        """Plan and send until nothing is due; to be repeated. Raises: what the database raises."""
        async with self._database.read() as connection:
            if not await claims.is_anything_due(connection, self._workspace_id, self._kinds, self._now()):
                return
        await self._plan()
        while not self._tasks.is_stopping:
            self._one_is_done.clear()
            began, claimed = clock(), await self._claim()
            if self._tasks.is_stopping:  # nobody would wait for them; `let_go` frees them
                return
            for one in claimed:
                self._start(one, deadline=began + self._lease.total_seconds() * SAFE_PART)
            if not claimed and not self._in_hand:
                return
            await self._room(at_once=bool(claimed))

    async def let_go(self) -> None:
        """At the stop: what was claimed and not posted is free for others. Raises: what the database raises."""
        async with self._database.write() as connection:
            await claims.let_go(connection, self._workspace_id, self._name)

    async def forget(self) -> None:
        """What is long done leaves; to be repeated. Raises: what the database raises."""
        async with self._database.write() as connection:
            await forget(connection, self._workspace_id, self._now())
            await claims.forget_gates(connection, self._workspace_id, self._now())

    async def counts(self) -> Mapping[str, int]:
        """How many letters there are of each state. Raises: what the database raises."""
        async with self._database.read() as connection:
            return {state.value: count for state, count in (await counts(connection, self._workspace_id)).items()}

    async def next_due(self) -> datetime | None:
        """When a turn has something to do next; None where nothing is planned. Raises: what the database raises."""
        async with self._database.read() as connection:
            return await claims.next_due(connection, self._workspace_id, self._kinds)

    async def _plan(self) -> None:
        planned = 1
        while planned and not self._tasks.is_stopping:
            async with self._database.write() as connection:
                planned = await plan(connection, self._workspace_id, self._kinds, self._now())
                expired = await claims.expire(connection, self._workspace_id, self._now())
            if planned or expired:
                log.info("letters.planned", schedules=planned, expired=expired)

    async def _claim(self) -> list[Claimed]:
        most = min(SLOTS - len(self._in_hand), self._pace.room(AHEAD_SECONDS))
        if not most:
            return []
        async with self._database.write() as connection:
            self._pace.close(await claims.closed_gates(connection, self._workspace_id, self._now()))
            return await claims.claim(
                connection,
                self._workspace_id,
                self._kinds,
                worker=self._name,
                now=self._now(),
                most=most,
                lasts=self._lease,
                besides=self._in_hand,
            )

    async def _room(self, *, at_once: bool) -> None:
        """Until it is worth claiming again: a quarter of the slots is free, or one is and nothing was due before."""
        while not at_once or len(self._in_hand) > SLOTS * 3 // 4:
            self._one_is_done.clear()
            try:
                await asyncio.wait_for(self._one_is_done.wait(), LOOK_SECONDS)
            except TimeoutError:
                return
            at_once = True

    def _start(self, one: Claimed, *, deadline: float) -> None:
        self._in_hand.add(one.id)
        self._tasks.start(partial(self._deliver, one, deadline), name=f"letter {one.id}")

    async def _deliver(self, one: Claimed, deadline: float) -> None:
        try:
            if outcome := await self._outcome(one, deadline):
                await self._finish(one, outcome)
        finally:
            self._in_hand.discard(one.id)
            self._one_is_done.set()

    async def _outcome(self, one: Claimed, deadline: float) -> Outcome | None:
        """What became of a letter; None where it may stand in Slack and nobody knows yet."""
        kind, now = self._kinds[one.letter.kind], self._now()
        is_over = now >= one.letter.expires_at
        written = None if is_over else await kind.render(one.letter, now)
        if one.since:
            drawn = written if isinstance(written, Rendered) else None
            if known := await self._reconcile(one, kind, drawn, speaker=self._speaker, now=now):
                return known
        match written:
            case Rendered():
                return await self._send(one, written, deadline)
            case Later(until) if until < one.letter.expires_at:
                return Outcome(State.PENDING, not_before=until)
            case None if not is_over:
                return Outcome(State.CANCELLED)
        return Outcome(State.EXPIRED)

    async def _send(self, one: Claimed, written: Rendered, deadline: float) -> Outcome | None:
        if seconds := self._pace.turn(written.to):
            await self._pause(seconds)
        if until := self._pace.closed_until(written.to, self._now()):
            return Outcome(State.PENDING, not_before=until)
        if not await self._aiming((one, written.to)):
            log.warning("letter.lost_lease", letter_id=one.id)
            return None
        if clock() >= deadline:
            return Outcome(State.PENDING)
        return await self._posted(one, written)

    async def _posted(self, one: Claimed, written: Rendered) -> Outcome | None:
        now = self._now()
        try:
            spoken = await self._post(one, written)
        except SlackApiError as refusal:
            return await self._refused(one, written, refusal)
        except NEVER_SENT:
            return Outcome(State.PENDING, not_before=now + LATER * min(one.attempts, 10), error="not_reached")
        except LOST as lost:
            await self._unsure(one, type(lost).__name__)
            return None
        log.info("letter.sent", letter_id=one.id, kind_of_letter=one.letter.kind)
        return Outcome(State.SENT, channel_id=spoken.channel_id, ts=spoken.ts, sent_at=now)

    async def _post(self, one: Claimed, written: Rendered) -> Spoken:
        place = Place(written.to, written.thread_ts)
        try:
            return await self._speaker.say_unsurely(place, dict(written.message), mark=one.letter.key)
        finally:
            self._pace.went(written.to)

    async def _refused(self, one: Claimed, written: Rendered, refusal: SlackApiError) -> Outcome | None:
        code, now = code_of(refusal), self._now()
        if seconds := retry_after(refusal):
            return await self._slowed_down(written.to, seconds, now)
        if not is_definite(refusal):
            await self._unsure(one, code)
            return None
        log.error("letter.refused", letter_id=one.id, kind_of_letter=one.letter.kind, code=code)
        if isinstance(known_error(refusal), TokenRefused | ScopeMissing):
            return Outcome(State.PENDING, not_before=now + FOR_AN_ADMIN, error=code)
        return Outcome(State.FAILED, error=code)

    async def _unsure(self, one: Claimed, why: str) -> None:
        """Slack may still be at it: nobody looks for the letter before a whole lease has passed."""
        log.warning("letter.unsure", letter_id=one.id, why=why)
        async with self._database.write() as connection:
            await claims.hold_on(connection, one, self._lease)

    async def _slowed_down(self, channel_id: str, seconds: int, now: datetime) -> Outcome:
        gate, until = self._pace.refused(channel_id, seconds, now)
        log.warning("letters.slowed_down", channel_id=gate, seconds=seconds)
        async with self._database.write() as connection:
            await claims.close_gate(connection, self._workspace_id, gate, until)
        return Outcome(State.PENDING, not_before=until, error="ratelimited")

    async def _finish(self, one: Claimed, outcome: Outcome) -> None:
        """Write the outcome down. Where the database stays away, the letter is looked for when it is back."""
        for attempt in range(FINISH_ATTEMPTS):
            try:
                await self._finishing((one, outcome))
            except CoachError as error:
                if not attempt:
                    log.warning("letter.not_noted", letter_id=one.id, kind=type(error).__name__)
                await self._pause(min(attempt, 1))
            else:
                return

    async def _aim_all(self, aimed: Sequence[tuple[Claimed, str]]) -> list[bool]:
        async with self._database.write() as connection:
            held = await claims.aim(connection, self._workspace_id, aimed)
        return [one.id in held for one, _ in aimed]

    async def _finish_all(self, outcomes: Sequence[tuple[Claimed, Outcome]]) -> Sequence[None]:
        async with self._database.write() as connection:
            await claims.finish(connection, self._workspace_id, outcomes)
        return [None] * len(outcomes)
