"""Whether the coach is alive, and whether it can answer: for whoever restarts it and whoever sends it traffic."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.errors import CoachError
from bot.storage.engine import Database

DATABASE_SECONDS = 2.0

Look = Callable[[], Awaitable[Mapping[str, str]]]
"""Gives the state of each part in a word; a coach whose parts are all `ok` is ready."""


Count = Callable[[], Awaitable[Mapping[str, int]]]
"""How many letters there are of each state."""


def routes(look: Look, count: Count) -> list[Route]:
    """/healthz: the process runs. /readyz: 200 once every part is ok, else 503; says which part is not, and no more.

    /outbox: how many letters wait, were sent, failed and so on; 503 without the database.
    """

    async def alive(_request: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    async def ready(_request: Request) -> JSONResponse:
        parts = dict(await look())
        is_ready = set(parts.values()) == {"ok"}
        return JSONResponse({"ready": is_ready, **parts}, status_code=200 if is_ready else 503)

    async def letters(_request: Request) -> JSONResponse:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                return JSONResponse(dict(await count()))
        except (CoachError, TimeoutError):
            return JSONResponse({"database": "away"}, status_code=503)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/outbox", letters)]


async def database_state(database: Database) -> str:
    """`ok` when it answers within two seconds, else `away`."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.read() as connection:
            await connection.execute(sa.select(1))
    except (CoachError, TimeoutError):
        return "away"
    return "ok"
