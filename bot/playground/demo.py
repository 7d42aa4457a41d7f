"""`coach demo`: the playground, from the command to the address in the terminal."""

import asyncio
import signal
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from typer import echo

from bot.answering import load_answering
from bot.cli.asking import FIRST_TIME
from bot.errors import CoachError
from bot.logs import set_up_logs
from bot.playground.page.routes import page_routes
from bot.playground.play import Play, with_index_of
from bot.playground.seeds import SEEDS, Seed
from bot.playground.server import running
from bot.settings import Settings, settings_or_explain
from bot.wiring import Load

PORT = 8765


class SeedUnknown(CoachError):
    """There is no seed of that name."""

    remedy = f"Choose one of these: {', '.join(SEEDS)}."


class PortTaken(CoachError):
    """Another program listens on the port that was asked for."""

    remedy = "Name a free one with --port, or leave it out."


def demonstrate(seed: str, port: int | None, snapshot: Path | None) -> None:
    """Until Ctrl-C. Raises: CoachError for whatever keeps it from starting."""
    if seed not in SEEDS:
        raise SeedUnknown(f"There is no seed {seed!r}.")
    with tempfile.TemporaryDirectory(prefix="coach-demo-") as folder:
        asyncio.run(_until_stopped(settings_or_explain(), SEEDS[seed], port, snapshot, Path(folder)))


async def _until_stopped(settings: Settings, seed: Seed, port: int | None, snapshot: Path | None, folder: Path) -> None:
    with_index_of(folder, settings.data_dir / "index")
    is_first = not (settings.data_dir / "index" / "current").exists()
    echo(FIRST_TIME if is_first else "Opening the knowledge base and setting the scene …", err=True)
    async with playing(settings, seed, port=port, snapshot=snapshot, folder=folder, to_its_end=False) as play:
        echo(f"The coach is at work: {play.slack.state.base_url}")
        echo("Open it in a browser; what happened so far is told while you look. Ctrl-C ends it.", err=True)
        await _stopped()


@asynccontextmanager
async def playing(
    settings: Settings,
    seed: Seed,
    *,
    folder: Path,
    port: int | None = None,
    snapshot: Path | None = None,
    load: Load | None = None,
    to_its_end: bool = True,
) -> AsyncIterator[Play]:
    """A playground at work, with its page at `play.slack.state.base_url`.

    The seed's story has been told to its end, or where that is not waited for, goes on. Raises: PortTaken,
    SnapshotUnreadable.
    """
    load = load or partial(load_answering, settings.model_copy(update={"data_dir": folder}))
    play = Play(
        seed,
        settings,
        load,
        folder=folder,
        snapshot=snapshot or settings.data_dir / "demo.snapshot",
    )
    set_up_logs(level="warning", form="console", stream=play.log)
    async with running(play.slack, port=_free(port), beside=page_routes(play)):
        scene = asyncio.create_task(play.begin(from_snapshot=snapshot is not None), name="scene")
        try:
            await (scene if to_its_end else _usable(play, scene))
            yield play
        finally:
            scene.cancel()
            await asyncio.wait({scene})
            await play.end()


async def _usable(play: Play, scene: "asyncio.Task[None]") -> None:
    """Until the coach answers, or is seen to be broken. Raises: what kept the scene from being set."""
    settled = asyncio.create_task(play.host.settled.wait())
    await asyncio.wait({scene, settled}, return_when=asyncio.FIRST_COMPLETED)
    settled.cancel()
    if scene.done():
        scene.result()


def _free(port: int | None) -> int:
    """The port asked for, or ours, or any (0) where ours is taken. Raises: PortTaken."""
    wanted = PORT if port is None else port
    try:
        with socket.create_server(("127.0.0.1", wanted)):
            return wanted
    except OSError as taken:
        if port is None:
            return 0
        raise PortTaken(f"Port {port} is taken.") from taken


async def _stopped() -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
