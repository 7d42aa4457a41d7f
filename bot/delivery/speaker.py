"""The one way out to Slack. What goes through here keeps Slack's limits, or goes as plain text; it is never lost."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery.sending import LOST, MaybeSent, Pause, Response, code_of, sent, sent_once, sent_or_left
from bot.slack_kit import tone
from bot.slack_kit.bounded import given
from bot.slack_kit.charts import without_charts
from bot.slack_kit.limits import problems_in_message
from bot.slack_kit.pieces import Piece
from bot.slack_kit.reading import part

log = structlog.get_logger()
T = TypeVar("T")

STATUS_SECONDS = 2.0
"""How long an answer waits for "is looking it up …" to appear before it."""
STATUSES_AT_ONCE = 20
CLOCK_SKEW = timedelta(seconds=60)
PAGES = 50
"""Of a conversation, read at most in search of a message; Slack may give as few as 15 messages a page."""
MARK = "mark:"
NOT_DRAWN = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where words go: a channel or DM, or a thread in it."""

    channel_id: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message that stands in Slack."""

    channel_id: str
    ts: str


class Speaker:
    """Speaks for the coach in one workspace."""

    def __init__(self, client: AsyncWebClient, http: aiohttp.ClientSession, *, pause: Pause = asyncio.sleep) -> None:
        self._client = client
        self._http = http
        self._pause = pause
        self._direct: dict[str, Place] = {}
        self._statuses = asyncio.Semaphore(STATUSES_AT_ONCE)

    async def dm(self, user_id: str) -> Place:
        """A person's conversation with the coach, opened if need be. Slack gives the same one each time, so it is kept.

        Raises: SlackApiError, SlackAway, TooMany.
        """
        if user_id not in self._direct:
            response = await sent(partial(self._call, "conversations.open", {"users": user_id}), pause=self._pause)
            channel = response["channel"]
            assert isinstance(channel, dict)
            self._direct[user_id] = Place(str(channel["id"]))
        return self._direct[user_id]

    async def say(self, place: Place, message: Piece, *, mark: str, since: datetime) -> Spoken:
        """Post once. `mark` is an id the message carries and is found by after a broken connection, back to `since`.

        Raises: SlackApiError for a definite refusal; MaybeSent; TooMany, SlackAway.
        """

        async def post(drawn: Piece) -> Response:
            text = None if drawn.get("blocks") else str(drawn["text"])
            find = partial(self.find, place, mark=mark, since=since, text=text)
            return await sent_once(partial(self._post, place, drawn), find=find, pause=self._pause)

        return await _drawn_with_its_mark(post, message, mark)

    async def say_unsurely(self, place: Place, message: Piece, *, mark: str) -> Spoken:
        """Post in one attempt. Whoever calls this looks for the mark before another.

        Raises: SlackApiError, also for a refusal that is not definite; what a broken connection raises (`LOST`).
        """
        return await _drawn_with_its_mark(partial(self._post, place), message, mark)

    async def find(self, place: Place, *, mark: str, since: datetime, text: str | None = None) -> Response | None:
        """The message that carries the mark, or has this very text and no mark, if it stands there.

        Raises: MaybeSent where the coach may not look.
        """
        try:
            found = await sent(partial(self._found, place, mark, since, text), pause=self._pause)
        except SlackApiError as refusal:
            raise MaybeSent(f"Reading the conversation was answered with {code_of(refusal)}.") from refusal
        return found or None

    async def look(self, place: Place, *, mark: str, since: datetime, text: str | None = None) -> Spoken | None:
        """Like `find`, in one attempt. Raises: SlackApiError; what a broken connection raises (`LOST`)."""
        found = await self._found(place, mark, since, text)
        return Spoken(str(found["channel"]), str(found["ts"])) if found else None

    async def _found(self, place: Place, mark: str, since: datetime, text: str | None) -> Response:
        window = {"channel": place.channel_id, "oldest": str((since - CLOCK_SKEW).timestamp()), "limit": 200}
        thread = {"ts": place.thread_ts} if place.thread_ts else {}
        method = "conversations.replies" if thread else "conversations.history"
        arguments = window | thread | {"include_all_metadata": 1}
        for _ in range(PAGES):
            answer = await self._read(method, arguments)
            if found := next((one for one in _messages(answer) if _carries(one, mark, text)), None):
                return {"channel": place.channel_id, "ts": found["ts"]}
            if not (cursor := part(answer, "response_metadata").get("next_cursor")):
                break
            arguments = arguments | {"cursor": cursor}
        return {}

    async def _post(self, place: Place, drawn: Piece) -> Response:
        return await self._call("chat.postMessage", _somewhere(place) | drawn)

    async def change(self, spoken: Spoken, message: Piece) -> None:
        """Draw a message anew (chat.update)."""
        where = {"channel": spoken.channel_id, "ts": spoken.ts}

        async def update(drawn: Piece) -> Response:
            return await sent(partial(self._call, "chat.update", where | drawn), pause=self._pause)

        await _drawn(message, spoken.ts, update)

    async def whisper(self, place: Place, user_id: str, message: Piece) -> None:
        """Say something in a channel that one person alone sees (chat.postEphemeral)."""
        where = _somewhere(place) | {"user": user_id}

        async def post(drawn: Piece) -> None:
            await sent_or_left(partial(self._call, "chat.postEphemeral", where | drawn), pause=self._pause)

        await _drawn(message, user_id, post)

    async def reply_to_url(self, url: str, message: Piece, *, replace: bool = False, in_channel: bool = False) -> bool:
        """Answer a command or a click where it happened. False when the link is used up or over 30 minutes old.

        Source: docs.slack.dev/interactivity/handling-user-interaction.
        """
        kind = "in_channel" if in_channel else "ephemeral"
        how = {"response_type": kind, "replace_original": replace}
        try:
            return await self._drawn_at(url, how, message)
        except LOST as lost:
            log.warning("response_url.connection_lost", kind=type(lost).__name__)
            return True  # it may have arrived; a double would be worse

    async def _drawn_at(self, url: str, how: Piece, message: Piece) -> bool:
        for drawn in _ways(message, str(how["response_type"])):
            async with self._http.post(url, json=how | drawn) as response:
                said = await response.text()
            if not any(code in said for code in NOT_DRAWN):
                return response.status == 200
            log.error("message.not_drawn", mark=how["response_type"], code=response.status)
        return False

    async def show_status(self, place: Place, status: str) -> None:
        """ "is looking it up …" below a message. What goes wrong here does not matter, and a burst goes without."""
        if self._statuses.locked():
            return
        arguments = {"channel_id": place.channel_id, "thread_ts": place.thread_ts, "status": status}
        try:
            async with self._statuses, asyncio.timeout(STATUS_SECONDS):
                await self._call("assistant.threads.setStatus", arguments)
        except (SlackApiError, *LOST) as failed:
            log.debug("status.not_shown", kind=type(failed).__name__)

    async def suggest(self, channel_id: str, prompts: Sequence[Mapping[str, str]]) -> None:
        """First questions in the Messages tab. Without thread_ts: with it the call fails in silence under agent_view.

        Source: docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts.
        """
        arguments = {"channel_id": channel_id, "prompts": [dict(one) for one in prompts]}
        await sent(partial(self._call, "assistant.threads.setSuggestedPrompts", arguments), pause=self._pause)

    async def look_up(self, method: str, arguments: Mapping[str, object]) -> Response:
        """Ask Slack something that changes nothing. Raises: SlackApiError for a refusal; TooMany, SlackAway."""
        return await sent(partial(self._read, method, arguments), pause=self._pause)

    async def call_once(self, method: str, arguments: Mapping[str, object]) -> None:
        """A call that must not take effect twice, where nobody can look. Raises: SlackApiError, SlackAway, TooMany."""
        await sent_or_left(partial(self._call, method, arguments), pause=self._pause)

    async def put(self, url: str, content: bytes) -> bool:
        """Put bytes where Slack asked for them; whether it took them."""
        async with self._http.post(url, data=content) as response:
            return response.status == 200

    async def change_view(self, view_id: str, view: Piece) -> None:
        """Draw an open window anew (views.update). Raises: SlackApiError, SlackAway, TooMany."""
        arguments = {"view_id": view_id, "view": tone.gentle(view)}
        await sent(partial(self._call, "views.update", arguments), pause=self._pause)

    async def push_modal(self, trigger_id: str, view: Piece) -> None:
        """Lay another window on an open one; three at most. Raises: SlackApiError."""
        await self._call("views.push", {"trigger_id": trigger_id, "view": tone.gentle(view)})

    async def publish_home(self, user_id: str, view: Piece, *, unless_newer_than: str = "") -> None:
        """Draw somebody's Home tab (views.publish). Raises: SlackApiError with hash_conflict where a newer one is."""
        arguments = given({"user_id": user_id, "view": tone.gentle(view)}, hash=unless_newer_than or None)
        await sent(partial(self._call, "views.publish", arguments), pause=self._pause)

    async def open_modal(self, trigger_id: str, view: Piece) -> None:
        """At once: a trigger lives three seconds and opens one window. Raises: SlackApiError."""
        await self._call("views.open", {"trigger_id": trigger_id, "view": tone.gentle(view)})

    async def _call(self, method: str, arguments: Mapping[str, object]) -> Response:
        response = await self._client.api_call(method, json=dict(arguments))
        return _said(response)

    async def _read(self, method: str, arguments: Mapping[str, object]) -> Response:
        # These take no JSON.
        return _said(await self._client.api_call(method, http_verb="GET", params=dict(arguments)))


async def _drawn_with_its_mark(post: Callable[[Piece], Awaitable[Response]], message: Piece, mark: str) -> Spoken:
    response = await _drawn(message, mark, lambda drawn: post(_marked(drawn, mark)))
    return Spoken(str(response["channel"]), str(response["ts"]))


def _said(response: AsyncSlackResponse) -> Response:
    return response.data if isinstance(response.data, dict) else {}


def _somewhere(place: Place) -> Piece:
    return given({"channel": place.channel_id}, thread_ts=place.thread_ts)


async def _drawn(message: Piece, mark: str, post: Callable[[Piece], Awaitable[T]]) -> T:
    """Post a message in the best way Slack takes. Raises: what `post` raises, but for blocks Slack does not draw."""
    *ways, plainest = _ways(message, mark)
    for drawn in ways:
        try:
            return await post(drawn)
        except SlackApiError as refusal:
            if code_of(refusal) not in NOT_DRAWN:
                raise
            log.error("message.not_drawn", mark=mark, code=code_of(refusal))
    return await post(plainest)


def _ways(said: Piece, mark: str) -> list[Piece]:
    """The message, without its charts, its text alone: an answer is never lost to its looks."""
    message = tone.gentle(said, at=mark)
    text = {"text": message["text"]}
    if problems := problems_in_message(message):
        log.error("message.not_drawable", mark=mark, problems=problems[:5])
        return [text]
    plainer = without_charts(message)
    return [message, *([plainer] if plainer else []), text]


def _marked(message: Piece, mark: str) -> Piece:
    # Twice: metadata is read back only with metadata.message:read, which the coach does not ask for.
    metadata = {"event_type": "coach_message", "event_payload": {"mark": mark}}
    blocks = message.get("blocks")
    if isinstance(blocks, list) and blocks:
        return message | {"metadata": metadata, "blocks": [blocks[0] | {"block_id": _block_id(mark)}, *blocks[1:]]}
    return message | {"metadata": metadata}


def _carries(message: Mapping[str, object], mark: str, text: str | None) -> bool:
    drawn, metadata = message.get("blocks"), part(message, "metadata", "event_payload")
    ids = [one.get("block_id") for one in drawn if isinstance(one, Mapping)] if isinstance(drawn, list) else []
    if metadata.get("mark") == mark or _block_id(mark) in ids:
        return True
    is_marked = bool(metadata.get("mark")) or any(str(id).startswith(MARK) for id in ids)
    return text is not None and not is_marked and message.get("text") == text and bool(message.get("bot_id"))


def _messages(answer: Response) -> list[Mapping[str, object]]:
    messages = answer.get("messages")
    return [one for one in messages if isinstance(one, Mapping)] if isinstance(messages, list) else []


def _block_id(mark: str) -> str:
    return f"{MARK}{mark}"
