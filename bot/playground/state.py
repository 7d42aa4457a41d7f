"""The stand-in's memory, its clock and its ids, and the way to wait for a change without sleeping."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from bot.playground.faults import Faults
from bot.playground.ledger import Call, ResponseUrl, Trigger, Upload
from bot.playground.model import Channel, Clock, Message, NotPossible, Person, SlackApp, View, Workspace
from bot.playground.offstage import is_offstage
from bot.playground.pace import PerChannel


@dataclass
class State:
    """Everything the stand-in knows. `clock` gives seconds since 1970 and dates messages and links; `watch` counts the
    three seconds of a trigger, also while somebody moves the clock.

    `held` names the calls that a `Delayed` fault keeps waiting just now; `drop` resets a client's connection.
    """

    workspaces: list[Workspace]
    app: SlackApp = field(default_factory=SlackApp)
    clock: Clock = time.time
    watch: Clock = time.time
    pace: PerChannel | None = None
    base_url: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    held: list[str] = field(default_factory=list)
    drop: Callable[[tuple[str, int]], None] = lambda client: None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    last_ts: int = 0

    def forget(self, *workspaces: Workspace) -> None:
        """Begin again with these workspaces; no call, link or moment of before counts."""
        self.workspaces, self.last_ts, self.faults = list(workspaces), 0, Faults()
        for kept in (self.calls, self.triggers, self.response_urls, self.uploads, self.tickets, self.held):
            kept.clear()
        self.touch()

    def touch(self) -> None:
        """Wake everyone who waits for a change."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def changed(self) -> asyncio.Event:
        """Set at the next change; a later change has a new event."""
        return self._changed

    def now(self) -> float:
        return self.clock()

    def new_ts(self) -> str:
        """A message's ts: seconds and microseconds, later than any before it."""
        self.last_ts = max(self.last_ts + 1, int(self.now() * 1_000_000))
        seconds, micro = divmod(self.last_ts, 1_000_000)
        return f"{seconds}.{micro:06d}"

    def new_id(self, prefix: str) -> str:
        """An id nothing else has, not even in another run against the same database."""
        return f"{prefix}{next(self._numbers):03d}{secrets.token_hex(4).upper()}"

    def workspace(self, team_id: str) -> Workspace:
        return next(one for one in self.workspaces if one.id == team_id)

    def workspace_of(self, person: Person) -> Workspace:
        return next(one for one in self.workspaces if person in one.people)

    def person(self, name: str) -> Person:
        """The one member of that id, handle or first name in all workspaces."""
        found = [person for one in self.workspaces if (person := one.person(name))]
        if len(found) != 1:
            raise NotPossible(f"{len(found)} people are called {name!r} in these workspaces; say the id of one.")
        return found[0]

    def channel(self, workspace: Workspace, name: str) -> Channel:
        if (channel := workspace.channel(name)) is None:
            there = ", ".join(one.name or one.id for one in workspace.channels)
            raise NotPossible(f"There is no channel {name!r} in {workspace.name}; there are {there}.")
        return channel

    def find_message(self, channel: str, ts: str) -> tuple[Workspace, Channel, Message] | None:
        for workspace in self.workspaces:
            place = workspace.channel(channel)
            if place and (message := place.message(ts)):
                return workspace, place, message
        return None

    def find_view(self, view_id: str) -> tuple[Workspace, View] | None:
        for workspace in self.workspaces:
            for view in workspace.views():
                if view.id == view_id:
                    return workspace, view
        return None

    def new_trigger(self, workspace: Workspace, person: Person, *, view_id: str = "") -> Trigger:
        number = next(self._numbers)
        id = f"{number}.{int(self.now())}.{secrets.token_hex(8)}"
        trigger = Trigger(id, workspace.id, person.id, self.watch(), view_id, offstage=is_offstage())
        self.triggers[trigger.id] = trigger
        return trigger

    def new_response_url(
        self, workspace: Workspace, channel: Channel, person: Person, *, original: Message | None = None
    ) -> str:
        key = secrets.token_urlsafe(12)
        self.response_urls[key] = ResponseUrl(key, workspace.id, channel.id, person.id, self.now(), original)
        return f"{self.base_url}/hooks/{workspace.id}/{key}"
