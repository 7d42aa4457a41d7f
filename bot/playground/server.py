"""Serve the stand-in on a free loopback port, inside the process that tests it."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.playground.app import web_app
from bot.playground.slack import Slack
from bot.server import KEPT_IDLE_SECONDS

_RESET_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, 0 seconds


@asynccontextmanager
async def running(slack: Slack, *, port: int = 0, beside: Sequence[BaseRoute] = ()) -> AsyncIterator[Slack]:
    """The stand-in at work; `slack.api_url` is known inside. Port 0 takes a free one. `beside` are further routes.

    Raises: OSError where the port is taken.
    """
    app = web_app(slack.state, slack.sockets)
    app.router.routes.extend(beside)
    async with serving(app, port=port) as served, aiohttp.ClientSession() as slack.http:
        slack.state.base_url, slack.state.drop = served.url, served.drop
        yield slack


@asynccontextmanager
async def serving(app: ASGIApp, *, port: int = 0) -> AsyncIterator["Served"]:
    """Any ASGI application under uvicorn on loopback, the coach's own too; ends at once, calls under way included.

    uvicorn's signal handlers and main loop stay out: they belong to a process of its own.
    """
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        ws_ping_interval=None,
        timeout_keep_alive=KEPT_IDLE_SECONDS,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        yield Served(server, "http://{}:{}".format(*listening.getsockname()))
    finally:
        await _stop(server)


class Served:
    """A running server: its address, and the way to cut a client's line."""

    def __init__(self, server: uvicorn.Server, url: str) -> None:
        self._server = server
        self.url = url

    def drop(self, client: tuple[str, int]) -> None:
        """Reset the connection of a client: it sees ECONNRESET, not an orderly end."""
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == client:
                line = connection.transport.get_extra_info("socket")
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
                connection.transport.abort()


async def _stop(server: uvicorn.Server) -> None:
    for listener in server.servers:
        listener.close()
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    tasks = list(server.server_state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
