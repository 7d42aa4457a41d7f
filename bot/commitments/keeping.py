"""What can happen to a commitment, each in one transaction: read, decide (model.py), write.

Letters about it (a reminder, a question how it went) are written or taken back on the same connection.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments import model, store
from bot.commitments.errors import AlreadyClosed, Gone, NothingToUndo
from bot.commitments.model import (
    SAME_AGAIN,
    SILENT_AFTER,
    UNDO,
    Because,
    Commitment,
    Happened,
    Promise,
    Status,
    Step,
    is_the_same_again,
)
from bot.commitments.reminders import remind
from bot.dates.recurrence import Recurrence
from bot.kernel.ids import CommitmentId, UserId
from bot.kernel.weeks import A_DAY, day_of
from bot.storage.ids import new_id
from bot.teams import store as teams
from bot.teams.model import NotAllowed, Person, Role, role_in
from bot.teams.workplace import Workplace

log = structlog.get_logger()

Decide = Callable[[Commitment], tuple[Commitment, Happened]]
QUIET_AT_ONCE = 500


async def commit(promise: Promise, owner: Person, at: Workplace, *, made_from: str | None = None) -> Commitment:
    """Store a promise that its owner has clicked. What was made from the same thing before is given instead.

    Raises: DateRefused; NotAllowed, where the team is not the owner's.
    """
    now = at.now()
    commitment, first = model.made(
        promise,
        id=CommitmentId(new_id(now)),
        workspace_id=at.workspace_id,
        owner_id=owner.id,
        zone=owner.zone,
        now=now,
    )
    async with at.database.write() as connection:
        await _refuse_other_teams(connection, promise, owner.id, at)
        if not await store.add(connection, commitment, first, made_from):
            before = await store.made_from(connection, at.workspace_id, made_from or "")
            return before or commitment
        await remind(connection, commitment, now)
    log.info("commitment.made", commitment_id=commitment.id, visibility=promise.visibility.value)
    return commitment


async def same_again(what: str, owner: Person, at: Workplace) -> bool:
    """Whether these words would be the third time in a row, unchanged."""
    async with at.database.read() as connection:
        recent = await store.recent_of(connection, at.workspace_id, owner.id, SAME_AGAIN)
    return is_the_same_again(what, [one.promise.what for one in recent])


async def keep(id: str, by: UserId, at: Workplace) -> Commitment:
    """Raises: Gone, NotYours, AlreadyClosed, ChangedMeanwhile."""
    return await _step(id, lambda commitment: model.kept(commitment, by, at.now()), at)


async def miss(id: str, by: UserId, at: Workplace) -> Commitment:
    """Raises: Gone, NotYours, AlreadyClosed, ChangedMeanwhile."""
    return await _step(id, lambda commitment: model.missed(commitment, by, at.now()), at)


async def drop(id: str, by: UserId, at: Workplace, reason: str = "") -> Commitment:
    """Raises: Gone, NotYours, AlreadyClosed, ChangedMeanwhile."""
    return await _step(id, lambda commitment: model.dropped(commitment, by, at.now(), reason), at)


async def move(id: str, by: UserId, at: Workplace, to: date) -> Commitment:
    """To the day it has already is no move: nothing is counted. Raises: as own; DateRefused, ChangedMeanwhile."""
    before = await own(id, by, at)
    if before.is_open and before.due == to:
        return before
    return await _step(id, lambda commitment: model.moved(commitment, by, at.now(), to), at)


async def explain(id: str, by: UserId, at: Workplace, because: Because) -> Commitment:
    """Raises: Gone, NotYours, NotClosed, ChangedMeanwhile."""
    return await _step(id, lambda commitment: model.explained(commitment, by, at.now(), because), at)


async def undo(id: str, by: UserId, at: Workplace) -> Commitment | None:
    """Take the last step back; None where that was making it, which is then gone altogether.

    Raises: Gone, NotYours, NothingToUndo, ChangedMeanwhile.
    """
    now = at.now()
    async with at.database.write() as connection:
        commitment = await _found(connection, id, at)
        last = await store.last_step(connection, commitment)
        if last.step is Step.MADE and by == commitment.owner_id:
            if now - last.at > UNDO:
                raise NothingToUndo
            await store.delete(connection, at.workspace_id, commitment.id)
            return None
        back, happened = model.undone(commitment, last, by, now)
        await store.put(connection, back, happened)
        await remind(connection, back, now)
    return back


async def own(id: str, by: UserId, at: Workplace) -> Commitment:
    """A commitment of one's own that can still be moved or dropped. Raises: Gone, NotYours, AlreadyClosed."""
    async with at.database.read() as connection:
        commitment = await _found(connection, id, at)
    model.refuse_others(commitment, by)
    if commitment.status in (Status.KEPT, Status.DROPPED):
        raise AlreadyClosed(commitment.status)
    return commitment


async def look_at(id: str, by: UserId, at: Workplace) -> Commitment:
    """A commitment as one may see it: its owner always, its team or its lead where the owner chose so.

    Raises: Gone, NotAllowed.
    """
    async with at.database.read() as connection:
        commitment = await _found(connection, id, at)
        if commitment.owner_id == by:
            return commitment
        promise = commitment.promise
        team = await teams.team(connection, at.workspace_id, promise.team_id) if promise.team_id else None
    role = role_in(team, by) if team else Role.OUTSIDE
    if not model.may_see(promise.visibility, role):
        raise NotAllowed("its owner and those they chose", "see this commitment")
    return commitment


async def fall_silent(at: Workplace) -> int:
    """Close what nobody spoke of for seven days after its due day; how many. To be repeated."""
    now, count = at.now(), 0
    async with at.database.write() as connection:
        quiet = await store.gone_quiet(connection, at.workspace_id, now - SILENT_AFTER, QUIET_AT_ONCE)
        since = min((one.due for one in quiet), default=now.date())
        gone = await teams.away_of(connection, at.workspace_id, {one.owner_id for one in quiet}, since)
        for commitment in quiet:
            if found := model.fell_silent(commitment, now, at.bot_user_id, gone.get(commitment.owner_id, [])):
                await store.put(connection, *found)
                count += 1
    if count:
        log.info("commitments.silent", count=count)
    return count


async def _step(id: str, decide: Decide, at: Workplace) -> Commitment:
    async with at.database.write() as connection:
        commitment, happened = decide(await _found(connection, id, at))
        await store.put(connection, commitment, happened)
        if happened.step in (Step.KEPT, Step.MISSED):
            await _renew(connection, commitment, at.now())
        elif happened.step is Step.MOVED:
            await remind(connection, commitment, at.now())
    log.info(f"commitment.{happened.step.value}", commitment_id=commitment.id)
    return commitment


async def _renew(connection: AsyncConnection, closed: Commitment, now: datetime) -> None:
    """What recurs begins anew once it is closed, at the next of its days; dropping it ends that."""
    if not closed.promise.recurring:
        return
    again = Recurrence.from_rule(closed.promise.recurring)
    due = again.after(max(closed.due, day_of(now, closed.zone) - A_DAY))
    if due is None:
        return
    renewed, first = model.made(
        replace(closed.promise, due=due),
        id=CommitmentId(new_id(now)),
        workspace_id=closed.workspace_id,
        owner_id=closed.owner_id,
        zone=closed.zone,
        now=now,
    )
    if await store.add(connection, renewed, first, f"again:{closed.id}"):
        await remind(connection, renewed, now)


async def _found(connection: AsyncConnection, id: str, at: Workplace) -> Commitment:
    commitment = await store.find(connection, at.workspace_id, id)
    if commitment is None:
        raise Gone
    return commitment


async def _refuse_other_teams(connection: AsyncConnection, promise: Promise, owner: UserId, at: Workplace) -> None:
    if promise.team_id is None:
        return
    team = await teams.team(connection, at.workspace_id, promise.team_id)
    if team is None or team.is_closed or role_in(team, owner) is Role.OUTSIDE:
        raise NotAllowed("a member of that team", "commit to something in it")
