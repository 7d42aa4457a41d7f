"""Who somebody is: their time zone, and whether they are a bot, a guest or gone. Asked of Slack once a day at most."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery.speaker import Speaker
from bot.errors import CoachError
from bot.kernel.ids import UserId, WorkspaceId
from bot.slack_kit.reading import part, word
from bot.storage.engine import Database
from bot.teams import store
from bot.teams.model import Person

log = structlog.get_logger()

FRESH = timedelta(days=1)
NO_ZONE = ZoneInfo("UTC")
SLACKBOT = "USLACKBOT"


class People:
    """The people of one workspace."""

    def __init__(self, workspace_id: WorkspaceId, database: Database, speaker: Speaker) -> None:
        self._workspace_id = workspace_id
        self._database = database
        self._speaker = speaker

    async def person(self, user_id: str, now: datetime) -> Person:
        """One person. Somebody Slack does not know counts as gone. Raises: what the database raises.

        Where Slack does not answer, what is known stands, or UTC: a question for the zone must not stop a promise.
        """
        return (await self.known([user_id], now))[UserId(user_id)]

    async def known(self, user_ids: Iterable[str], now: datetime) -> dict[UserId, Person]:
        """Everybody of these, looked up where the last look is over a day old."""
        ids = [UserId(id) for id in dict.fromkeys(user_ids)]
        async with self._database.read() as connection:
            found = await store.people(connection, self._workspace_id, ids)
        stale = [id for id in ids if id not in found or found[id][1] < now - FRESH]
        fresh = {id: await self._looked_up(id, found[id][0] if id in found else None, now) for id in stale}
        return {id: fresh.get(id) or found[id][0] for id in ids}

    async def _looked_up(self, id: UserId, known: Person | None, now: datetime) -> Person:
        before = known or Person(self._workspace_id, id, NO_ZONE)
        try:
            user = part(await self._speaker.look_up("users.info", {"user": id}), "user")
        except SlackApiError as refusal:
            if refusal.response.get("error") not in ("user_not_found", "user_not_visible"):
                return before
            user = {"deleted": True}
        except CoachError:
            return before
        person = said_by_slack(before, user)
        async with self._database.write() as connection:
            await store.keep_person(connection, person, now)
        return person


def said_by_slack(before: Person, user: Mapping[str, Any]) -> Person:
    """The person as users.info describes them; what they chose for themselves stays. Survives any field missing.

    Source: docs.slack.dev/reference/objects/user-object.
    """
    return replace(
        before,
        zone=_zone(word(user.get("tz"))) or before.zone,
        is_bot=bool(user.get("is_bot")) or before.id == SLACKBOT,
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_gone=bool(user.get("deleted")),
    )


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
