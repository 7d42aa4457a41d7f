"""What comes seldom: a lead's pulse each quarter, a curator's count of gaps each week, and one private question to
somebody who asks and asks and has tried nothing yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from bot.commitments.reminders import DIGEST, askable
from bot.delivery.model import Later, Letter, Rendered, State
from bot.delivery.outbox import enqueue
from bot.delivery.plan import Schedule, set_schedule
from bot.kernel.ids import UserId
from bot.kernel.weeks import A_DAY, A_WEEK, day_of, quarter_of
from bot.measures.model import in_words
from bot.nudges import blocks, shelf, store
from bot.nudges.digest import Digests
from bot.questions.store import gaps_by_topic
from bot.storage.tables import outbox
from bot.teams import store as teams
from bot.teams.model import Role, role_in
from bot.teams.rhythms import team_and_lead
from bot.teams.workplace import Workplace
from knowledge.card import TOPICS

if TYPE_CHECKING:
    from knowledge.loader import Base

log = structlog.get_logger()

CURATOR, GAUGE = "curator", "gauge"
CURATORS_HOUR = time(10)
LOOKED_BACK = timedelta(days=21)
"""The talk gauge: so many questions on one topic in three weeks, nothing promised, once in three weeks."""
MANY_QUESTIONS = 5
ANOTHER_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asides:
    """Writes what comes seldom."""

    at: Workplace
    digests: Digests
    base: "Callable[[], Base | None]"

    async def pulse(self, letter: Letter, now: datetime) -> Rendered | Later | None:
        """Two questions to somebody who still leads the team."""
        team_id, lead = team_and_lead(letter.recipient)
        async with self.at.database.read() as connection:
            team = await teams.team(connection, self.at.workspace_id, team_id)
        if team is None or team.is_closed or role_in(team, lead) is not Role.LEAD:
            return None
        person = await self.at.person(lead)
        if person.paused or not person.is_reachable:
            return None
        if later := await self._later(lead, now):
            return Later(later)
        return Rendered(lead, blocks.pulse(team, quarter_of(date.fromisoformat(str(letter.reference["day"])))))

    async def curator(self, letter: Letter, now: datetime) -> Rendered | Later | None:
        """What could not be answered in the week before, as counts; None where everything could."""
        person = await self.at.person(letter.recipient)
        if not self.at.staff.is_curator(person) or not person.is_reachable:
            return None
        if later := await self._later(person.id, now):
            return Later(later)
        async with self.at.database.read() as connection:
            gaps = await gaps_by_topic(connection, self.at.workspace_id, since=letter.due_at - A_WEEK)
        lines = [f"{gap.about}: {in_words(gap.count)}" for gap in gaps[:10]]
        return Rendered(person.id, blocks.gaps_digest(lines)) if lines else None

    async def gauge(self, letter: Letter, now: datetime) -> Rendered | Later | None:
        """The question for the smallest test; None once they have promised something after all."""
        person = await self.at.person(letter.recipient)
        if person.paused or not person.is_reachable:
            return None
        if later := await self._later(person.id, now):
            return Later(later)
        async with self.at.database.read() as connection:
            found = await store.topics_without_a_promise(
                connection, self.at.workspace_id, now - LOOKED_BACK, MANY_QUESTIONS
            )
        topic = next((topic for user_id, topic, _ in found if user_id == person.id), None)
        base = self.base()
        practice = next(iter(shelf.practices(base, [topic], ())), None) if base and topic else None
        if topic is None or practice is None:
            return None
        words = TOPICS.get(topic, topic)
        return Rendered(person.id, blocks.smallest_test(words, practice.step, practice.card_id))

    async def look_for_talk(self) -> int:
        """Who asks about one topic again and again and has promised nothing: a letter each. To be repeated."""
        now, put = self.at.now(), 0
        async with self.at.database.read() as connection:
            found = await store.topics_without_a_promise(
                connection, self.at.workspace_id, now - LOOKED_BACK, MANY_QUESTIONS
            )
        for user_id in dict.fromkeys(user_id for user_id, _, _ in found):
            put += await self._gauge_for(user_id, now)
        return put

    async def schedule_curators(self) -> None:
        """A weekly count for each curator of the settings, on Mondays where they live."""
        now = self.at.now()
        for user_id in sorted(self.at.staff.curators):
            person = await self.at.person(user_id)
            schedule = Schedule(self.at.workspace_id, user_id, CURATOR, person.zone, CURATORS_HOUR, weekday=0)
            async with self.at.database.write() as connection:
                await set_schedule(connection, schedule, now)

    async def _gauge_for(self, user_id: UserId, now: datetime) -> bool:
        person = await self.at.person(user_id)
        due_at = askable(day_of(now, person.zone), person.zone, (), now)
        letter = Letter(
            self.at.workspace_id,
            key=f"{GAUGE}:{user_id}:{day_of(due_at, person.zone)}",
            kind=GAUGE,
            recipient=user_id,
            due_at=due_at,
            expires_at=due_at + LOOKED_BACK / 3,
            reference={"owner": user_id},
        )
        async with self.at.database.write() as connection:
            lately = sa.select(outbox.c.id).where(outbox.c.workspace_id == self.at.workspace_id)
            lately = lately.where(outbox.c.recipient == user_id, outbox.c.kind == GAUGE)
            if (await connection.execute(lately.where(outbox.c.due_at >= now - LOOKED_BACK).limit(1))).first():
                return False
            return await enqueue(connection, letter, now)

    async def _later(self, user_id: UserId, now: datetime) -> datetime | None:
        """Another day where they want quiet, or have had their one message of today."""
        person = await self.at.person(user_id)
        today = day_of(now, person.zone)
        async with self.at.database.read() as connection:
            gone = (await teams.away_of(connection, self.at.workspace_id, [user_id], today)).get(user_id, [])
            had = await connection.execute(
                sa.select(outbox.c.id)
                .where(outbox.c.workspace_id == self.at.workspace_id)
                .where(outbox.c.recipient == user_id)
                .where(outbox.c.kind.in_((DIGEST, GAUGE)))
                .where(outbox.c.state == State.SENT)
                .where(outbox.c.sent_at > now - ANOTHER_DAY)
                .limit(1)
            )
        if later := await self.digests.not_now(person, gone, now):
            return later
        return askable(today + A_DAY, person.zone, gone, now) if had.first() else None
