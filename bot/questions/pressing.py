"""What happens when somebody presses a button under an answer: it is noted, and shown to them alone."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.draft import Draft
from bot.commitments.model import LONGEST_WHAT
from bot.delivery.sending import code_of
from bot.delivery.speaker import Place, Speaker, Spoken
from bot.questions import buttons, presses
from bot.questions.blocks import shared_by, with_controls
from bot.questions.buttons import REASONS, Pressed, notes, offers
from bot.questions.incoming import COMMAND
from bot.questions.press import Press
from bot.questions.presses import Given
from bot.slack_kit.mrkdwn import shortened
from bot.slack_kit.pieces import Piece, message, note
from bot.storage.engine import Database

log = structlog.get_logger()

IN_A_WEEK = "in seven days"
OpenCommitment = Callable[[Draft, str, str], Awaitable[None]]
"""Opens the form of a commitment for a person (by id), with a trigger that lives three seconds."""

GONE = "I no longer have that answer at hand. Please ask again."
NOT_YOURS = "Only the person who asked can pass their words on."
TOO_LATE = "Slack lets me share for half an hour only. Please ask again, then share."


async def take_press(press: Press, *, workspace_id: str, database: Database, speaker: Speaker, now: datetime) -> None:
    """Note what was pressed and show it. Raises: what the database and Slack raise."""
    async with database.write() as connection:
        given = await presses.given(connection, workspace_id, press.asking.answer_id)
        refused = _refused(press, given)
        if given and not refused:
            focus = await _noted(connection, workspace_id, press, given, now)
            state = await presses.pressed(connection, workspace_id, given.id, press.user_id)
    if given is None or refused:
        await tell(press, note(refused), speaker)
        return
    log.info("answer.pressed", action=press.action_id, answer_id=given.id)
    if focus.passing and state.passed_on:
        focus = Pressed(passed_on=state.passed_on)
    await _show(press, given, focus, replace(state, passing=focus.passing), speaker)


async def try_it(
    press: Press, trigger_id: str, workspace_id: str, database: Database, speaker: Speaker, commit: OpenCommitment
) -> None:
    """The next step of an answer, as a commitment to be worded. Raises: as take_press."""
    async with database.read() as connection:
        given = await presses.given(connection, workspace_id, press.asking.answer_id)
    if given is None:
        await tell(press, note(GONE), speaker)
        return
    made_from = presses.tried(given.id, press.user_id)
    draft = Draft(
        what=shortened(given.next_step or "", LONGEST_WHAT),
        due=IN_A_WEEK,
        card_id=given.card_id,
        answer_id=given.id,
        made_from=made_from,
    )
    await commit(draft, press.user_id, trigger_id)


async def share(press: Press, *, workspace_id: str, database: Database, speaker: Speaker, now: datetime) -> None:
    """What one person alone saw goes to the channel, once, with who asked and what. Raises: as take_press."""
    answer_id, url = press.asking.answer_id, press.response_url
    async with database.write() as connection:
        given = await presses.given(connection, workspace_id, answer_id)
        first = given is not None and await presses.share_once(connection, workspace_id, answer_id, now)
        state = await presses.pressed(connection, workspace_id, answer_id, press.user_id)
    if given is None or given.shown is None or url is None:
        await tell(press, note(GONE), speaker)
        return
    offered = offers(given.status, has_step=bool(given.next_step))
    shared = shared_by(with_controls(given.shown, press.asking, offered), press.user_id, press.asking.words)
    if first and not await speaker.reply_to_url(url, shared, in_channel=True):
        await tell(press, note(TOO_LATE), speaker)
        return
    await speaker.reply_to_url(url, with_controls(given.shown, press.asking, offered, state), replace=True)


async def tell(press: Press, said: Piece, speaker: Speaker) -> None:
    """A word to the person who pressed, seen by nobody else. Raises: what Slack raises."""
    try:
        await speaker.whisper(Place(press.channel_id, press.thread_ts), press.user_id, said)
    except SlackApiError as refusal:
        log.info("whisper.refused", code=code_of(refusal))
        if press.response_url is None or not await speaker.reply_to_url(press.response_url, said):
            raise


def _refused(press: Press, given: Given | None) -> str:
    if given is None:
        return GONE
    return NOT_YOURS if press.action_id in _PASSING and given.user_id != press.user_id else ""


_PASSING = (buttons.PASS, buttons.PASS_NAMED, buttons.PASS_UNNAMED)


async def _noted(connection: AsyncConnection, workspace_id: str, press: Press, given: Given, now: datetime) -> Pressed:
    """What this press means, on its own."""
    answer_id, user_id = given.id, press.user_id
    match press.action_id:
        case buttons.PASS:
            return Pressed(passing=True)
        case buttons.PASS_NAMED | buttons.PASS_UNNAMED:
            named = press.action_id == buttons.PASS_NAMED
            await presses.pass_on(connection, workspace_id, answer_id, press.asking.words, named=named, now=now)
            return Pressed(passed_on="named" if named else "unnamed")
        case buttons.HELPFUL | buttons.NOT_HELPFUL:
            opinion = Pressed("helpful" if press.action_id == buttons.HELPFUL else "not_helpful")
        case reason if reason in REASONS:
            opinion = Pressed("not_helpful", reason.removeprefix("reason_"))
        case _:
            return Pressed()
    await presses.give_feedback(connection, workspace_id, answer_id, user_id, opinion, now)
    return opinion


async def _show(press: Press, given: Given, focus: Pressed, state: Pressed, speaker: Speaker) -> None:
    """Their own message is drawn anew; in a channel, where others read along, it is a word for them alone."""
    alone = given.place == COMMAND and press.is_ephemeral
    offered = offers(given.status, has_step=bool(given.next_step), shareable=alone)
    theirs = given.shown if alone else press.shown
    if theirs and (alone or (press.channel_id.startswith("D") and given.place != COMMAND)):
        await _redraw(press, with_controls(theirs, press.asking, offered, state), speaker)
    elif press.is_ephemeral:
        await _redraw(press, _word(press, focus), speaker)
    else:
        await tell(press, _word(press, focus), speaker)


async def _redraw(press: Press, drawn: Piece, speaker: Speaker) -> None:
    if press.response_url and await speaker.reply_to_url(press.response_url, drawn, replace=True):
        return
    if not press.is_ephemeral:
        await speaker.change(Spoken(press.channel_id, press.message_ts), drawn)


def _word(press: Press, focus: Pressed) -> Piece:
    """What a press in a channel is answered with."""
    text = " ".join(notes(focus)) or (
        "What was it?" if focus.verdict else "Pass it on?" if focus.passing else "Left as it is."
    )
    drawn = buttons.controls(press.asking, (), focus)
    return message(text, drawn) if drawn else note(text)
