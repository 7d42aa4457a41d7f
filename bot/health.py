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


def routes(look: Look) -> list[Route]:
    """/healthz: the process runs. /readyz: 200 once every part is ok, else 503; says which part is not, and no more."""

    async def alive(_request: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    async def ready(_request: Request) -> JSONResponse:
        parts = dict(await look())
        is_ready = set(parts.values()) == {"ok"}
        return JSONResponse({"ready": is_ready, **parts}, status_code=200 if is_ready else 503)

    return [Route("/healthz", alive), Route("/readyz", ready)]


async def database_state(database: Database) -> str:
    """`ok` when it answers within two seconds, else `away`."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.read() as connection:
            await connection.execute(sa.select(1))
    except (CoachError, TimeoutError):
        return "away"
    return "ok"
