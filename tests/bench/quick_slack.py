"""A Slack that costs next to nothing: takes posts after 20 ms, one a second a channel, and counts them by their mark.

It counts what goes to people; an answer in a conversation (D…) is none of what is measured.
`python -m tests.bench.quick_slack` says its address; GET /counts gives what it saw and forgets it.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

SECRET = "bench"
LATENCY_SECONDS = 0.02
CHANNEL_SECONDS = 1.0
LENIENCE_SECONDS = 0.01
"""Clocks of two processes and a database are compared."""


@dataclass
class Seen:
    """`refused`: posts answered with 429; `marks`: how often each message came."""

    marks: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    last: dict[str, float] = field(default_factory=dict)


class QuickSlack:
    """The four routes of it."""

    def __init__(self) -> None:
        self._seen = Seen()

    async def post(self, request: web.Request) -> web.Response:
        said = await request.json()
        now, channel = time.monotonic(), said["channel"]
        is_letter = channel.startswith("U")
        if is_letter and now < self._seen.last.get(channel, 0.0) + CHANNEL_SECONDS - LENIENCE_SECONDS:
            self._seen.refused += 1
            refusal = {"ok": False, "error": "ratelimited"}
            return web.json_response(refusal, status=429, headers={"Retry-After": "1"})
        self._seen.last[channel] = now
        await asyncio.sleep(LATENCY_SECONDS)
        if is_letter:
            self._seen.marks[said["metadata"]["event_payload"]["mark"]] += 1
        return web.json_response({"ok": True, "channel": channel, "ts": f"{time.time():.6f}"})

    async def who(self, _request: web.Request) -> web.Response:
        me = {"ok": True, "team_id": "T0HARBOR", "user_id": "U0COACH", "bot_id": "B0COACH"}
        return web.json_response(me, headers={"x-oauth-scopes": "chat:write,im:history,im:write"})

    async def anything(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "messages": [], "channel": {"id": "D1"}})

    async def counts(self, _request: web.Request) -> web.Response:
        seen, self._seen = self._seen, Seen()
        told = {
            "letters": len(seen.marks),
            "posts": seen.marks.total(),
            "refused": seen.refused,
        }
        return web.json_response(told)


async def serve() -> None:
    slack, app = QuickSlack(), web.Application()
    app.add_routes(
        [
            web.post("/api/chat.postMessage", slack.post),
            web.post("/api/auth.test", slack.who),
            web.get("/counts", slack.counts),
            web.route("*", "/api/{method}", slack.anything),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("http://{}:{}".format(*runner.addresses[0][:2]), flush=True)  # noqa: T201, who started it reads it here
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
