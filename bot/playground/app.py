"""The routes of the stand-in: the Web API, response_urls, uploads, and the Socket Mode link."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import assert_never

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from bot.playground import web_api
from bot.playground.faults import Delayed, ErrorCode, Fault, RateLimited, ResetAfterAccepting, ServerError, Slow
from bot.playground.ledger import Call
from bot.playground.methods import METHODS
from bot.playground.model import Json
from bot.playground.refusals import Refused, ratelimited
from bot.playground.response_urls import answer_to_url
from bot.playground.sockets import Sockets
from bot.playground.state import State


@dataclass
class Reply:
    body: Json | str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = ""


def web_app(state: State, sockets: Sockets) -> Starlette:
    """The stand-in as a web application."""
    return Starlette(
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        routes=[
            Route("/api/{method}", partial(_web_api, state), methods=["GET", "POST"]),
            Route("/hooks/{team}/{key}", partial(_response_url, state), methods=["POST"]),
            Route("/upload/{file}", partial(_upload, state), methods=["POST"]),
            WebSocketRoute("/link", sockets.link),
        ],
    )


async def _web_api(state: State, request: Request) -> Response:
    name = request.path_params["method"]
    try:
        arguments = await web_api.arguments_of(request)
    except Refused as refusal:
        return _response(_refused(refusal))
    token = web_api.token_of(request, arguments)
    team = next((one.id for one in state.workspaces if one.installation.bot_token == token), "")

    def work() -> Reply:
        return Reply(web_api.answer(state, METHODS, name, token, arguments))

    response = await _answered(state, request, _Task(name, team, arguments, work))
    response.headers.update(web_api.scope_headers(state, token))
    return response


async def _response_url(state: State, request: Request) -> Response:
    payload = json.loads(await request.body())
    team, key = request.path_params["team"], request.path_params["key"]

    def work() -> Reply:
        answer_to_url(state, key, payload)
        return Reply("ok")

    return await _answered(state, request, _Task("response_url", team, payload, work))


async def _upload(state: State, request: Request) -> Response:
    content, upload = await request.body(), state.uploads.get(request.path_params["file"])

    def work() -> Reply:
        if upload is None or len(content) != upload.length:
            return Reply("the upload is unknown or not of the length announced", status=400, error="bad_upload")
        upload.content = content
        return Reply(f"OK - {len(content)}")

    team = upload.team_id if upload else ""
    return await _answered(state, request, _Task("upload", team, {"bytes": len(content)}, work))


@dataclass(frozen=True)
class _Task:
    name: str
    team_id: str
    arguments: Json
    work: Callable[[], Reply]


async def _answered(state: State, request: Request, task: _Task) -> Response:
    """Do the task under the fault that is ordered for it, if any, and remember the call."""
    fault = state.faults.take(task.name)
    if isinstance(fault, Delayed | Slow) and not fault.accepted:
        await _hold(state, task.name, fault)
    reply = _instead(fault) or _done(task)
    dropped = isinstance(fault, ResetAfterAccepting)
    status = 0 if dropped else reply.status
    state.calls.append(Call(task.name, task.team_id, task.arguments, status, reply.error, state.now()))
    state.touch()
    if isinstance(fault, Delayed | Slow) and fault.accepted:
        await _hold(state, task.name, fault)
    if dropped and request.client:
        state.drop((request.client.host, request.client.port))
    return _response(reply)


async def _hold(state: State, name: str, fault: Delayed | Slow) -> None:
    state.held.append(name)
    state.touch()
    await (asyncio.sleep(fault.seconds) if isinstance(fault, Slow) else fault.until.wait())
    state.held.remove(name)


def _instead(fault: Fault | None) -> Reply | None:
    """What a fault answers before anything is accepted."""
    match fault:
        case RateLimited(seconds):
            return _refused(ratelimited(seconds))
        case ServerError(status):
            return Reply("Internal Server Error", status=status, error="http_error")
        case ErrorCode(error):
            return _refused(Refused(error))
        case ResetAfterAccepting() | Delayed() | Slow() | None:
            return None
        case _:
            assert_never(fault)


def _done(task: _Task) -> Reply:
    try:
        return task.work()
    except Refused as refusal:
        return _refused(refusal)


def _refused(refusal: Refused) -> Reply:
    return Reply(refusal.body, refusal.status, refusal.headers, refusal.error)


def _response(reply: Reply) -> Response:
    if isinstance(reply.body, str):
        return PlainTextResponse(reply.body, reply.status, reply.headers)
    return JSONResponse(reply.body, reply.status, reply.headers)
