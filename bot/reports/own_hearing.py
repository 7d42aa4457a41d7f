"""Questions about one's own in a direct message: what one promised, what is due, how one's metrics go.

Answered from the database, for the asker alone, and for nobody about anybody else.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.commitments import blocks as commitments
from bot.commitments import store
from bot.commitments.own_questions import Own, OwnQuestion, own_question
from bot.delivery.speaker import Place
from bot.kernel.weeks import day_of
from bot.metrics import blocks as metrics
from bot.metrics.blocks import Measured
from bot.metrics.looking import measured
from bot.slack_kit.clicks import Heard
from bot.slack_kit.pieces import Piece, note
from bot.teams import store as teams
from bot.teams.model import Person
from bot.teams.workplace import Workplace

LIKE_ENOUGH = 80
"""Of 100: how near the words somebody uses for a metric must be to its name."""
NO_TEAM = "You are in no team yet, so there are no metrics of yours. `/coach team` in a channel sets one up."


@dataclass(frozen=True, slots=True)
class OwnHearing:
    """Takes the direct messages in which somebody asks about what is theirs."""

    at: Workplace

    async def wants(self, heard: Heard) -> bool:
        """For a metric only where a team of theirs has one of that name: anything else is a question to the base."""
        person = await self.at.person(heard.user_id)
        asked = await self._asked(heard, person)
        if asked is None:
            return False
        if asked.asks is Own.METRIC:
            return bool(_meant(asked, await self._measured(person)))
        return asked.asks in (Own.COMMITMENTS, Own.DUE, Own.METRICS)

    async def hear(self, heard: Heard) -> None:
        """Answer in the thread of the message."""
        person = await self.at.person(heard.user_id)
        asked = await self._asked(heard, person)
        if asked:
            place = Place(heard.channel_id, heard.thread_ts)
            said = await self._answer(asked, person)
            await self.at.speaker.say(place, said, mark=f"own:{heard.key}", since=self.at.now())

    async def _answer(self, asked: OwnQuestion, person: Person) -> Piece:
        match asked.asks:
            case Own.METRICS:
                seen = await self._measured(person)
                return metrics.measured(seen, person.id) if seen else note(NO_TEAM)
            case Own.METRIC:
                one, place = _meant(asked, await self._measured(person))[0]
                metric = one.stands[place].metric
                return metrics.trend(metric, one.readings.get(metric.id, ()), one.stands[place].today)
            case Own.DUE if asked.days:
                return await self._due(asked, person)
        async with self.at.database.read() as connection:
            return commitments.listed(await store.open_of(connection, self.at.workspace_id, person.id))

    async def _due(self, asked: OwnQuestion, person: Person) -> Piece:
        """What is due on those days, and what was due before and still waits for a word."""
        assert asked.days
        first, last = asked.days
        async with self.at.database.read() as connection:
            found = await store.due_of(connection, self.at.workspace_id, person.id, last)
        today = day_of(self.at.now(), person.zone)
        due = [one for one in found if one.due >= first or one.due < today]
        until = f"up to {commitments.day_in_words(last)}" if last != first else f"on {commitments.day_in_words(first)}"
        if not due:
            return note(f"Nothing of yours is due {until}.")
        many = "One commitment of yours is" if len(due) == 1 else f"{len(due)} commitments of yours are"
        return commitments.which_one(due, f"{many} due {until}.")

    async def _measured(self, person: Person) -> list[Measured]:
        async with self.at.database.read() as connection:
            theirs = await teams.teams_of(connection, self.at.workspace_id, person.id)
            return await measured(connection, self.at, theirs)

    async def _asked(self, heard: Heard, person: Person) -> OwnQuestion | None:
        return await asyncio.to_thread(self._read, heard.words, person)

    def _read(self, words: str, person: Person) -> OwnQuestion | None:
        return own_question(words, now=self.at.now(), zone=person.zone, language=person.date_language)


def _meant(asked: OwnQuestion, seen: Sequence[Measured]) -> list[tuple[Measured, int]]:
    """The metrics of their teams that the words may mean, the likeliest first, each with its place in its team."""
    words = (asked.metric or "").lower()
    scored = [
        (fuzz.token_set_ratio(words, stands.metric.name.lower()), one, place)
        for one in seen
        for place, stands in enumerate(one.stands)
    ]
    likely = sorted((found for found in scored if found[0] >= LIKE_ENOUGH), key=lambda found: -found[0])
    return [(one, place) for _, one, place in likely]
