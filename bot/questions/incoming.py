"""A question on its way through the coach: what was asked, and where its answer belongs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.questions.model import Asked

DM, CHANNEL, COMMAND, SHORTCUT, FOLLOW_UP = "dm", "channel", "command", "shortcut", "follow_up"
"""Where a question came from. A follow-up is the coach's own: a question passed on earlier has an answer now."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question and the way back.

    `key` is what it is known by when it is delivered again; `response_url` answers a command. `addressed` is False for
    a reply in a thread of the coach that does not mention it: there it speaks only when it has an answer.
    """

    asked: Asked
    key: str
    response_url: str | None = None
    addressed: bool = True

    @property
    def thread_key(self) -> tuple[str, str, str] | None:
        """What the memory of its thread is kept under; None where there is no thread."""
        asked = self.asked
        if not asked.channel_id or not asked.thread_ts:
            return None
        return asked.workspace_id, asked.channel_id, asked.thread_ts


def as_row(incoming: Incoming) -> dict[str, Any]:
    """For the table of unfinished work; the words stay there until the question is answered, no longer."""
    asked = incoming.asked
    return {
        "user_id": asked.user_id,
        "place": asked.place,
        "text": asked.text,
        "at": asked.at.isoformat(),
        "channel_id": asked.channel_id,
        "thread_ts": asked.thread_ts,
        "key": incoming.key,
        "response_url": incoming.response_url,
        "addressed": incoming.addressed,
    }


def from_row(id: str, workspace_id: str, row: dict[str, Any]) -> Incoming:
    """A message as it was noted before a stop. Raises KeyError where an older version noted less."""
    asked = Asked(
        id=id,
        workspace_id=workspace_id,
        user_id=row["user_id"],
        place=row["place"],
        text=row["text"],
        at=datetime.fromisoformat(row["at"]),
        channel_id=row["channel_id"],
        thread_ts=row["thread_ts"],
    )
    return Incoming(asked, row["key"], row["response_url"], row["addressed"])
