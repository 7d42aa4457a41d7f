"""Slack in: /coach, the shortcut and its window, the buttons under an answer, the Messages tab."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from bot.delivery.speaker import Speaker
from bot.errors import CoachError
from bot.questions import blocks
from bot.questions.buttons import BUTTONS, REASONS, SHARE, TRY
from bot.questions.desk import Desk
from bot.questions.incoming import COMMAND, SHORTCUT, Incoming
from bot.questions.model import Asked
from bot.questions.press import Press, press_in
from bot.questions.pressing import OpenCommitment, share, take_press, tell, try_it
from bot.slack_kit.clicks import Typed
from bot.slack_kit.errors import sentence_for
from bot.slack_kit.manifest import ASK_SHORTCUT
from bot.slack_kit.mrkdwn import readable
from bot.slack_kit.pieces import note
from bot.slack_kit.reading import part, word
from bot.storage.engine import Database
from bot.storage.ids import new_id
from bot.tasks import Tasks, Work

Body = dict[str, Any]
Clock = Callable[[], datetime]
NO_QUESTION = "Write what you want to know, in a few words."
ANYTHING = re.compile(".*")


def register(
    app: AsyncApp,
    *,
    desk: Desk,
    database: Database,
    speaker: Speaker,
    tasks: Tasks,
    workspace_id: str,
    now: Clock,
    commit: OpenCommitment,
) -> None:
    """Every listener acknowledges first and leaves the work to the desk or to a tracked task."""

    async def on_shortcut(ack: AsyncAck, body: Body) -> None:
        await ack()
        tasks.start(partial(_open, body, speaker, now), name="shortcut")

    async def on_submission(ack: AsyncAck, body: Body) -> None:
        incoming = from_window(body, workspace_id, now())
        if incoming is None:
            await ack(response_action="errors", errors={blocks.QUESTION: NO_QUESTION})
            return
        await ack(response_action="update", view=blocks.on_its_way())
        desk.take(incoming)

    def _work(press: Press, trigger_id: str) -> Work:
        if press.action_id == TRY:
            return partial(try_it, press, trigger_id, workspace_id, database, speaker, commit)
        work = share if press.action_id == SHARE else take_press
        return partial(work, press, workspace_id=workspace_id, database=database, speaker=speaker, now=now())

    async def on_press(ack: AsyncAck, body: Body) -> None:
        await ack()
        if press := press_in(body):
            work = _work(press, word(body.get("trigger_id")))
            tasks.start(partial(_pressed, press, work, speaker), name="press")

    app.shortcut(ASK_SHORTCUT)(on_shortcut)
    app.view(blocks.ASK_WINDOW)(on_submission)
    for action_id in (*BUTTONS, *REASONS):
        app.action(action_id)(on_press)


def leave_the_rest(app: AsyncApp) -> None:
    """Registered last: what nobody listens to is acknowledged, so that Slack shows no error."""
    app.action(ANYTHING)(_acknowledge)  # a button of an older version
    app.event(ANYTHING)(_leave_alone)  # subscribed to, and of no use yet


def from_command(typed: Typed, workspace_id: str, now: datetime) -> Incoming:
    """The question behind /coach."""
    id = new_id(now)
    asked = Asked(id, workspace_id, typed.user_id, COMMAND, typed.words, now, typed.channel_id or None)
    return Incoming(asked, key=f"command:{typed.trigger_id or id}", response_url=typed.response_url)


def from_window(body: Mapping[str, Any], workspace_id: str, now: datetime) -> Incoming | None:
    """The question typed into the window. None where Slack left out who asked, or what."""
    field = part(body, "view", "state", "values", blocks.QUESTION, blocks.QUESTION)
    user_id, typed, id = word(part(body, "user").get("id")), readable(word(field.get("value"))), new_id(now)
    if not (user_id and typed):
        return None
    asked = Asked(id, workspace_id, user_id, SHORTCUT, typed, now)
    return Incoming(asked, key=f"view:{word(part(body, 'view').get('id')) or id}")


async def _open(body: Body, speaker: Speaker, now: Clock) -> None:
    """At once: the trigger lives three seconds."""
    try:
        await speaker.open_modal(word(body.get("trigger_id")), blocks.ask_window())
    except (SlackApiError, CoachError) as error:
        apology = sentence_for(error)
        if user_id := word(part(body, "user").get("id")):
            place = await speaker.dm(user_id)
            mark = f"apology:{apology.reference}"
            await speaker.say(place, note(apology.text), mark=mark, since=now())


async def _leave_alone() -> None:
    """Bolt has acknowledged it."""


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


async def _pressed(press: Press, work: Work, speaker: Speaker) -> None:
    try:
        await work()
    except Exception as error:  # noqa: BLE001, whatever it is, who pressed hears of it
        await tell(press, note(sentence_for(error).text), speaker)
