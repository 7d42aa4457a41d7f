"""One workspace as every feature sees it, and the manners all of them share: acknowledge, work, say what went wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.delivery.speaker import Place, Speaker
from bot.errors import FormRefused
from bot.kernel.ids import UserId, WorkspaceId
from bot.slack_kit import tone
from bot.slack_kit.clicks import Chosen, Click, Sent, Typed, click_in, sent_in
from bot.slack_kit.errors import sentence_for
from bot.slack_kit.pieces import Piece, note, notice
from bot.storage.engine import Database
from bot.tasks import Tasks
from bot.teams.model import Person, Staff
from bot.teams.people import People

Came = Typed | Click | Chosen
Work = Callable[[], Awaitable[object]]
OnClick = Callable[[Click], Awaitable[object]]
Listener = Callable[..., Awaitable[None]]
"""What Bolt calls."""
File = Callable[[Sent], Awaitable[Piece | None]]
"""Takes a form that was sent off. Gives the view to show instead, or None to close it. Raises FormRefused."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What listeners need beside their own flow."""

    workspace_id: WorkspaceId
    bot_user_id: UserId
    scopes: frozenset[str]
    database: Database
    speaker: Speaker
    people: People
    staff: Staff
    tasks: Tasks
    now: Callable[[], datetime]
    floor: int = 5
    """People and events below which no figure is shown (settings.py)."""

    async def person(self, user_id: str) -> Person:
        """Raises: what the database raises."""
        return await self.people.person(user_id, self.now())

    def start(self, came: Came, work: Work, *, name: str) -> None:
        """Do the work of a command or click as a tracked task; what goes wrong is told to who caused it."""
        self.tasks.start(partial(self._done, came, work), name=name)

    async def tell(self, came: Came, said: Piece) -> None:
        """A word to them alone: where they wrote, clicked or typed if Slack lets us, else in their direct messages.

        Raises: what Slack raises.
        """
        if came.response_url and await self.speaker.reply_to_url(came.response_url, said):
            return
        if came.channel_id and not came.channel_id.startswith("D"):
            try:
                thread = came.thread_ts if isinstance(came, Click) else None
                await self.speaker.whisper(Place(came.channel_id, thread), came.user_id, said)
            except SlackApiError:
                pass  # not in that channel, or it is gone: the direct messages are left
            else:
                return
        mark = f"told:{came.user_id}:{self.now().isoformat()}"
        await self.tell_in_dm(came.user_id, said, mark=mark)

    async def tell_in_dm(self, user_id: str, said: Piece, *, mark: str) -> None:
        """A direct message that answers what they just did. Raises: what Slack raises."""
        await self.speaker.say(await self.speaker.dm(user_id), said, mark=mark, since=self.now())

    def on_click(self, work: OnClick) -> Listener:
        """A listener for a button, select or menu: acknowledged at once, the work follows as a tracked task."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            if click := click_in(body):
                self.start(click, partial(work, click), name=click.action_id)

        return listener

    def on_form(self, work: File) -> Listener:
        """A listener for a modal that is sent off."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            await self.file(ack, body, work)

        return listener

    async def file(self, ack: AsyncAck, body: dict[str, Any], work: File) -> None:
        """Take a form within Slack's three seconds: errors stand beside their fields, anything else in the window."""
        sent = sent_in(body)
        if sent is None:
            await ack()
            return
        try:
            shown = await work(sent)
        except FormRefused as refused:
            await ack(response_action="errors", errors={one.field: one.sentence for one in refused.wrong})
        except Exception as error:  # noqa: BLE001, whatever it is, who sent the form hears of it
            await ack(response_action="update", view=notice("That did not work", sentence_for(error).text))
        else:
            await (ack(response_action="update", view=tone.gentle(shown)) if shown else ack())

    async def _done(self, came: Came, work: Work) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001, whatever it is, who asked hears of it
            await self.tell(came, note(sentence_for(error).text))


@dataclass(frozen=True, slots=True)
class Command:
    """A word after /coach: what it does, in one line for the help, and who takes it.

    With `takes_words` false the word stands alone; with more behind it, it begins a question.
    """

    usage: str
    about: str
    handle: Callable[[Typed], Awaitable[None]]
    takes_words: bool = False

    @property
    def word(self) -> str:
        return self.usage.split()[0]
