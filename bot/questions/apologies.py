"""When an answer fails: a plain sentence to the person who asked, and nothing where others read along."""

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery.sending import MaybeSent
from bot.delivery.speaker import Place, Speaker
from bot.questions.incoming import CHANNEL, Incoming
from bot.slack_kit.errors import known_error, sentence_for
from bot.slack_kit.pieces import note

log = structlog.get_logger()

BROKEN = "The connection to Slack broke while I answered. If my answer is not here, please ask again."


async def apologise(incoming: Incoming, error: BaseException, speaker: Speaker) -> None:
    """Tell the person concerned, and nobody else, what to do. Raises: what Slack raises."""
    asked = incoming.asked
    apology = sentence_for(error)
    message = note(f"{BROKEN} (Reference {apology.reference})" if isinstance(error, MaybeSent) else apology.text)
    if incoming.response_url and await speaker.reply_to_url(incoming.response_url, message):
        return
    if asked.place == CHANNEL and asked.channel_id:
        try:
            await speaker.whisper(Place(asked.channel_id, asked.thread_ts), asked.user_id, message)
            await speaker.show_status(Place(asked.channel_id, asked.thread_ts), "")
        except SlackApiError as refusal:
            log.info("channel.refused", answer_id=asked.id, kind=type(known_error(refusal)).__name__)
        else:
            return
    place = await speaker.dm(asked.user_id)
    thread_ts = asked.thread_ts if asked.channel_id == place.channel_id else None
    await speaker.say(Place(place.channel_id, thread_ts), message, mark=f"{asked.id}:sorry", since=asked.at)
