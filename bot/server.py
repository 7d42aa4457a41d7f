"""The HTTP side: Slack's requests where Slack comes to us, and health in either mode."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import CoachError
from bot.health import Count, Look, routes
from bot.logs import where
from bot.slack_kit.manifest import EVENTS_PATH

log = structlog.get_logger()

LAST_REQUESTS_SECONDS = 3
"""How long requests under way may take once the server stops: as long as Slack waits."""
KEPT_IDLE_SECONDS = 75
"""How long a connection may lie idle: longer than those who call keep theirs (aiohttp 15 s, most proxies 60 s). With
uvicorn's own 5 s we would hang up first, and a request sent over the line just then, such as a command, would be lost.
"""


def web_app(look: Look, count: Count, app: AsyncApp | None = None) -> Starlette:
    """Health, and the app where it is given. Bolt checks the signature of every request and its age."""
    return Starlette(routes=[*routes(look, count), *([_events(app)] if app else [])])


def _events(app: AsyncApp) -> Route:
    handler = AsyncSlackRequestHandler(app)

    async def take(request: Request) -> Response:
        try:
            return await handler.handle(request)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            # No JSON, no UTF-8, a field missing that Slack always sends: Bolt reads before it checks who sent it.
            log.warning("request.unreadable", kind=type(error).__name__, where=where(error))
            return PlainTextResponse("This is not a request of Slack's.", status_code=400)

    return Route(EVENTS_PATH, take, methods=["POST"])


class PortTaken(CoachError):
    """The address cannot be listened on: another program has the port, or the host is not one of this machine."""

    remedy = "Set COACH_PORT to a free port, and COACH_HOST to an address of this machine."


class _Server(uvicorn.Server):
    """Leaves the signals to us: work that a request began goes on after the server has stopped."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(web: Starlette, *, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the end of the block, under the address given; then take nothing new and let the last requests end.

    Raises: PortTaken.
    """
    door = _door(host, port)
    config = uvicorn.Config(
        web,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEPT_IDLE_SECONDS,
        timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[door]), name="server")
    address = "http://{}:{}".format(*door.getsockname())
    log.info("server.listening", address=address)
    try:
        yield address
    finally:
        server.should_exit = True
        await serving


def _door(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as taken:
        raise PortTaken(f"{host}:{port} cannot be listened on.") from taken
    # asyncio forgets it for such a socket, and every second acknowledgement would wait 40 ms for the other side.
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return door
