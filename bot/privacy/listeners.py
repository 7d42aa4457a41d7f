"""Slack in: what is kept is told, handed over as a file, or deleted, to the person concerned and nobody else."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.delivery.files import SCOPE, hand_over
from bot.delivery.speaker import Place
from bot.kernel.ids import UserId
from bot.privacy import blocks, store
from bot.slack_kit.clicks import Click, Heard
from bot.slack_kit.mrkdwn import escape
from bot.slack_kit.pieces import message, note, section
from bot.teams.workplace import OnClick, Workplace

log = structlog.get_logger()

FILE = "what-the-coach-keeps-about-you.json"
HERE = "Here is what I keep about you."
ONE_PIECE = 2_900
MOST_PIECES = 12
ASKS = re.compile(
    r"\b(?:what|which|was|que|qué|quelles?)\b.*\b(?:store|keep|know|save|collect|speicherst|weißt|gardes?|sais|stockes?|"
    r"guardas|sabes)\b.*\b(?:me|mich|moi|mí|mi)\b|\b(?:delete|erase|forget|export|lösche|supprime|efface|borra|exporta)\b"
    r".*\b(?:my|me|meine|mes|mis|moi)\b.*\b(?:data|everything|daten|données|datos|alles|tout|todo)\b|"
    r"\b(?:delete|forget) (?:me|it)\b",
    re.IGNORECASE,
)
"""A question about one's own data, in four languages: it is answered with the two buttons, never by deleting."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What somebody may ask about themselves."""

    at: Workplace
    keep_days: int
    changed: Callable[[str], Any]

    async def wants(self, heard: Heard) -> bool:
        return bool(ASKS.search(heard.words))

    async def hear(self, heard: Heard) -> None:
        place = Place(heard.channel_id, heard.thread_ts)
        said = blocks.told(self.keep_days)
        await self.at.speaker.say(place, said, mark=f"privacy:{heard.key}", since=self.at.now())

    async def export(self, click: Click) -> None:
        """One JSON file in their direct messages; text where files may not be handed over."""
        async with self.at.database.read() as connection:
            kept = await store.everything(connection, self.at.workspace_id, UserId(click.user_id))
        text = json.dumps(kept, ensure_ascii=False, indent=1, default=str)
        log.info("privacy.exported", rows=sum(map(len, kept.values())))
        place = await self.at.speaker.dm(click.user_id)
        if SCOPE in self.at.scopes:
            await hand_over(self.at.speaker, place, FILE, text, comment=HERE)
            return
        pieces = [section(f"```{escape(part)}```") for part in _parts(text)]
        mark = f"export:{click.user_id}:{self.at.now().isoformat()}"
        shown = message(blocks.NO_FILE, [section(blocks.NO_FILE), *pieces])
        await self.at.speaker.say(place, shown, mark=mark, since=self.at.now())

    async def delete(self, click: Click) -> None:
        async with self.at.database.write() as connection:
            await store.erase(connection, self.at.workspace_id, UserId(click.user_id), self.at.now())
        log.info("privacy.erased")
        await self.at.tell(click, note(blocks.GONE))
        await self.changed(click.user_id)

    async def forget_old(self) -> None:
        """What is older than the setting leaves; to be repeated."""
        before = self.at.now() - timedelta(days=self.keep_days)
        async with self.at.database.write() as connection:
            await store.forget_old(connection, self.at.workspace_id, before)


def register(app: AsyncApp, privacy: Privacy) -> None:
    buttons: dict[str, OnClick] = {blocks.EXPORT: privacy.export, blocks.DELETE: privacy.delete}
    for action_id, work in buttons.items():
        app.action(action_id)(privacy.at.on_click(work))


def _parts(text: str) -> list[str]:
    """The text in pieces Slack takes; what is beyond the last is said to be missing."""
    lines, parts = text.split("\n"), [""]
    for line in lines:
        if len(parts[-1]) + len(line) > ONE_PIECE:
            parts.append("")
        parts[-1] += line[: ONE_PIECE - 1] + "\n"
    return parts[:MOST_PIECES] + (["… and more; ask whoever runs me for the rest."] if len(parts) > MOST_PIECES else [])
