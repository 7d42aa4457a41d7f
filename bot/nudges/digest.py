"""A digest: what somebody promised for today or before, asked once; what is due next. One a day, in their hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments import store as commitments
from bot.commitments.model import Commitment
from bot.commitments.reminders import AGAIN_AFTER, DIGEST, askable, digest_on
from bot.delivery.model import Later, Letter, Rendered, State
from bot.errors import CoachError
from bot.kernel.weeks import day_of, is_working_time, moment_of, next_workday
from bot.nudges import blocks, store
from bot.storage.tables import outbox
from bot.teams import store as teams
from bot.teams.model import Away, Person
from bot.teams.workplace import Workplace

log = structlog.get_logger()

MIDNIGHT = datetime.min.time()
WEEKEND = timedelta(days=3)
"""From a Friday to the Monday after it: whoever was away until one of these days comes back on that Monday."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Writes the digests of a workspace."""

    at: Workplace

    async def render(self, letter: Letter, now: datetime) -> Rendered | Later | None:
        """The digest as of now; later where its person is not to be disturbed; None where there is nothing to ask."""
        person = await self.at.person(letter.recipient)
        if person.paused or not person.is_reachable:
            return None
        async with self.at.database.read() as connection:
            today = day_of(now, person.zone)
            gone = await teams.away_of(connection, self.at.workspace_id, [person.id], today - WEEKEND)
            if later := await self.not_now(person, gone.get(person.id, []), now):
                return Later(later)
            if not letter.reference.get("again") and await self._came_today(connection, letter, person, now):
                return None
            due, coming = await self._asked(connection, person, today)
        if not due and not coming:
            return None
        await self._note(due, person, now)
        welcome = any(next_workday(one.last) == today for one in gone.get(person.id, []))
        return Rendered(person.id, blocks.digest(due, coming, today, welcome=welcome))

    async def not_now(self, person: Person, away: Sequence[Away], now: datetime) -> datetime | None:
        """When to write instead: they are away, want quiet, have the day off, or do not want to be disturbed."""
        today = day_of(now, person.zone)
        if person.quiet_until and today < person.quiet_until:
            return askable(person.quiet_until, person.zone, away, now)
        if any(one.covers(today) for one in away) or not is_working_time(now, person.zone):
            return askable(today, person.zone, away, now)
        return await self._disturbed(person, now)

    async def _disturbed(self, person: Person, now: datetime) -> datetime | None:
        """Until when Slack's Do Not Disturb is on; where the scope is missing nobody knows, so None."""
        if "dnd:read" not in self.at.scopes:
            return None
        try:
            found = await self.at.speaker.look_up("dnd.info", {"user": person.id})
        except (SlackApiError, CoachError):
            return None
        spans = [("next_dnd_start_ts", "next_dnd_end_ts"), ("", "snooze_endtime")]
        for begins, ends in spans:
            begin, end = _moment(found.get(begins)) or now, _moment(found.get(ends))
            if end and begin <= now < end:
                return end
        return None

    async def _came_today(self, connection: AsyncConnection, letter: Letter, person: Person, now: datetime) -> bool:
        """Whether another digest has gone today: one a day, whatever there is."""
        midnight = moment_of(day_of(now, person.zone), MIDNIGHT, person.zone)
        found = await connection.execute(
            sa.select(outbox.c.id)
            .where(outbox.c.workspace_id == letter.workspace_id)
            .where(outbox.c.recipient == letter.recipient)
            .where(outbox.c.kind == DIGEST)
            .where(outbox.c.state == State.SENT)
            .where(outbox.c.sent_at >= midnight)
            .where(outbox.c.dedupe_key != letter.key)
            .limit(1)
        )
        return found.first() is not None

    async def _asked(
        self, connection: AsyncConnection, person: Person, today: date
    ) -> tuple[list[Commitment], list[Commitment]]:
        following = next_workday(today)
        open_ones = await commitments.due_of(connection, self.at.workspace_id, person.id, following)
        due = [one for one in open_ones if one.due <= today and is_to_be_asked(one, today)]
        return due, [one for one in open_ones if one.due > today]

    async def _note(self, due: Sequence[Commitment], person: Person, now: datetime) -> None:
        """Asked today; once more in three days where no answer comes."""
        today = day_of(now, person.zone)
        async with self.at.database.write() as connection:
            await store.ask_again_on(connection, self.at.workspace_id, [one.id for one in due], today)
            if any(one.asked_times == 0 for one in due):
                again = today + AGAIN_AFTER
                await digest_on(connection, self.at.workspace_id, person.id, again, person.zone, now)


def is_to_be_asked(commitment: Commitment, today: date) -> bool:
    """Once on its day or after, once more three days later, and never again. What is written anew today counts once."""
    if commitment.asked_on is None or commitment.asked_on == today:
        return True
    return commitment.asked_times == 1 and today >= commitment.asked_on + AGAIN_AFTER


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and seconds > 1 else None
