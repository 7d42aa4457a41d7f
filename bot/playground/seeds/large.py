"""An organisation of forty teams through nine weeks: for its page, on which no team is named."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.nudges.blocks import LISTEN_NO, LISTEN_YES, UNDERSTAND_NO, UNDERSTAND_YES
from bot.playground.blocks import elements_in
from bot.playground.seeds.crowd import Crew, crews, organisation
from bot.playground.seeds.deeds import Story
from bot.playground.seeds.seed import Seed

if TYPE_CHECKING:
    from bot.playground.play import Play

TEAMS = 40
WEEKS = 9.0
TUE, WED, THU = 1, 2, 3
AT_ONCE = 8
"""Teams that act at the same time: each waits for the coach, and all of them sooner than it takes Slack to give up."""
PROMISES = (
    "Ask one open question in our channel",
    "Answer two questions in our channel",
    "Thank somebody who answered in the open",
    "Write down what customers ask first",
    "Show a colleague how to follow a thread",
)
MEASURES = (
    ("answered within 24", "Whether two people take turns in the channel.", "answered {} %"),
    ("first reply", "Whether the early shift starts with the channel.", "first reply {}"),
)

Deed = Callable[["Side"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Side:
    """One team's side of the story; `place` is its number, and decides what it does."""

    tale: Story
    team: Crew
    place: int

    @property
    def joins_in(self) -> int:
        """The week in which its lead sets it up: half of them at once, the others as word goes round."""
        return (0, 3, 0, 6)[self.place % 4]

    @property
    def measures(self) -> bool:
        return self.joins_in == 0 or self.place % 3 > 0

    @property
    def reads(self) -> bool:
        """Whether its metric is alive at the end."""
        return self.measures and self.place % 10 not in (4, 9)

    @property
    def words(self) -> tuple[str, str, str]:
        return MEASURES[self.place % len(MEASURES)]


async def story(play: "Play", teams: Sequence[Crew]) -> None:
    """Eight weeks of a workspace with many teams, of which some never define, read or report."""
    tale = Story.begins(play, "general", "Europe/London")
    sides = [Side(replace(tale, channel=team.channel), team, place) for place, team in enumerate(teams)]
    for week in (0, 3, 6):
        await tale.at(week, TUE, 9)
        await _each(_sets_up, (one for one in sides if one.joins_in == week))
        await _each(_defines, (one for one in sides if one.joins_in == week and one.measures))
    await tale.at(7, THU, 12)
    await _each(_answers_pulse, sides)
    await _each(_promises, sides)
    await tale.before_the_end(timedelta(hours=20))
    await _each(_keeps, sides)
    await _each(_reads, (one for one in sides if one.reads))
    await _each(_opens_report, (one for one in sides if one.place % 5 < 2))


async def _each(deed: Deed, sides: Iterable[Side]) -> None:
    """In every one of these teams, some at the same time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def done(side: Side) -> None:
        async with gate:
            await deed(side)

    await asyncio.gather(*map(done, sides))


async def _sets_up(side: Side) -> None:
    team = side.team
    form = {"name": team.name, "leads": [team.lead], "members": list(team.others), "day": "0", "hour": "10:00"}
    await side.tale.typed(team.lead, "/coach team", form)


async def _defines(side: Side) -> None:
    searched, decision, _ = side.words
    await side.tale.measures(side.team.lead, searched, decision)


async def _answers_pulse(side: Side) -> None:
    """Nearly all say that they understand; a third have a routine for listening."""
    lead = side.team.lead
    asked = [one for one in side.tale.play.slack.dm_of(lead) if _asks(one.blocks, UNDERSTAND_YES)]
    for message in asked[-1:]:
        await side.tale.presses(lead, message, UNDERSTAND_NO if side.place % 9 == 8 else UNDERSTAND_YES)
        await side.tale.presses(lead, message, LISTEN_YES if side.place % 3 == 0 else LISTEN_NO)


async def _promises(side: Side) -> None:
    for who, what in _promising(side):
        await side.tale.commits(who, what, "by next Friday")


async def _keeps(side: Side) -> None:
    """Those of every other team say so before they are asked."""
    if side.place % 2 == 0:
        for who, _ in _promising(side):
            await side.tale.says(who, "done")


def _promising(side: Side) -> list[tuple[str, str]]:
    """One to three of a team's people, and what each says they will do."""
    people = side.team.others[: 1 + side.place % 3]
    return [(who, PROMISES[(side.place + n) % len(PROMISES)]) for n, who in enumerate(people)]


async def _reads(side: Side) -> None:
    await side.tale.typed(side.team.lead, f"/coach log {side.words[2].format(40 + side.place)}")


async def _opens_report(side: Side) -> None:
    await side.tale.typed(side.team.lead, "/coach report")


def _asks(blocks: list[dict[str, object]], action_id: str) -> bool:
    return any(one["action_id"] == action_id for _, one in elements_in(blocks))


def large(teams: int = TEAMS) -> Seed:
    """The story with so many teams: fewer are told sooner."""
    those = crews(teams)
    return Seed("large", partial(organisation, those), partial(story, teams=those), curators=("U0INES",), weeks=WEEKS)


SEED = large()
