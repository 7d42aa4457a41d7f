""" "I'm away until the 14th", said to the coach directly: noted at once, and told back with a way to take it back."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.speaker import Place
from bot.home.blocks import away_in_words
from bot.home.listeners import Home
from bot.slack_kit.clicks import Heard
from bot.slack_kit.pieces import Piece, note
from bot.teams import store as teams
from bot.teams.model import Away, Person


@dataclass(frozen=True, slots=True)
class AwayHearing:
    """Takes the direct messages in which somebody says that they are away."""

    home: Home

    async def wants(self, heard: Heard) -> bool:
        """Raises: what the database raises."""
        person = await self.home.at.person(heard.user_id)
        return await _away_in(heard.words, person, self.home.at.now()) is not None

    async def hear(self, heard: Heard) -> None:
        """Note the days, and answer in the thread of the message."""
        at = self.home.at
        person = await at.person(heard.user_id)
        away = await _away_in(heard.words, person, at.now())
        if away is None:
            return
        async with at.database.write() as connection:
            await teams.add_away(connection, at.workspace_id, person.id, away, at.now())
        place = Place(heard.channel_id, heard.thread_ts)
        await at.speaker.say(place, noted(away), mark=f"away:{heard.key}", since=at.now())
        await self.home.changed(heard.user_id)


def noted(away: Away) -> Piece:
    """What was understood, and how it is taken back."""
    return note(
        f"{away_in_words(away)} None of these days counts, and I write nothing of my own then. Not so? "
        "“I am back” in my Home tab takes it back."
    )


async def _away_in(words: str, person: Person, now: datetime) -> Away | None:
    return await asyncio.to_thread(_read, words, person, now)


def _read(words: str, person: Person, now: datetime) -> Away | None:
    from bot.teams.away_reader import read_away  # late: it brings the dictionary of dates

    return read_away(words, now, person.zone, person.date_language)
