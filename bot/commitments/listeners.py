"""Slack in: every way a commitment begins, and every button under one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from bot.commitments import blocks, keeping, store, windows
from bot.commitments.answering import Answers
from bot.commitments.draft import LONGEST_LINE, Draft, draft_in
from bot.commitments.model import LONGEST_WHAT
from bot.commitments.reading import Coaching, read
from bot.commitments.wording import filled, next_window, stand, team_of, teams_of, with_habits
from bot.errors import CoachError, FormRefused, Wrong
from bot.kernel.ids import UserId
from bot.kernel.weeks import day_of
from bot.slack_kit.clicks import Chosen, Click, Sent, Typed, chosen_in
from bot.slack_kit.manifest import COMMIT_SHORTCUT
from bot.slack_kit.mrkdwn import shortened
from bot.slack_kit.pieces import Piece, message, note, section
from bot.slack_kit.reading import word
from bot.teams.workplace import Command, Workplace

log = structlog.get_logger()

Body = dict[str, Any]
SEVEN_DAYS = timedelta(days=7)
Metrics = Callable[[str], Awaitable[list[tuple[str, str]]]]
"""The metrics of a team, as (id, name)."""


@dataclass(frozen=True, slots=True)
class Commitments:
    """The feature at work: what its listeners share."""

    at: Workplace
    answers: Answers
    metrics_of: Metrics

    async def open(self, draft: Draft, user_id: str, trigger_id: str) -> None:
        """The form, with what is known. Raises: SlackApiError for a trigger that is over three seconds old."""
        person = await self.at.person(user_id)
        mine = await teams_of(person, self.at)
        draft = with_habits(draft, person, mine)
        metrics = await self.metrics_of(draft.team_id) if draft.team_id else []
        await self.at.speaker.open_modal(trigger_id, windows.commit_window(draft, mine, metrics))

    async def by_command(self, typed: Typed) -> None:
        """/coach commit, with or without words."""
        await self.open(await self._worded(typed.rest, typed.user_id), typed.user_id, typed.trigger_id)

    async def list(self, typed: Typed) -> None:
        """/coach commitments: one's own, for one's own eyes."""
        async with self.at.database.read() as connection:
            mine = await store.open_of(connection, self.at.workspace_id, UserId(typed.user_id))
        await self.at.tell(typed, blocks.listed(mine))

    async def by_shortcut(self, chosen: Chosen) -> None:
        """From the menu of a message: prefilled with it, linked to it where the coach may see it."""
        link = await self._permalink(chosen.channel_id, chosen.message_ts)
        draft = await self._worded(chosen.words, chosen.user_id)
        made_from = f"message:{chosen.channel_id}:{chosen.message_ts}:{chosen.user_id}"
        await self.open(replace(draft, link=link, made_from=made_from), chosen.user_id, chosen.trigger_id)

    async def on_sent(self, sent: Sent) -> Piece | None:
        person = await self.at.person(sent.user_id)
        mine = await teams_of(person, self.at)
        draft = filled(draft_in(sent.metadata), sent.fields, mine)
        draft = replace(draft, made_from=draft.made_from or f"view:{sent.view_id}")
        window = await next_window(draft, person, self.at)
        await self.answers.changed(sent.user_id)
        return window

    async def on_asked(self, click: Click) -> None:
        """An answer to what was asked back."""
        person, draft = await self.at.person(click.user_id), draft_in(click.metadata)
        if click.action_id == windows.EDIT:
            mine = await teams_of(person, self.at)
            metrics = await self.metrics_of(draft.team_id) if draft.team_id else []
            await self.at.speaker.change_view(click.view_id, windows.commit_window(draft, mine, metrics))
            return
        if click.action_id == windows.USE:
            draft = replace(draft, what=click.value)
        if click.action_id in (windows.DAY, windows.OTHER_DAY):
            draft = replace(draft, due=click.value)
        draft = replace(draft, made_from=draft.made_from or f"view:{click.view_id}")
        await self.at.speaker.change_view(click.view_id, await next_window(draft, person, self.at))
        await self.answers.changed(click.user_id)

    async def on_promise(self, click: Click) -> None:
        """The buttons under "Shall I keep that?"."""
        draft = draft_in(click.value)
        if click.action_id == blocks.CHANGE:
            await self.open(draft, click.user_id, click.trigger_id)
            return
        if click.action_id == blocks.SAY_NO:
            await self.answers.replace(click, note("Fine, nothing is kept."))
            return
        person = await self.at.person(click.user_id)
        commitment = await stand(draft, date.fromisoformat(draft.due), person, self.at)
        who_sees = blocks.seen_by(commitment.promise.visibility, await team_of(commitment, self.at))
        await self.answers.replace(click, blocks.kept_for_you(commitment, who_sees))
        await self.answers.changed(click.user_id)

    async def on_moved(self, sent: Sent) -> Piece | None:
        day = sent.fields.day("day")
        if day is None:
            raise FormRefused(Wrong("day", "Choose a day."))
        commitment = await keeping.move(sent.metadata, UserId(sent.user_id), self.at, day)
        await self.answers.changed(sent.user_id)
        return windows.told("Moved", blocks.closed_in_words(commitment), commitment.id)

    async def on_dropped(self, sent: Sent) -> Piece | None:
        reason = sent.fields.text("reason")
        if not reason:
            raise FormRefused(Wrong("reason", "A few words are enough: what changed?"))
        commitment = await keeping.drop(sent.metadata, UserId(sent.user_id), self.at, reason[:LONGEST_LINE])
        await self.answers.changed(sent.user_id)
        return windows.told("Dropped", blocks.closed_in_words(commitment), commitment.id)

    async def on_undo(self, click: Click) -> None:
        """Take the last step back, and show it where it was pressed. Raises: what keeping.undo raises."""
        back = await keeping.undo(click.value, UserId(click.user_id), self.at)
        await self.answers.changed(click.user_id)
        text = f"Taken back.\n{blocks.what_of(back)}" if back else "Taken back. It is as if it had never been made."
        if click.view_type == "modal":
            await self.at.speaker.change_view(click.view_id, windows.told("Taken back", text))
        else:
            drawn = [section(text), *(blocks.item(back)[1:] if back and back.is_open else [])]
            await self.answers.replace(click, message(text, drawn))

    async def _worded(self, words: str, user_id: str) -> Draft:
        """What and by when, as far as the words say."""
        if not words:
            return Draft()
        person = await self.at.person(user_id)
        found = await read(words, person, self.at.now())
        week = day_of(self.at.now(), person.zone) + SEVEN_DAYS
        due = found.due.isoformat() if found.due else blocks.day_in_words(week)
        what = shortened(" ".join((found.what or words).split()), LONGEST_WHAT)
        return Draft(what=what, due=due, recurring=found.recurring.rule if found.recurring else "")

    async def _permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message; nothing where the coach is not in the channel."""
        try:
            found = await self.at.speaker.look_up("chat.getPermalink", {"channel": channel_id, "message_ts": ts})
        except (SlackApiError, CoachError):
            return ""
        return word(found.get("permalink"))


def register(
    app: AsyncApp, at: Workplace, *, coaching: Coaching, metrics_of: Metrics, changed: Callable[[str], Awaitable[None]]
) -> tuple[Commitments, list[Command]]:
    """Listen to windows and buttons. `changed` is called with whose commitments are other ones now."""
    feature = Commitments(at, Answers(at, coaching, changed), metrics_of)

    async def on_shortcut(ack: AsyncAck, body: Body) -> None:
        await ack()
        if chosen := chosen_in(body):
            at.start(chosen, partial(feature.by_shortcut, chosen), name="commitment from a message")

    app.shortcut(COMMIT_SHORTCUT)(on_shortcut)
    app.view(windows.COMMIT_WINDOW)(at.on_form(feature.on_sent))
    app.view(windows.MOVE_WINDOW)(at.on_form(feature.on_moved))
    app.view(windows.DROP_WINDOW)(at.on_form(feature.on_dropped))
    for action_id in (windows.USE, windows.KEEP_MINE, windows.EDIT, windows.DAY, windows.OTHER_DAY):
        app.action(action_id)(at.on_click(feature.on_asked))
    for action_id in (blocks.YES, blocks.YES_MINE, blocks.SAY_NO, blocks.CHANGE):
        app.action(action_id)(at.on_click(feature.on_promise))
    app.action(blocks.UNDO)(at.on_click(feature.on_undo))
    for action_id, work in feature.answers.by_button().items():
        app.action(action_id)(at.on_click(work))
    return feature, [
        Command("commit", "[what, by when] makes a commitment.", feature.by_command, takes_words=True),
        Command("commitments", "shows yours.", feature.list),
    ]
