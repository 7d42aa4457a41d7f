"""The stand-in as tests hold it: `async with running(Slack()) as slack: await slack.dm("Mara", "…")`."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import aiohttp

from bot.playground import acting, opening, seeing, talking
from bot.playground.deliveries import Delivery, send
from bot.playground.faults import Faults
from bot.playground.harbor import harbor
from bot.playground.ledger import Call
from bot.playground.model import Clock, SlackApp, Workspace
from bot.playground.pace import PerChannel
from bot.playground.sockets import Sockets
from bot.playground.state import State

T = TypeVar("T")
MOST_RETRIES = 3


class Slack:
    """One or more workspaces with the app installed.

    `bot_url` is where the app takes deliveries over HTTP; None means Socket Mode. It may be set later, since the app
    needs `api_url` first. `clock`: seconds since 1970; `watch`: the same, of a clock nobody moves. `pace`: the rule of
    one message a second, off by default.
    """

    http: aiohttp.ClientSession

    def __init__(
        self,
        *workspaces: Workspace,
        bot_url: str | None = None,
        app: SlackApp | None = None,
        clock: Clock = time.time,
        watch: Clock | None = None,
        pace: PerChannel | None = None,
        ack_seconds: float = 3.0,
    ) -> None:
        self.state = State(list(workspaces) or [harbor()], app or SlackApp(), clock, watch or clock, pace)
        self.sockets = Sockets(self.state)
        self.deliveries: list[Delivery] = []
        self.bot_url = bot_url
        self.ack_seconds = ack_seconds

    # What people do. Each verb is the function of that name; slack is its first argument.
    dm = talking.dm
    say = talking.say
    mention = talking.mention
    reply = talking.reply
    edit = talking.edit
    remove = talking.remove
    join = talking.join
    echo = talking.echo
    open_messages_tab = opening.open_messages_tab
    open_home = opening.open_home
    stop_agent = opening.stop_agent
    uninstall = opening.uninstall
    command = acting.command
    press = acting.press
    suggest = acting.suggest
    submit = acting.submit
    close = acting.close
    shortcut = acting.shortcut

    # What people see.
    messages = seeing.messages
    dm_of = seeing.dm_of
    thread_of = seeing.thread_of
    seen_only_by = seeing.seen_only_by
    home_of = seeing.home_of
    modal_of = seeing.modal_of
    prompts_for = seeing.prompts_for
    status_at = seeing.status_at
    calls_of = seeing.calls_of

    @property
    def api_url(self) -> str:
        return f"{self.state.base_url}/api/"

    @property
    def calls(self) -> list[Call]:
        return self.state.calls

    @property
    def faults(self) -> Faults:
        return self.state.faults

    @property
    def bot_token(self) -> str:
        return self.state.workspaces[0].installation.bot_token

    @property
    def app_token(self) -> str:
        return self.state.app.app_token

    @property
    def signing_secret(self) -> str:
        return self.state.app.signing_secret

    def forget(self, *workspaces: Workspace) -> None:
        """Begin again with these workspaces, as if nothing had been said."""
        self.deliveries.clear()
        self.state.forget(*workspaces)

    def grant(self, *scopes: str, team_id: str = "") -> None:
        self._workspace(team_id).installation.scopes.update(scopes)

    def withdraw(self, *scopes: str, team_id: str = "") -> None:
        self._workspace(team_id).installation.scopes.difference_update(scopes)

    def subscribe(self, *events: str) -> None:
        """Subscribe the app to more events, such as message.channels (which needs channels:history too)."""
        self.state.app.events.update(events)

    async def deliver_again(
        self,
        delivery: Delivery,
        *,
        retry_num: int = 1,
        reason: str = "http_timeout",
        secret: str | None = None,
        age_seconds: int = 0,
    ) -> Delivery:
        """The very same payload once more, as Slack repeats it; `secret` and `age_seconds` forge the signature."""
        again = replace(delivery, retry_num=retry_num, retry_reason=reason, status=None, answer="", failure="")
        return await send(self, again, secret=secret, age_seconds=age_seconds)

    def missed(self) -> list[Delivery]:
        """Events the app has not acknowledged yet and may still be told of: Slack tries four times in all.

        Source: docs.slack.dev/apis/events-api (retries).
        """
        last = {one.payload["event_id"]: one for one in self.deliveries if one.kind == "events_api"}
        return [one for one in last.values() if one.failure and one.retry_num < MOST_RETRIES]

    async def verify_url(self) -> Delivery:
        """The challenge Slack sends when a request URL is entered."""
        token = self.state.app.verification_token
        payload = {"token": token, "challenge": "3eZbrw1aBm2rZgRNFdxV", "type": "url_verification"}
        return await send(self, Delivery("events_api", payload, self.state.workspaces[0].id))

    async def until(self, condition: "Callable[[Slack], T]", timeout: float = 5.0) -> T:  # noqa: ASYNC109, the word tests read best
        """Wait for a condition to hold, and give what it gave; looks again at every call and change.

        Raises: TimeoutError after `timeout` seconds, with what did happen.
        """
        try:
            async with asyncio.timeout(timeout):
                while not (found := condition(self)):
                    await self.state.changed().wait()
                return found
        except TimeoutError:
            raise TimeoutError(
                f"Not within {timeout} s. Calls: {self._called()}. Deliveries: {self._told()}."
            ) from None

    def _called(self) -> str:
        return ", ".join(f"{one.method} {one.error or one.status}" for one in self.calls) or "none"

    def _told(self) -> str:
        return ", ".join(f"{one.kind} {one.failure or one.status or 'unanswered'}" for one in self.deliveries) or "none"

    def _workspace(self, team_id: str) -> Workspace:
        return self.state.workspace(team_id) if team_id else self.state.workspaces[0]
