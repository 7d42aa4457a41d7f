"""What the stand-in for Slack remembers: plain records, changed only by Web API methods and by what people do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Clock = Callable[[], float]
ChannelKind = Literal["channel", "group", "im"]
DeliveryKind = Literal["events_api", "slash_commands", "interactive"]


class NotPossible(Exception):
    """A person cannot do this in Slack: the button is not there, the field is empty, the name is unknown."""


class NotFilledIn(NotPossible):
    """Slack's own form does not let the person submit yet; `blocks` says where."""

    def __init__(self, person: "Person", blocks: list[str]) -> None:
        super().__init__(f"Slack asks {person.first_name} to correct {', '.join(blocks)} first.")
        self.blocks = blocks


@dataclass
class Person:
    """A member of a workspace; bots are members too. `tz` is an IANA name, or None for a profile without one."""

    id: str
    handle: str
    real_name: str
    tz: str | None = "Europe/London"
    title: str = ""
    is_bot: bool = False
    bot_id: str = ""
    is_guest: bool = False
    is_admin: bool = False
    deleted: bool = False
    do_not_disturb: tuple[int, int] | None = None

    @property
    def first_name(self) -> str:
        return self.real_name.split()[0]


@dataclass
class Message:
    """One message. Times are Slack's `ts`. An ephemeral one names who alone sees it and is in no history."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str = ""
    client_msg_id: str = ""
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited: tuple[str, str] | None = None
    reactions: dict[str, set[str]] = field(default_factory=dict)
    only_for: str | None = None
    broadcast: bool = False

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Channel:
    id: str
    name: str
    kind: ChannelKind = "channel"
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    is_general: bool = False
    creator: str = ""
    created: int = 1_700_000_000
    user: str = ""
    messages: list[Message] = field(default_factory=list)
    ephemerals: list[Message] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        return next((one for one in self.messages if one.ts == ts), None)

    def replies(self, ts: str) -> list[Message]:
        return [one for one in self.messages if one.thread_ts == ts and one.ts != ts]


@dataclass
class View:
    """A modal or a Home tab, as its person sees it; `errors` are what the app answered to the last submission."""

    id: str
    user: str
    payload: Json
    hash: str
    root_view_id: str
    previous_view_id: str = ""
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.payload["type"])


@dataclass
class Session:
    """An agent session (docs.slack.dev/ai/agent-sessions)."""

    status: str
    title: str = ""


@dataclass
class Installation:
    """The app in one workspace. Take a scope out of `scopes` to see `missing_scope`."""

    bot_user_id: str
    bot_id: str
    bot_token: str
    scopes: set[str]
    revoked: bool = False


@dataclass
class Workspace:
    id: str
    domain: str
    name: str
    installation: Installation
    people: list[Person]
    channels: list[Channel]
    modals: dict[str, list[View]] = field(default_factory=dict)
    offstage: dict[str, list[View]] = field(default_factory=dict)
    """Modals of a story that is told, which nobody sees; beside those of whoever looks on meanwhile."""
    homes: dict[str, View] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    past_statuses: list[tuple[str, str, str]] = field(default_factory=list)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)

    def person(self, name: str) -> Person | None:
        """By id, handle or first name, in any case."""
        wanted = name.casefold()
        return next(
            (one for one in self.people if wanted in (one.id.casefold(), one.handle, one.first_name.casefold())), None
        )

    def channel(self, name: str) -> Channel | None:
        """By id or by name, with or without #."""
        wanted = name.removeprefix("#")
        return next((one for one in self.channels if wanted == one.id or (one.name and wanted == one.name)), None)

    def direct_channel(self, user: str) -> Channel:
        """The conversation of a person with the app; made when it is asked for first."""
        for one in self.channels:
            if one.kind == "im" and one.user == user:
                return one
        members = {user, self.installation.bot_user_id}
        made = Channel(id=f"D{user[1:]}", name="", kind="im", members=members, user=user)
        self.channels.append(made)
        return made

    def stacks(self, *, offstage: bool = False) -> dict[str, list[View]]:
        """The modals of each person, the one on top last."""
        return self.offstage if offstage else self.modals

    def stack_of(self, view: View) -> list[View]:
        """The modals this one is among; none once it is closed."""
        stacks = (*self.modals.values(), *self.offstage.values())
        return next((stack for stack in stacks if any(one is view for one in stack)), [])

    def views(self) -> list[View]:
        stacks = (*self.modals.values(), *self.offstage.values())
        return [one for stack in stacks for one in stack] + list(self.homes.values())


@dataclass
class SlackApp:
    """The app as it is configured at Slack: its secrets and what it subscribes to."""

    id: str = "A0KNOWDO"
    name: str = "Knowing-Doing Coach"
    signing_secret: str = "stand-in-signing-secret"
    app_token: str = "xapp-1-A0KNOWDO-1-stand-in"
    verification_token: str = "stand-in-verification"
    events: set[str] = field(
        default_factory=lambda: {
            "agent_session_stopped",
            "app_home_opened",
            "app_mention",
            "app_uninstalled",
            "message.im",
            "tokens_revoked",
        }
    )
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
