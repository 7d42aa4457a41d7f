"""What the stand-in keeps account of: calls taken, triggers and links given out, uploads under way."""

from dataclasses import dataclass

from bot.playground.model import Json, Message


@dataclass(frozen=True)
class Call:
    """One call of the Web API, a response_url or an upload, as the stand-in took it.

    `error` is Slack's code, empty when all went well; `status` is 0 when the connection was dropped unanswered.
    """

    method: str
    team_id: str
    arguments: Json
    status: int
    error: str
    at: float


@dataclass
class Trigger:
    """A trigger_id: lives three seconds and opens one view (docs.slack.dev/interactivity/handling-user-interaction)."""

    id: str
    team_id: str
    user: str
    at: float
    view_id: str = ""
    offstage: bool = False
    used: bool = False


@dataclass
class ResponseUrl:
    """Where an answer to a command or a click may be posted: five times within 30 minutes."""

    key: str
    team_id: str
    channel: str
    user: str
    at: float
    original: Message | None = None
    uses: int = 0


@dataclass
class Upload:
    id: str
    team_id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    completed: bool = False
