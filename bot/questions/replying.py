"""From a question that was taken in to an answer that stands in Slack, once."""

from collections.abc import Awaitable, Callable
from time import perf_counter

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery.speaker import Place, Speaker, Spoken
from bot.errors import MessageGone
from bot.questions import intake, store
from bot.questions.blocks import content, led_by, with_controls
from bot.questions.buttons import Asking, offers
from bot.questions.incoming import CHANNEL, COMMAND, DM, FOLLOW_UP, SHORTCUT, Incoming
from bot.questions.model import Answer, Question, Status
from bot.slack_kit.errors import known_error
from bot.slack_kit.pieces import Piece
from bot.storage.engine import Database

log = structlog.get_logger()

AnswerQuestion = Callable[[Question], Awaitable[Answer]]

LOOKING_IT_UP = "is looking it up …"
LINES = {
    DM: "You asked: {words}",
    SHORTCUT: "You asked: {words}",
    COMMAND: "You asked: {words}",
    CHANNEL: "I could not answer in the channel, so here it is. You asked: {words}",
    FOLLOW_UP: "There is an answer now to what you asked some time ago: {words}",
}
"""What stands above an answer that does not follow its question."""


async def reply(
    incoming: Incoming,
    *,
    status: Awaitable[None],
    answer: AnswerQuestion,
    database: Database,
    speaker: Speaker,
    follows_threads: bool,
) -> None:
    """Answer where it was asked. A reply that does not mention the coach is answered only if there is an answer.

    `status` is over before the answer is posted, which takes it away. Raises: whatever went wrong on the way.
    """
    began = perf_counter()
    asked = incoming.asked
    async with database.read() as connection:
        memory = await store.memory_of(connection, incoming.thread_key) if incoming.thread_key else None
        hint = asked.place == CHANNEL and not follows_threads
        hint = hint and await store.is_first_in_channel(connection, asked.workspace_id, asked.channel_id or "")
    found = await answer(Question(asked.text, memory))
    if not incoming.addressed and found.status is not Status.ANSWERED:
        return
    ms = int((perf_counter() - began) * 1000)
    shown = content(found, hint=hint)
    async with database.write() as connection:
        await store.save(connection, incoming, found, ms=ms, shown=shown if asked.place == COMMAND else None)
        await intake.may_be_posted(connection, incoming)
    await status
    spoken = await give(incoming, found, shown, speaker)
    if spoken and found.searched:
        async with database.write() as connection:
            thread = (asked.workspace_id, spoken.channel_id, spoken.ts)
            await store.remember(connection, incoming, found, thread)
    told = {"status": found.status.value, "writer": found.writer, "fell_back": found.fell_back is not None}
    log.info("question.given", **told, answer_id=asked.id, place=asked.place, ms=ms)


async def give(incoming: Incoming, found: Answer, shown: Piece, speaker: Speaker) -> Spoken | None:
    """Post the answer where it belongs; the message, where it begins a thread of its own.

    Raises: SlackApiError, SlackAway, TooMany, MaybeSent.
    """
    asked = incoming.asked
    offered = offers(found.status, has_step=bool(found.next_step), shareable=asked.place == COMMAND)
    message = with_controls(shown, Asking(asked.id, asked.text), offered)
    if incoming.response_url and await speaker.reply_to_url(incoming.response_url, message):
        return None
    if asked.place in (DM, CHANNEL):
        return await _in_its_thread(incoming, message, speaker)
    return await _directly(incoming, message, speaker)


async def stands_already(incoming: Incoming, speaker: Speaker) -> bool:
    """Whether the answer arrived before the work on it was cut off. Raises: MaybeSent where nobody may look."""
    asked = incoming.asked
    if asked.place == COMMAND:
        return False  # seen by one person alone, and gone with the next reload
    in_thread = asked.place in (DM, CHANNEL) and asked.channel_id
    place = Place(asked.channel_id or "", asked.thread_ts) if in_thread else await speaker.dm(asked.user_id)
    return await speaker.find(place, mark=asked.id, since=asked.at) is not None


async def _in_its_thread(incoming: Incoming, message: Piece, speaker: Speaker) -> Spoken | None:
    asked = incoming.asked
    assert asked.channel_id
    try:
        await speaker.say(Place(asked.channel_id, asked.thread_ts), message, mark=asked.id, since=asked.at)
    except SlackApiError as refusal:
        if asked.place == DM and not isinstance(known_error(refusal), MessageGone):
            raise
        log.warning("place.refused", answer_id=asked.id, kind=type(known_error(refusal)).__name__)
        return await _directly(incoming, message, speaker)
    return None


async def _directly(incoming: Incoming, message: Piece, speaker: Speaker) -> Spoken:
    asked = incoming.asked
    led = led_by(message, LINES[asked.place].format(words=asked.text))
    return await speaker.say(await speaker.dm(asked.user_id), led, mark=asked.id, since=asked.at)


async def show_status(incoming: Incoming, speaker: Speaker) -> None:
    """ "is looking it up …" where the answer will come; nothing where the coach was not addressed."""
    asked = incoming.asked
    if incoming.addressed and asked.channel_id and asked.thread_ts:
        await speaker.show_status(Place(asked.channel_id, asked.thread_ts), LOOKING_IT_UP)
