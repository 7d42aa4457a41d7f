"""How a deed reaches the app, and what a test gets to see of it."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.playground import events
from bot.playground.deliveries import Delivery, send
from bot.playground.model import Json, Message, NotPossible, Workspace

if TYPE_CHECKING:
    from bot.playground.slack import Slack


@dataclass
class Done:
    """What a person did: the message, if they said something, and every delivery it caused."""

    message: Message | None = None
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def said(self) -> Message:
        if self.message is None:
            raise NotPossible("Nothing was said: this was a click, a command or an opened tab.")
        return self.message

    @property
    def delivery(self) -> Delivery:
        """The one delivery, where there was exactly one."""
        if len(self.deliveries) != 1:
            raise NotPossible(f"The app was told {len(self.deliveries)} things, not one; look at `deliveries`.")
        return self.deliveries[0]


async def tell(slack: "Slack", workspace: Workspace, told: list[Json], message: Message | None) -> Done:
    """Deliver all events at once, as Slack does: their order of arrival is open."""
    slack.state.touch()
    prepared = [events.as_delivery(slack, workspace, event) for event in told]
    return Done(message, list(await asyncio.gather(*(send(slack, one) for one in prepared))))
