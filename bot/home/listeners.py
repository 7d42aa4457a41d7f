"""The Home tab is drawn when it is opened and whenever something in it has changed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.commitments.draft import Draft
from bot.commitments.listeners import Commitments
from bot.delivery.sending import code_of
from bot.errors import FormRefused, Wrong
from bot.home import blocks, store
from bot.kernel.weeks import day_of
from bot.slack_kit.clicks import Click, Sent, Typed
from bot.slack_kit.manifest import SUGGESTED_PROMPTS
from bot.slack_kit.pieces import Piece, notice
from bot.slack_kit.reading import part, word
from bot.teams import store as teams
from bot.teams.model import Away, Visibility
from bot.teams.workplace import Command, OnClick, Workplace

log = structlog.get_logger()

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Home:
    """Draws the pages of one workspace, one at a time for each person."""

    at: Workplace
    below: Sequence[Piece] = ()
    """What stands at the end of every page."""
    _drawing: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def draw(self, user_id: str, seen: str = "") -> None:
        """Publish somebody's page as it is now. `seen` is the hash of the page they look at: a newer one stays."""
        lock = self._drawing.setdefault(user_id, asyncio.Lock())
        async with lock:
            person = await self.at.person(user_id)
            if not person.is_reachable:
                return
            mine = await store.mine(self.at.database, person, self.at.staff, self.at.now())
            page = blocks.home_tab(mine, self.below)
            try:
                await self.at.speaker.publish_home(user_id, page, unless_newer_than=seen)
            except SlackApiError as refusal:
                if code_of(refusal) != "hash_conflict":
                    raise
                log.info("home.drawn_meanwhile")
                await self.at.speaker.publish_home(user_id, page)

    async def changed(self, user_id: str) -> None:
        """Something of theirs is another one now. What goes wrong here costs them a look at an old page, no more."""
        self.at.tasks.start(partial(self.draw, user_id), name="home")

    async def show_all(self, click: Click) -> None:
        person = await self.at.person(click.user_id)
        mine = await store.mine(self.at.database, person, self.at.staff, self.at.now())
        await self.at.speaker.open_modal(click.trigger_id, blocks.all_commitments(mine.commitments))

    async def open_settings(self, came: Click | Typed) -> None:
        person = await self.at.person(came.user_id)
        await self.at.speaker.open_modal(came.trigger_id, blocks.settings_window(person))

    async def open_away(self, click: Click) -> None:
        person = await self.at.person(click.user_id)
        window = blocks.away_window(day_of(self.at.now(), person.zone))
        await self.at.speaker.open_modal(click.trigger_id, window)

    async def back(self, click: Click) -> None:
        person = await self.at.person(click.user_id)
        async with self.at.database.write() as connection:
            await teams.end_away(connection, self.at.workspace_id, person.id, day_of(self.at.now(), person.zone))
        await self.changed(click.user_id)

    async def on_settings(self, sent: Sent) -> Piece | None:
        """Keep what they chose; the Home tab shows it at once."""
        person, fields = await self.at.person(sent.user_id), sent.fields
        language = fields.text("language")
        async with self.at.database.write() as connection:
            await teams.choose(
                connection,
                person,
                date_language=None if language in ("", "any") else language,
                visibility=Visibility(fields.text("visible") or Visibility.TEAM),
                paused=blocks.PAUSED in fields.ticked("pause"),
            )
        await self.changed(sent.user_id)
        return None

    async def on_away(self, sent: Sent) -> Piece | None:
        """Note days away. Raises: FormRefused for a day left out, out of order or over."""
        person = await self.at.person(sent.user_id)
        first, last = sent.fields.day("from"), sent.fields.day("until")
        if first is None or last is None:
            raise FormRefused(Wrong("from" if first is None else "until", "Choose a day."))
        if last < first:
            raise FormRefused(Wrong("until", "That day is before the first one."))
        if last < day_of(self.at.now(), person.zone):
            raise FormRefused(Wrong("until", "Those days are over already."))
        async with self.at.database.write() as connection:
            away = Away(first, last)
            await teams.add_away(connection, self.at.workspace_id, person.id, away, self.at.now())
        await self.changed(sent.user_id)
        return notice("Noted", f"{blocks.away_in_words(Away(first, last))} None of these days counts.")


def register(
    app: AsyncApp, home: Home, *, commitments: Commitments, ask: OnClick, more: Mapping[str, OnClick]
) -> list[Command]:
    """Listen to the tab and its buttons. `ask` opens the question window; `more` are buttons of other features."""
    at = home.at

    async def on_opened(body: Body) -> None:
        event = part(body, "event")
        user_id, channel_id = word(event.get("user")), word(event.get("channel"))
        if event.get("tab") == "messages" and channel_id:
            at.tasks.start(partial(at.speaker.suggest, channel_id, SUGGESTED_PROMPTS), name="suggest")
        elif user_id:
            seen = word(part(event, "view").get("hash"))
            at.tasks.start(partial(home.draw, user_id, seen), name="home")

    async def commit(click: Click) -> None:
        await commitments.open(Draft(), click.user_id, click.trigger_id)

    app.event("app_home_opened")(on_opened)
    buttons: dict[str, OnClick] = {
        blocks.ALL: home.show_all,
        blocks.COMMIT: commit,
        blocks.ASK: ask,
        blocks.SETTINGS: home.open_settings,
        blocks.AWAY: home.open_away,
        blocks.BACK: home.back,
    }
    for action_id, work in {**buttons, **more}.items():
        app.action(action_id)(at.on_click(work))
    app.view(blocks.SETTINGS_WINDOW)(at.on_form(home.on_settings))
    app.view(blocks.AWAY_WINDOW)(at.on_form(home.on_away))
    return [Command("settings", "shows yours: dates, who sees what, pause.", home.open_settings)]
