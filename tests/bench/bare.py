"""The least an app can do: Bolt and Starlette as their documentation shows them, acknowledging and nothing else.

`python -m tests.bench.bare PORT`.
"""

import logging
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack_kit.manifest import EVENTS_PATH
from tests.bench.quick_slack import SECRET


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0HARBOR", bot_user_id="U0COACH", bot_token="xoxb-bench")


async def on_message() -> None:
    """Bolt has acknowledged it before this runs."""


def app() -> Starlette:
    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize)
    bolt.event("message")(on_message)
    handler = AsyncSlackRequestHandler(bolt)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route(EVENTS_PATH, take, methods=["POST"])])


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    uvicorn.run(app(), port=int(sys.argv[1]), lifespan="off", log_config=None, access_log=False)
