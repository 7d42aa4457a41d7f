"""Handing over a file: reserve a place, put the bytes there, say where it is shared.

Needs files:write. Source: docs.slack.dev/messaging/working-with-files.
"""

from bot.delivery.speaker import Place, Speaker
from bot.errors import SlackAway
from bot.slack_kit.bounded import Piece, given

SCOPE = "files:write"


async def hand_over(speaker: Speaker, place: Place, name: str, text: str, *, comment: str) -> None:
    """A text file in a conversation. Raises: SlackApiError, SlackAway, TooMany."""
    content = text.encode()
    asked = {"filename": name, "length": len(content)}
    reserved = await speaker.look_up("files.getUploadURLExternal", asked)
    if not await speaker.put(str(reserved["upload_url"]), content):
        raise SlackAway("Slack did not take the file.")
    shared: Piece = {"files": [{"id": reserved["file_id"], "title": name}], "channel_id": place.channel_id}
    shared = given(shared, thread_ts=place.thread_ts, initial_comment=comment)
    await speaker.call_once("files.completeUploadExternal", shared)
