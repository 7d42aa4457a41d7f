"""Sentences to the coach that are no questions: a promise, or how one went. Nothing is stored before a click."""

from dataclasses import dataclass
from datetime import timedelta

from bot.commitments import because_blocks as because
from bot.commitments import blocks, keeping, store
from bot.commitments.draft import Draft
from bot.commitments.listeners import Commitments
from bot.commitments.model import LONGEST_WHAT, Commitment
from bot.commitments.outcome import Outcome, outcome_in
from bot.commitments.reading import read
from bot.commitments.wording import OVER, TOO_FAR, teams_of, with_habits
from bot.dates.due import Problem
from bot.delivery.speaker import Place
from bot.kernel.ids import UserId
from bot.kernel.weeks import day_of
from bot.slack_kit.clicks import Heard
from bot.slack_kit.mrkdwn import shortened
from bot.slack_kit.pieces import Piece, note
from bot.teams.model import Person, Visibility

A_WEEK = timedelta(days=7)
BARE = 4
"""Words up to which "did it" is about a commitment, whether one is open or not."""
WHICH = "Thank you for telling me. Which one do you mean?"
NONE_DUE = "Thank you. Nothing of yours is waiting for an answer just now."


@dataclass(frozen=True, slots=True)
class Hearing:
    """Takes the direct messages that speak of commitments."""

    feature: Commitments

    async def wants(self, heard: Heard) -> bool:
        """A promise; or how one went, where something of theirs is open. Raises: what the database raises."""
        if heard.words.rstrip().endswith("?"):
            return False
        if outcome_in(heard.words):
            return len(heard.words.split()) <= BARE or bool(await self._waiting(heard))
        person = await self.feature.at.person(heard.user_id)
        return (await read(heard.words, person, self.feature.at.now())).is_commitment

    async def hear(self, heard: Heard) -> None:
        """Answer in the thread of the message."""
        went = outcome_in(heard.words)
        said = await (self._went(heard, went) if went else self._promised(heard))
        at = self.feature.at
        place = Place(heard.channel_id, heard.thread_ts)
        await at.speaker.say(place, said, mark=f"heard:{heard.key}", since=at.now())

    async def _promised(self, heard: Heard) -> Piece:
        at = self.feature.at
        person = await at.person(heard.user_id)
        found = await read(heard.words, person, at.now())
        if found.problem:
            return note(OVER if found.problem is Problem.PAST else TOO_FAR)
        days = found.alternatives or (found.due or day_of(at.now(), person.zone) + A_WEEK,)
        mine = await teams_of(person, at)
        draft = Draft(
            what=shortened(" ".join((found.what or heard.words).split()), LONGEST_WHAT),
            due=days[0].isoformat(),
            recurring=found.recurring.rule if found.recurring else "",
            made_from=f"message:{heard.key}:{heard.user_id}",
        )
        draft = with_habits(draft, person, mine)
        who_sees = blocks.seen_by(Visibility(draft.visibility), mine[0] if mine else None)
        return blocks.proposal(draft, days, who_sees, found.rewrite if found.vague else None)

    async def _went(self, heard: Heard, went: Outcome) -> Piece:
        waiting = await self._waiting(heard)
        if not waiting:
            return note(NONE_DUE)
        if len(waiting) > 1:
            return blocks.which_one(waiting, WHICH)
        [commitment] = waiting
        return await (self._kept(commitment, heard) if went.kept else self._missed(commitment, heard, went.reason))

    async def _kept(self, commitment: Commitment, heard: Heard) -> Piece:
        closed = await keeping.keep(commitment.id, UserId(heard.user_id), self.feature.at)
        await self.feature.answers.changed(heard.user_id)
        return blocks.outcome_message(closed)

    async def _missed(self, commitment: Commitment, heard: Heard, reason: str) -> Piece:
        closed = await keeping.miss(commitment.id, UserId(heard.user_id), self.feature.at)
        await self.feature.answers.changed(heard.user_id)
        found = await self.feature.answers.coaching.read_reason(reason) if reason else None
        return because.read_back(closed, found) if found else because.ask_why(closed)

    async def _waiting(self, heard: Heard) -> list[Commitment]:
        """What is due by today; where nothing is, the one that is open if there is only one."""
        at = self.feature.at
        person: Person = await at.person(heard.user_id)
        today = day_of(at.now(), person.zone)
        async with at.database.read() as connection:
            open_ones = await store.open_of(connection, at.workspace_id, person.id)
        due = [one for one in open_ones if one.due <= today]
        return due or (open_ones if len(open_ones) == 1 else [])
