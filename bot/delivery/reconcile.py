"""Whether a letter that may stand in Slack does: Slack has no key against doubles, so a look goes before a resend."""

from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError

from bot.delivery.model import Claimed, Kind, Outcome, Rendered, State
from bot.delivery.sending import LOST, code_of, is_definite, retry_after
from bot.delivery.speaker import Place, Speaker, Spoken
from bot.errors import SlackAway, TooMany

log = structlog.get_logger()

AGAIN = timedelta(seconds=30)
"""Before another look where Slack did not answer one."""


async def settle(
    one: Claimed, kind: Kind, written: Rendered | None, *, speaker: Speaker, now: datetime
) -> Outcome | None:
    """What became of a letter that was posted, perhaps. None: it does not stand in Slack and can be sent.

    Where the coach may not read the conversation it is `unknown`: never sent twice, and shown to whoever runs the
    coach; only of a kind that is better sent twice than not at all it goes again.
    """
    try:
        found = await _look(one, written, speaker)
    except SlackApiError as refusal:
        if seconds := retry_after(refusal):
            return _later(now + timedelta(seconds=seconds))
        if not is_definite(refusal):
            return _later(now + AGAIN)
        log.warning("letter.unknown", letter_id=one.id, kind_of_letter=one.letter.kind, code=code_of(refusal))
        return None if kind.again_when_unsure else Outcome(State.UNKNOWN, ambiguous=True, error=code_of(refusal))
    except (SlackAway, TooMany, *LOST):
        return _later(now + AGAIN)
    if found is None:
        return None
    log.info("letter.found", letter_id=one.id, kind_of_letter=one.letter.kind)
    return Outcome(State.SENT, channel_id=found.channel_id, ts=found.ts, sent_at=now)


async def _look(one: Claimed, written: Rendered | None, speaker: Speaker) -> Spoken | None:
    to = one.channel_id or (written.to if written else one.letter.recipient)
    channel = (await speaker.dm(to)).channel_id if to.startswith(("U", "W")) else to
    place = Place(channel, written.thread_ts if written else None)
    text = str(written.message["text"]) if written else None
    return await speaker.look(place, mark=one.letter.key, since=one.since or one.letter.due_at, text=text)


def _later(at: datetime) -> Outcome:
    return Outcome(State.PENDING, not_before=at, ambiguous=True)
