"""When somebody is asked about what they promised: on its day and the day before, once a day whatever there is.

Each day has one letter for each person, known by that day; what stands in it is decided when it goes (bot/nudges).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.model import Commitment
from bot.delivery.model import Letter
from bot.delivery.outbox import enqueue
from bot.kernel.ids import UserId, WorkspaceId
from bot.kernel.weeks import A_DAY, day_of, days_from, is_workday, moment_of
from bot.teams import store as teams
from bot.teams.model import Away

DIGEST = "digest"
ASKED_AT = time(10)
AGAIN_AFTER = timedelta(days=3)
"""One gentle repeat, then nothing more."""
GOOD_FOR = timedelta(days=60)
"""How long a digest waits for somebody who is away; what stands in it is always that of the day it goes."""
LONGEST_LOOK = 400
"""Days looked ahead for one on which somebody may be asked."""


def askable(earliest: date, zone: ZoneInfo, away: Iterable[Away], after: datetime) -> datetime:
    """The first ten o'clock of a workday on which somebody is there, on a day or later, and after a moment."""
    gone = list(away)
    for _, day in zip(range(LONGEST_LOOK), days_from(earliest), strict=False):
        moment = moment_of(day, ASKED_AT, zone)
        if moment > after and is_workday(day) and not any(one.covers(day) for one in gone):
            return moment
    return moment_of(earliest + LONGEST_LOOK * A_DAY, ASKED_AT, zone)


async def remind(connection: AsyncConnection, commitment: Commitment, now: datetime) -> None:
    """Have its owner asked on its day, and told the workday before; in the transaction that made or moved it."""
    if not commitment.is_open:
        return
    eve = commitment.due - A_DAY
    while not is_workday(eve):
        eve -= A_DAY
    for day in (eve, commitment.due):
        if day == commitment.due or day > day_of(now, commitment.zone):
            await digest_on(connection, commitment.workspace_id, commitment.owner_id, day, commitment.zone, now)


async def digest_on(
    connection: AsyncConnection,
    workspace_id: WorkspaceId,
    owner_id: UserId,
    earliest: date,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """A digest for somebody on a day, or the first after it on which they may be asked."""
    gone = await teams.away_of(connection, workspace_id, [owner_id], day_of(now, zone))
    due_at = askable(earliest, zone, gone.get(owner_id, []), now)
    await enqueue(connection, digest_letter(workspace_id, owner_id, due_at, day_of(due_at, zone)), now)


def digest_letter(
    workspace_id: WorkspaceId, owner_id: UserId, due_at: datetime, day: date, *, again: bool = False
) -> Letter:
    """The digest of a day; `again` is one that was asked for, and comes beside the day's own."""
    return Letter(
        workspace_id,
        key=f"{DIGEST}:{owner_id}:{day}{':again:' + format(due_at, '%H%M') if again else ''}",
        kind=DIGEST,
        recipient=owner_id,
        due_at=due_at,
        expires_at=due_at + GOOD_FOR,
        reference={"owner": owner_id, "again": int(again)},
    )
