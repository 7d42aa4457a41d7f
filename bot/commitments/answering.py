"""How it went: kept, not yet, moved, dropped, and why not. The message that asked shows what was answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.commitments import because_blocks as because
from bot.commitments import blocks, keeping, windows
from bot.commitments.model import Because, Commitment
from bot.commitments.reading import Coaching
from bot.delivery.speaker import Spoken
from bot.kernel.ids import UserId
from bot.slack_kit.clicks import Click
from bot.slack_kit.pieces import Piece, message
from bot.teams.workplace import Workplace

log = structlog.get_logger()

OnClick = Callable[[Click], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the buttons under a commitment do."""

    at: Workplace
    coaching: Coaching
    changed: Callable[[str], Awaitable[None]]

    def by_button(self) -> Mapping[str, OnClick]:
        """What each button on an item does, by its action id."""
        return {
            blocks.KEPT: self.kept,
            blocks.NOT_YET: self.not_yet,
            blocks.MOVE: self.ask_when,
            blocks.DROP: self.ask_what_changed,
            because.BECAUSE_YES: self.explained,
            because.BECAUSE_CHOSEN: self.explained,
            because.BECAUSE_UNSAID: self.unsaid,
            because.BECAUSE_OTHER: self.other,
        }

    async def kept(self, click: Click) -> None:
        commitment = await keeping.keep(click.value, UserId(click.user_id), self.at)
        await self._show(click, commitment, blocks.closed_in_words(commitment))

    async def not_yet(self, click: Click) -> None:
        """Before its day is over it just stays open; after that it was missed, and there is one question why."""
        commitment = await keeping.look_at(click.value, UserId(click.user_id), self.at)
        if commitment.is_open and self.at.now() < commitment.due_ends_at:
            await self._show(click, commitment, f"{blocks.what_of(commitment)}\n{blocks.WAITS}")
            return
        commitment = await keeping.miss(click.value, UserId(click.user_id), self.at)
        await self._show(click, commitment, blocks.closed_in_words(commitment))
        await self.at.tell_in_dm(click.user_id, because.ask_why(commitment), mark=f"why:{commitment.id}")

    async def ask_when(self, click: Click) -> None:
        commitment = await self._own(click)
        await self.at.speaker.open_modal(click.trigger_id, windows.move_window(commitment))

    async def ask_what_changed(self, click: Click) -> None:
        commitment = await self._own(click)
        await self.at.speaker.open_modal(click.trigger_id, windows.drop_window(commitment))

    async def explained(self, click: Click) -> None:
        id, _, reason = click.value.partition(" ")
        await self._explain(click, id, Because(reason))

    async def unsaid(self, click: Click) -> None:
        await self._explain(click, click.value, Because.UNSAID)

    async def other(self, click: Click) -> None:
        commitment = await self._own(click)
        await self.replace(click, because.ask_why(commitment))

    async def _explain(self, click: Click, id: str, reason: Because) -> None:
        commitment = await keeping.explain(id, UserId(click.user_id), self.at, reason)
        await self.replace(click, because.after_because(commitment, await self.coaching.remedy(reason)))
        await self.changed(click.user_id)

    async def _own(self, click: Click) -> Commitment:
        """Raises: NotYours, Gone, and AlreadyClosed for what was kept or dropped."""
        return await keeping.own(click.value, UserId(click.user_id), self.at)

    async def _show(self, click: Click, commitment: Commitment, text: str) -> None:
        """The answer in place of the question; the rest of the message stays as it was."""
        await self.changed(click.user_id)
        told = blocks.outcome(commitment, text)
        if click.view_type == "home":
            return  # drawn anew by whoever listens to `changed`
        shown = click.shown.get("blocks")
        if not isinstance(shown, list) or not any(_is_about(one, commitment) for one in shown):
            await self.replace(click, message(text, told))
            return
        at = next(n for n, one in enumerate(shown) if _is_about(one, commitment))
        rest = [one for one in shown if not _is_about(one, commitment)]
        words = str(click.shown.get("text") or text)
        await self.replace(click, {"text": words, "blocks": [*rest[:at], *told, *rest[at:]]})

    async def replace(self, click: Click, shown: Piece) -> None:
        """The message that was clicked, drawn anew; a new one to them alone where that cannot be."""
        if click.response_url and await self.at.speaker.reply_to_url(click.response_url, shown, replace=True):
            return
        if click.channel_id and click.message_ts and not click.is_ephemeral:
            await self.at.speaker.change(Spoken(click.channel_id, click.message_ts), shown)
            return
        await self.at.tell(click, shown)


def _is_about(block: object, commitment: Commitment) -> bool:
    return isinstance(block, dict) and str(block.get("block_id", "")).startswith(f"commitment:{commitment.id}:")
