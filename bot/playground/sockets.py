"""Socket Mode: the WebSocket an app holds open, the envelopes sent over it, and its acknowledgements."""

import asyncio
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.model import DeliveryKind, Json
from bot.playground.state import State

MOST_CONNECTIONS = 10


@dataclass
class Sockets:
    """The open connections of the app. One envelope goes to one of them, in turn.

    Source: docs.slack.dev/apis/events-api/using-socket-mode.
    """

    state: State
    open: list[WebSocket] = field(default_factory=list)
    acks: list[Json] = field(default_factory=list)
    _waiting: dict[str, tuple[WebSocket, asyncio.Future[Json | None]]] = field(default_factory=dict)

    @property
    def connected(self) -> bool:
        return bool(self.open)

    async def link(self, socket: WebSocket) -> None:
        """One connection from its ticket to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self.state.tickets:
            await socket.close(code=4001, reason="the ticket is unknown or used")
            return
        self.state.tickets.discard(ticket)
        await socket.accept()
        if len(self.open) >= MOST_CONNECTIONS:
            await socket.send_json(self._farewell("too_many_websockets"))
            return
        self.open.append(socket)
        await socket.send_json(self._hello())
        self.state.touch()
        try:
            while True:
                self._take(await socket.receive_json())
        except WebSocketDisconnect:
            self._forget(socket)

    async def send(self, kind: DeliveryKind, payload: Json, *, retry: tuple[int, str], seconds: float) -> Json | None:
        """One envelope to one connection; its acknowledgement, or None when the connection ended first.

        Waits for a connection when there is none. Raises: TimeoutError after `seconds`.
        """
        async with asyncio.timeout(seconds):
            while not self.open:
                await self.state.changed().wait()
            self.open.append(socket := self.open.pop(0))
            envelope_id = self.state.new_id("Env")
            answered: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
            self._waiting[envelope_id] = (socket, answered)
            try:
                await socket.send_json(_envelope(envelope_id, kind, payload, retry))
                return await answered
            except WebSocketDisconnect:
                return None
            finally:
                del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to leave (warning, refresh_requested, link_disabled); new ones are welcome."""
        leaving, self.open = self.open, []
        for socket in leaving:
            await socket.send_json(self._farewell(reason))

    def break_off(self) -> None:
        """Reset every connection without a word, as a network does."""
        for socket in list(self.open):
            if socket.client:
                self.state.drop((socket.client.host, socket.client.port))

    def _take(self, sent: Json) -> None:
        self.acks.append(sent)
        _, answered = self._waiting.get(sent.get("envelope_id", ""), (None, None))
        if answered and not answered.done():
            answered.set_result(sent)
        self.state.touch()

    def _forget(self, socket: WebSocket) -> None:
        if socket in self.open:
            self.open.remove(socket)
        for owner, answered in self._waiting.values():
            if owner is socket and not answered.done():
                answered.set_result(None)
        self.state.touch()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "stand-in", "approximate_connection_time": 3600},
            "connection_info": {"app_id": self.state.app.id},
        }

    def _farewell(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}


def _envelope(envelope_id: str, kind: DeliveryKind, payload: Json, retry: tuple[int, str]) -> Json:
    envelope = {
        "envelope_id": envelope_id,
        "type": kind,
        "accepts_response_payload": kind != "events_api",
        "payload": payload,
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
    return envelope
