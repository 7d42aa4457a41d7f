"""A Slack that costs next to nothing: takes posts after 20 ms, one a second a channel, and counts them by their mark.

`python -m tests.bench.quick_slack` prints its address; GET /counts gives what it saw and forgets it.
"""

import asyncio
import json
import time
from collections import Counter

from aiohttp import web

LATENCY_SECONDS = 0.02
CHANNEL_SECONDS = 1.0


class QuickSlack:
    """`refused` counts 429s; `marks` how often each message came."""

    def __init__(self) -> None:
        self.marks: Counter[str] = Counter()
        self.refused = 0
        self._last: dict[str, float] = {}

    async def post(self, request: web.Request) -> web.Response:
        said = await request.json()
        now, channel = time.monotonic(), said["channel"]
        await asyncio.sleep(LATENCY_SECONDS)
        if now < self._last.get(channel, 0.0) + CHANNEL_SECONDS * 0.98:  # the clocks of two processes
            self.refused += 1
            told = {"ok": False, "error": "ratelimited"}
            return web.json_response(told, status=429, headers={"Retry-After": "1"})
        self._last[channel] = now
        if mark := said.get("metadata", {}).get("event_payload", {}).get("mark"):
            self.marks[mark] += 1
        return web.json_response({"ok": True, "channel": f"D{channel}", "ts": f"{time.time():.6f}"})

    async def who(self, _request: web.Request) -> web.Response:
        me = {"ok": True, "team_id": "T0HARBOR", "user_id": "U0COACH", "bot_id": "B0COACH"}
        return web.json_response(me, headers={"x-oauth-scopes": "chat:write,im:history,im:write"})

    async def anything(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "messages": [], "channel": {"id": "D1"}})

    async def counts(self, _request: web.Request) -> web.Response:
        told = {"different": len(self.marks), "posts": self.marks.total(), "refused": self.refused}
        self.__init__()  # type: ignore[misc]
        return web.Response(text=json.dumps(told))


async def serve() -> None:
    slack = QuickSlack()
    app = web.Application()
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
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    print(f"http://{host}:{port}", flush=True)  # noqa: T201, who started it reads the address here
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
