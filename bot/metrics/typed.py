"""`/coach metrics`, `/coach metric` and `/coach log …`."""

import asyncio
from functools import partial

from bot.dates.been import read_been
from bot.kernel.ids import UserId
from bot.metrics import blocks, store
from bot.metrics.looking import measured, teams_meant
from bot.metrics.model import Metric
from bot.metrics.pressed import note_value, open_definition
from bot.metrics.spoken import Spoken, spoken
from bot.slack_kit.clicks import Typed
from bot.slack_kit.pieces import note
from bot.teams.model import Team
from bot.teams.workplace import Workplace

NO_METRICS = "Your team measures nothing yet. Type /coach metric to define one."
NO_VALUE = "I read no single value in that, or not the day. For example: /coach log questions answered 63 % 2026-11-20"


async def show_metrics(typed: Typed, at: Workplace) -> None:
    """What the teams meant measure. Raises: NoTeam, NotAllowed."""
    async with at.database.read() as connection:
        found = await teams_meant(connection, at, typed.user_id, typed.channel_id)
        seen = await measured(connection, at, found[: blocks.MOST_TEAMS + 1])
    await at.tell(typed, blocks.measured(seen, UserId(typed.user_id)))


async def define_metric(typed: Typed, at: Workplace) -> None:
    """Open the window of a new metric; of several teams, ask for which. Raises: NoTeam, NotAllowed, EnoughMetrics."""
    async with at.database.read() as connection:
        found = await teams_meant(connection, at, typed.user_id, typed.channel_id)
    if len(found) > 1:
        await at.tell(typed, blocks.which_team(found))
        return
    await open_definition(typed, found[0].id, None, at)


async def log_reading(typed: Typed, at: Workplace) -> None:
    """Note a value that was typed; where it is not clear of which metric, ask.

    Raises: NoTeam, NotAllowed, FormRefused; NotAValue is told as it is.
    """
    async with at.database.read() as connection:
        found = await teams_meant(connection, at, typed.user_id, typed.channel_id)
        metrics = [metric for team in found for metric in await store.active_metrics(connection, team.id)]
    if not metrics:
        await at.tell(typed, note(NO_METRICS))
    elif not typed.rest:
        await show_metrics(typed, at)
    elif (said := await _read(typed, metrics, found, at)) is None:
        await at.tell(typed, note(NO_VALUE))
    elif said.is_clear:
        await note_value(typed, said.metrics[0].id, said.value, said.day, at)
    else:
        await at.tell(typed, blocks.which(said.metrics, said.value, said.day))


async def _read(typed: Typed, metrics: list[Metric], teams: list[Team], at: Workplace) -> Spoken | None:
    """In a thread: the words of the dates are looked at first when somebody needs them."""
    person = await at.person(typed.user_id)
    read_day = partial(read_been, now=at.now(), zone=teams[0].rhythm.zone, language=person.date_language)
    return await asyncio.to_thread(spoken, typed.rest, metrics, read_day)
