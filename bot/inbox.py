"""The one listener for messages. Bolt runs only the first that matches, so what a message is for is decided here.

In a direct message a feature may take it: a promise, how one went. Everything else is a question. Whatever it is, it
is noted first (Desk), so that a stop or a crash loses none.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.delivery.sending import MaybeSent
from bot.questions.desk import Desk
from bot.questions.incoming import CHANNEL, DM, Incoming
from bot.questions.model import Asked
from bot.questions.thread import may_be_for_the_coach
from bot.slack_app import Me
from bot.slack_kit.clicks import Heard
from bot.slack_kit.mrkdwn import readable
from bot.slack_kit.reading import first, part, word
from bot.storage.ids import new_id
from bot.storage.tables import seen_events
from bot.storage.upsert import insert_once
from bot.teams.workplace import Workplace

SAID_BY_PEOPLE = (None, "file_share", "thread_broadcast")
"""Subtypes of messages somebody wrote. The others tell of edits, joins and other apps.

Source: docs.slack.dev/reference/events/message.
"""

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hearer:
    """A feature that takes some direct messages: `wants` only looks, `hear` does the work and is called once."""

    wants: Callable[[Heard], Awaitable[bool]]
    hear: Callable[[Heard], Awaitable[None]]


def register(app: AsyncApp, *, desk: Desk, me: Me, now: Callable[[], datetime]) -> None:
    """Listen to what is written to the coach. Bolt has acknowledged it before this runs; the work outlives it."""

    async def on_message(body: dict[str, Any]) -> None:
        if incoming := question_in(body, me, now()):
            desk.take(incoming)

    app.event("message")(on_message)
    app.event("app_mention")(on_message)


async def heard(incoming: Incoming, *, hearers: Callable[[], Sequence[Hearer]], workplace: Workplace) -> bool:
    """Offer a direct message to the hearers in turn; whether one took it. What none takes is a question.

    Raises: MaybeSent where it was taken before and cut off; what the database or Slack raises.
    """
    asked = incoming.asked
    if asked.place != DM:
        return False
    message = Heard(asked.user_id, asked.channel_id or "", asked.thread_ts or "", asked.text, incoming.key)
    for hearer in hearers():
        if await hearer.wants(message):
            # Once: what is taken up after a crash may have been done, and a second "done" would close another one.
            if not await _is_new(message, workplace):
                raise MaybeSent("A direct message was cut off while it was heard.")
            await hearer.hear(message)
            return True
    return False


async def _is_new(message: Heard, workplace: Workplace) -> bool:
    key = {"workspace_id": workplace.workspace_id, "event_key": f"heard:{message.key}"}
    async with workplace.database.write() as connection:
        return await insert_once(connection, seen_events, **key, seen_at=workplace.now())


def question_in(body: Mapping[str, Any], me: Me, now: datetime) -> Incoming | None:
    """The question an event brings; None where nothing is asked of the coach. Survives any field missing."""
    event = part(body, "event")
    if not event or not _is_mine(body, me) or not _by_a_person(event, me):
        return None
    channel, ts, user = word(event.get("channel")), word(event.get("ts")), word(event.get("user"))
    place, addressed = _for_me(event, me)
    if not (place and channel and ts and user):
        return None
    if not addressed and not may_be_for_the_coach(word(event.get("text"))):
        return None
    asked = Asked(
        id=new_id(now),
        workspace_id=me.workspace_id,
        user_id=user,
        place=place,
        text=readable(word(event.get("text")), bot_user_id=me.user_id),
        at=now,
        channel_id=channel,
        thread_ts=word(event.get("thread_ts")) or ts,
    )
    return Incoming(asked, key=f"{channel}:{ts}", addressed=addressed)


def _is_mine(body: Mapping[str, Any], me: Me) -> bool:
    """Whether it was told to the coach of this workspace: the app may be installed in others too."""
    told = word(first(body.get("authorizations")).get("team_id")) or word(body.get("team_id"))
    return told in ("", me.workspace_id)


def _by_a_person(event: Event, me: Me) -> bool:
    return (
        event.get("subtype") in SAID_BY_PEOPLE
        and not event.get("bot_id")
        and not event.get("edited")  # an edit that adds a mention comes as a new app_mention
        and event.get("user") != me.user_id
    )


def _for_me(event: Event, me: Me) -> tuple[str | None, bool]:
    """Where it was asked, and whether the coach was addressed. A reply that mentions only others is left alone."""
    words = word(event.get("text"))
    if event.get("channel_type") == "im" or word(event.get("channel")).startswith("D"):
        return DM, True
    if event.get("type") == "app_mention" or f"<@{me.user_id}" in words:
        return CHANNEL, True
    is_reply = event.get("thread_ts") not in (None, "", event.get("ts"))
    return (CHANNEL if is_reply and "<@" not in words else None), False
