"""When the knowledge base has grown: whoever passed a question on and asked to hear of an answer gets it, once."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.questions import intake, store
from bot.questions.desk import Desk
from bot.questions.incoming import FOLLOW_UP, Incoming
from bot.questions.model import Asked, Question, Status
from bot.questions.replying import AnswerQuestion
from bot.questions.store import OpenGap
from bot.storage.engine import Database
from bot.storage.ids import new_id

log = structlog.get_logger()


async def answer_open_gaps(
    workspace_id: str, *, answer: AnswerQuestion, database: Database, desk: Desk, now: Callable[[], datetime]
) -> int:
    """Close every gap that now has an answer, and have its asker told where they agreed; how many were closed.

    Raises: what the database raises. A gap is closed and its message kept in one transaction, so nobody is told twice
    and nobody is forgotten.
    """
    async with database.read() as connection:
        waiting = await store.open_gaps(connection, workspace_id)
    closed = 0
    for gap in waiting:
        found = await answer(Question(gap.question))
        if found.status is Status.ANSWERED:
            closed += await _close(gap, database, desk, now())
    return closed


async def _close(gap: OpenGap, database: Database, desk: Desk, now: datetime) -> bool:
    told = _to_tell(gap, now)
    async with database.write() as connection:
        if not await store.close_gap(connection, gap, now):
            return False
        if told:
            await intake.hold(connection, told, now)
    log.info("gap.closed", gap_id=gap.id, told=told is not None)
    if told:
        desk.go_on(told)
    return True


def _to_tell(gap: OpenGap, now: datetime) -> Incoming | None:
    if gap.user_id is None:
        return None
    asked = Asked(new_id(now), gap.workspace_id, gap.user_id, FOLLOW_UP, gap.question, now)
    return Incoming(asked, key=f"gap:{gap.id}")
