"""The page's routes: its files, what a person sees as a stream, what a person does, a payload, a file to download.

The page acts as anybody, so only this machine may talk to it: the server listens on loopback, names of other hosts are
refused, and a deed must come as JSON, which no foreign page can send without asking first.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.model import NotPossible
from bot.playground.page.deeds import DEEDS, Deed, do
from bot.playground.page.screen import Looking, screen
from bot.playground.page.side import payload_of
from bot.playground.play import Play

STATIC = Path(__file__).parent / "static"
GATHER_SECONDS = 0.03
"""How long a change waits for others before it is sent: a click causes several."""
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
_DEED = TypeAdapter(Deed)


def page_routes(play: Play) -> list[BaseRoute]:
    """Every address of the page; those under /page/do/ change something and take POST alone."""
    return [
        Route("/", _index),
        Route("/page/screen", partial(_screen, play)),
        Route("/page/do/{verb}", partial(_do, play), methods=["POST"]),
        Route("/page/payload/{line}", partial(_payload, play)),
        Route("/page/log", partial(_log, play)),
        Route("/page/files/{file}", partial(_file, play)),
        Mount("/static", _Unchanged(directory=STATIC)),
    ]


class _Unchanged(StaticFiles):
    """Files the browser asks about each time: after an upgrade no old module stays in its cache."""

    def file_response(self, *args: object, **more: object) -> Response:
        response = super().file_response(*args, **more)  # type: ignore[arg-type]
        response.headers.update(_HEADERS)
        return response


async def _index(_request: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers=_HEADERS)


async def _screen(play: Play, request: Request) -> Response:
    asked = request.query_params
    looking = Looking(asked.get("as", ""), asked.get("at", ""), asked.get("thread", ""))
    return StreamingResponse(
        _changes(play, looking), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _changes(play: Play, looking: Looking) -> AsyncIterator[str]:
    """The screen now, and again whenever it has become another."""
    shown = ""
    while not play.is_over:
        changed = play.slack.state.changed()
        now = json.dumps(screen(play, looking), ensure_ascii=False)
        if now != shown:
            yield f"data: {now}\n\n"
            shown = now
        await changed.wait()
        await asyncio.sleep(GATHER_SECONDS)


async def _do(play: Play, request: Request) -> Response:
    verb = request.path_params["verb"]
    if verb not in DEEDS or request.headers.get("content-type") != "application/json":
        return PlainTextResponse("Nobody can do that here.", status_code=400)
    try:
        deed = _DEED.validate_json(await request.body())
    except ValidationError:
        return PlainTextResponse("Something is missing in what was sent.", status_code=400)
    return JSONResponse(await do(play, verb, deed))


async def _payload(play: Play, request: Request) -> Response:
    try:
        return JSONResponse(payload_of(play.slack, request.path_params["line"]))
    except NotPossible as gone:
        return JSONResponse({"problem": str(gone)}, status_code=404)


async def _log(play: Play, _request: Request) -> Response:
    return JSONResponse(list(play.log.lines))


async def _file(play: Play, request: Request) -> Response:
    upload = play.slack.state.uploads.get(request.path_params["file"])
    if upload is None or upload.content is None:
        return PlainTextResponse("This file is not here.", status_code=404)
    named = f"attachment; filename*=UTF-8''{quote(upload.name)}"
    return Response(upload.content, media_type="application/octet-stream", headers={"Content-Disposition": named})
