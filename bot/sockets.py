"""Socket Mode: the coach goes to Slack, and keeps its line open."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.delivery.sending import LOST
from bot.errors import SlackAway
from bot.slack_kit.errors import known_error
from bot.tasks import Tasks

log = structlog.get_logger()

PING_SECONDS = 5.0
LOOK_SECONDS = 10.0
PATIENCE = 6
"""Looks in a row that find the line down before it is laid anew: the SDK's own reconnecting may be stuck.

Source: slackapi/python-slack-sdk#1922; a client that failed once to connect tries the same used-up address for ever.
"""


class Line:
    """The connection to Slack. It mends itself; where that does not help, it is laid anew."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._app_token = app_token
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._down = 0

    def open(self, address: str | None = None) -> None:
        """Begin to connect, for as long as it takes; `address` is a fresh one of Slack's, where there is one."""
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, ping_interval=PING_SECONDS)
        self._handler.client.wss_uri = address
        self._connecting = asyncio.create_task(_connect(self._handler), name="connect")

    async def close(self) -> None:
        """Take nothing more. What Slack has not seen acknowledged it sends again."""
        if self._connecting:
            self._connecting.cancel()
        if self._handler:
            await _close(self._handler)

    async def is_up(self) -> bool:
        return self._handler is not None and await self._handler.client.is_connected()

    async def look_after(self) -> None:
        """One look; to be repeated."""
        self._down = 0 if await self.is_up() else self._down + 1
        if self._down >= PATIENCE:
            log.warning("socket.laid_anew", looks=self._down)
            self._down = 0
            await self.close()
            self.open()


@asynccontextmanager
async def connected(app: AsyncApp, app_token: str, tasks: Tasks) -> AsyncIterator[Line]:
    """A line that is kept open until the end of the block. Raises: TokenRefused, SlackAway and their kin."""
    line = Line(app, app_token)
    line.open(await _address(app, app_token))
    tasks.repeat(line.look_after, every_seconds=LOOK_SECONDS, name="look after the socket")
    try:
        yield line
    finally:
        await line.close()


async def _address(app: AsyncApp, app_token: str) -> str:
    """Where to connect to first. The SDK would ask for ever with a token that Slack refuses."""
    try:
        response = await app.client.apps_connections_open(app_token=app_token)
    except (SlackApiError, *LOST) as error:
        raise known_error(error) or SlackAway("Slack gives no address to connect to.") from error
    return str(response["url"])


async def _connect(handler: AsyncSocketModeHandler) -> None:
    await handler.connect_async()  # type: ignore[no-untyped-call]


async def _close(handler: AsyncSocketModeHandler) -> None:
    await handler.close_async()  # type: ignore[no-untyped-call]
