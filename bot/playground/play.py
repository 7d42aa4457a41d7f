"""One playground: a Slack, the real coach in it, a clock that can be moved, and where all of it began."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.logs import where
from bot.playground import snapshots
from bot.playground.clock import MovableClock, travel
from bot.playground.configured import app_from_manifest, install
from bot.playground.host import Host, settings_beside
from bot.playground.model import Workspace
from bot.playground.offstage import offstage
from bot.playground.overheard import Overheard
from bot.playground.seeds import Seed
from bot.playground.slack import Slack
from bot.playground.stops import stop_in_utc
from bot.settings import Settings
from bot.wiring import Load

log = structlog.get_logger()


class Play:
    """What the page shows and changes. One change of the whole (clock, reset, snapshot) at a time.

    `doing` says what is going on, in words for people; empty when nothing is. `is_over` at the very end.
    """

    def __init__(self, seed: Seed, settings: Settings, load: Load, *, folder: Path, snapshot: Path) -> None:
        self.seed, self.folder, self.snapshot = seed, folder, snapshot
        self.clock = MovableClock()
        self.slack = Slack(seed.workspace(), app=app_from_manifest(), clock=self.clock.now, watch=time.time)
        self.host = Host(self.slack, self.clock, settings_beside(settings, folder, seed.curators), load)
        self.log = Overheard()
        self.doing = ""
        self.is_over = False
        self._one_at_a_time = asyncio.Lock()
        install(self.workspace)

    @property
    def workspace(self) -> Workspace:
        return self.slack.state.workspaces[0]

    async def begin(self, *, from_snapshot: bool) -> None:
        """From the snapshot, where that is wanted and there is one, else from the seed. Raises: SnapshotUnreadable."""
        async with self._busy("Setting the scene …"):
            if from_snapshot and self.snapshot.exists():
                snapshots.restore(self, self.snapshot)
                await self.host.start()
            else:
                await self._from_the_seed()

    async def reset(self) -> None:
        """Forget everything and begin with the seed again."""
        async with self._busy("Beginning again …"):
            await self.host.stop()
            for file in self.folder.glob("coach.db*"):
                file.unlink()
            self.slack.forget(self.seed.workspace())
            install(self.workspace)
            await self._from_the_seed()

    async def move(self, stop: str, who: str) -> None:
        """Send the clock to one of STOPS, as this person counts mornings. Raises: KeyError for an unknown stop."""
        zone = self.slack.state.person(who).tz
        async with self._busy("Time passes …"):
            await self.pass_time(stop_in_utc(stop, self.clock.utc(), zone))

    async def pass_time(self, until: datetime) -> None:
        """What falls due on the way happens on the way, at its own hour.

        First what is under way now: its links live half an hour.
        """
        await self.settle()
        await travel(self.clock, until, due=self.host.next_due, pause=self.settle)

    async def settle(self) -> None:
        """Until the coach has nothing left to do at this hour."""
        await self.host.turn()
        self.slack.state.touch()

    async def save(self) -> Path:
        """Write the snapshot. The coach's database first: what it has not heard of yet it looks up again."""
        async with self._busy("Taking a snapshot …"):
            await self.settle()
            await snapshots.save(self, self.snapshot)
        return self.snapshot

    async def restart(self) -> None:
        """Then Slack tells the coach again what it could not be told meanwhile."""
        async with self._busy("Starting the coach …"):
            await self.host.start()
            for missed in self.slack.missed():
                await self.slack.deliver_again(missed, retry_num=missed.retry_num + 1, reason=missed.failure)

    async def stop(self) -> None:
        async with self._busy("Stopping the coach …"):
            await self.host.stop()

    async def end(self) -> None:
        """Whoever looks on is let go first, then the coach finishes what it has begun."""
        self.is_over = True
        self.slack.state.touch()
        await self.host.stop()

    async def _from_the_seed(self) -> None:
        self.clock.set_back(-timedelta(weeks=self.seed.weeks).total_seconds())
        await self.host.start()
        try:
            with offstage():
                await self.seed.story(self)
            await self.pass_time(self.clock.real())
        except Exception as error:  # noqa: BLE001, whatever it is, the page goes on
            # The page is worth more than the story: what did happen is there, and the log says where it broke off.
            log.error("seed.broke_off", seed=self.seed.name, kind=type(error).__name__, where=where(error))
        self.workspace.offstage.clear()  # nobody comes back to a window of weeks ago
        self.clock.set_back()
        await self.settle()

    @asynccontextmanager
    async def _busy(self, doing: str) -> AsyncIterator[None]:
        async with self._one_at_a_time:
            self.doing = doing
            self.slack.state.touch()
            try:
                yield
            finally:
                self.doing = ""
                self.slack.state.touch()


def with_index_of(folder: Path, index: Path) -> None:
    """Let the coach in this folder use, and build where it is missing, the index everything else uses."""
    index.mkdir(parents=True, exist_ok=True)
    try:
        (folder / "index").symlink_to(index.resolve(), target_is_directory=True)
    except OSError:  # no right to make links: a copy does, it only takes more room
        shutil.copytree(index, folder / "index")
