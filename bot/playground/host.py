"""The real coach beside the stand-in: started, watched, stopped and started again.

It is wired as `coach run` wires it. Only what Slack would give it differs: the address of the Web API, the tokens, and
the clock.
"""

import asyncio
import socket
from datetime import datetime
from pathlib import Path
from typing import Literal

import structlog
from pydantic import SecretStr

from bot.delivery.pacing import Pace
from bot.errors import CoachError
from bot.keeper import Answering
from bot.logs import where
from bot.playground.clock import MovableClock
from bot.playground.slack import Slack
from bot.settings import Settings
from bot.slack_kit.manifest import EVENTS_PATH
from bot.wiring import Coach, Load, at_work, way_in

log = structlog.get_logger()

Condition = Literal["stopped", "starting", "at work", "broken"]
DRAIN_SECONDS = 3
UNHURRIED = 60_000
"""Messages a minute: weeks pass in seconds here, and this Slack takes any number."""


class Host:
    """Runs one coach at a time. `problem` says what broke it, in a sentence for people.

    `settled` is set while the coach is at work or broken: nobody need wait any longer.
    """

    def __init__(self, slack: Slack, clock: MovableClock, settings: Settings, load: Load) -> None:
        self.condition: Condition = "stopped"
        self.problem = ""
        self.coach: Coach | None = None
        self.settled = asyncio.Event()
        self.load = _once(load)
        self._slack, self._clock = slack, clock
        self._settings = settings
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Until the coach answers, or is broken."""
        await self.stop()
        self._stopping = asyncio.Event()
        ready = asyncio.Event()
        self._running = asyncio.create_task(self._run(ready), name="coach")
        ready_or_over = [self._running, asyncio.create_task(ready.wait())]
        await asyncio.wait(ready_or_over, return_when=asyncio.FIRST_COMPLETED)
        ready_or_over[1].cancel()

    async def stop(self) -> None:
        """Let it finish what it has begun, as SIGTERM does."""
        self._stopping.set()
        if self._running:
            await asyncio.wait({self._running})

    async def turn(self) -> None:
        """Have the coach look at the clock now, and finish what is due by it."""
        if self.coach:
            await self.coach.tasks.turn()

    async def next_due(self) -> datetime | None:
        """When the coach has something to send next; None where it has nothing, or is gone."""
        return await self.coach.worker.next_due() if self.coach else None

    async def _run(self, ready: asyncio.Event) -> None:
        self._is("starting")
        try:
            settings = self._settings.model_copy(update=_door(self._slack))
            pace = Pace(per_minute=UNHURRIED, apart=0)
            async with at_work(settings, self.load, pace=pace, now=self._clock.utc) as coach, way_in(coach, settings):
                self._slack.bot_url = f"http://{settings.host}:{settings.port}{EVENTS_PATH}"
                self.coach = coach
                await coach.tasks.turn()  # opens what answers
                self._is("at work")
                ready.set()
                await self._stopping.wait()
        except CoachError as error:
            self._is("broken", f"{error} {error.remedy}")
        except Exception as error:  # noqa: BLE001, whatever it is, the page shows that the coach is gone
            log.error("coach.broken", kind=type(error).__name__, where=where(error))
            self._is("broken", f"It stopped with {type(error).__name__} in {where(error)}.")
        else:
            self._is("stopped")

    def _is(self, condition: Condition, problem: str = "") -> None:
        self.condition, self.problem = condition, problem
        if condition in ("at work", "broken"):
            self.settled.set()
        else:
            self.settled.clear()
        if condition in ("stopped", "broken"):
            self.coach = None
        self._slack.state.touch()


def settings_beside(given: Settings, folder: Path, curators: tuple[str, ...]) -> Settings:
    """The settings of a coach in a folder of its own; what is set about model and cards stays."""
    own = {
        "data_dir": folder,
        "database_url": f"sqlite+aiosqlite:///{folder / 'coach.db'}",
        "slack_app_token": None,
        "host": "127.0.0.1",
        "curators": curators,
        "drain_seconds": DRAIN_SECONDS,
    }
    return given.model_copy(update=own)


def _door(slack: Slack) -> dict[str, object]:
    """Where this start finds Slack, and is found by it: a port that is free just now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    return {
        "slack_bot_token": SecretStr(slack.bot_token),
        "slack_signing_secret": SecretStr(slack.signing_secret),
        "slack_api_url": slack.api_url,
        "port": port,
    }


def _once(load: Load) -> Load:
    """What answers is opened once and kept: a restart takes moments then."""
    kept: list[Answering] = []

    async def loaded() -> Answering:
        if not kept:
            kept.append(await load())
        return kept[0]

    return loaded
