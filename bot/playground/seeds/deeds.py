"""What people of a story do with the coach, each as they would: type, press, fill in; then wait for what it says."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.blocks import elements_in
from bot.playground.model import Message, View

if TYPE_CHECKING:
    from bot.playground.play import Play
    from bot.playground.slack import Slack

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Story:
    """A story under way: its playground, and the Monday it began on, at midnight where its team lives."""

    play: "Play"
    monday: datetime
    channel: str

    @classmethod
    def begins(cls, play: "Play", channel: str, zone: str) -> "Story":
        local = play.clock.utc().astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(play, local - timedelta(days=local.weekday()), channel)

    async def at(self, week: int, day: int, hour: float) -> None:
        """Time passes until this hour of a day (Monday is 0); what falls due on the way happens."""
        moment = self.monday + timedelta(weeks=week, days=day, hours=hour)
        await self.play.pass_time(moment)

    async def before_the_end(self, by: timedelta) -> None:
        """Time passes until so long before now."""
        await self.play.pass_time(self.play.clock.real() - by)

    async def window(self, who: str, act: Awaitable[object]) -> View:
        """The window that something a person does opens for them."""
        before = self.play.slack.modal_of(who)
        await act

        def opened(slack: "Slack") -> View | None:
            return found if (found := slack.modal_of(who)) is not before else None

        found = await self.play.slack.until(opened, timeout=PATIENCE)
        assert found
        return found

    async def typed(self, who: str, words: str, form: Mapping[str, object] | None = None) -> None:
        """A command, and the window it opens filled in."""
        command = self.play.slack.command(who, words, channel=self.channel)
        if form is None:
            await command
        else:
            await self.play.slack.submit(await self.window(who, command), form)

    async def measures(self, who: str, searched: str, decision: str, **more: object) -> None:
        """A metric from the catalogue: the first that the search offers."""
        slack = self.play.slack
        window = await self.window(who, slack.command(who, "/coach metric", channel=self.channel))
        before = window.hash
        [first, *_] = await slack.suggest(who, window, "metric_template", searched)
        await slack.press(who, window, "metric_template", value=first, block="template")
        await slack.until(lambda _: window.hash != before, timeout=PATIENCE)
        await slack.submit(window, {"decision": decision} | more)

    async def commits(self, who: str, what: str, due: str) -> None:
        await self.typed(who, "/coach commit", {"what": what, "due": due})

    async def says(self, who: str, words: str) -> Message:
        """Something to the coach directly, and what it answers."""
        said = await self.play.slack.dm(who, words)
        return (await self.play.slack.until(lambda s: s.thread_of(said.said), timeout=PATIENCE))[-1]

    async def presses(self, who: str, message: Message, action_id: str) -> None:
        """The first button of that name under a message."""
        found = next((one for block, one in elements_in(message.blocks) if one["action_id"] == action_id), None)
        if found is not None:
            await self.play.slack.press(who, message, action_id, value=found.get("value"))

    async def answers_digest(self, who: str, action_id: str) -> None:
        """Whatever stands first in their latest digest."""
        shown = [one for one in self.play.slack.dm_of(who) if "digest_update" in str(one.blocks)]
        if shown:
            await self.presses(who, shown[-1], action_id)

    async def explains(self, who: str, words: str) -> None:
        """Why something was not done, in their own words; what the coach reads in it is right."""
        await self.presses(who, await self.says(who, words), "because_yes")

    async def asks(self, who: str, words: str) -> Message:
        """In the team's channel."""
        asked = await self.play.slack.mention(who, self.channel, words)
        return (await self.play.slack.until(lambda s: s.thread_of(asked.said), timeout=PATIENCE))[-1]
