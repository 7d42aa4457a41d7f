"""Processes for the fault tests: forked from one that has imported everything, so that each is at work in no time."""

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot.playground.harbor import harbor
from bot.playground.model import Person, Workspace
from bot.playground.slack import Slack
from tests.faults.child import Life, send

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.child"])
PATIENCE = 60.0


class Child:
    """A process, and what it says before it ends."""

    def __init__(self, life: Life, work: Callable[[Life, Connection], None] = send) -> None:
        self.said, theirs = _context.Pipe(duplex=False)
        self.process: BaseProcess = _context.Process(target=work, args=(life, theirs), daemon=True)
        self.process.start()
        theirs.close()

    async def ended(self) -> int:
        """Its exit code once it has ended; minus nine after kill -9."""
        async with asyncio.timeout(PATIENCE):
            await _readable(self.process.sentinel)
        self.process.join()
        return self.process.exitcode or 0

    async def says(self) -> str:
        """The next word of it."""
        async with asyncio.timeout(PATIENCE):
            await _readable(self.said.fileno())
        return str(self.said.recv())

    def words(self) -> Iterator[str]:
        """All it said, after its end."""
        try:
            while True:
                yield str(self.said.recv())
        except EOFError:
            return


@asynccontextmanager
async def born(*lives: Life) -> AsyncIterator[list[Child]]:
    """Processes at work; whoever is still alive at the end of the block is killed."""
    with all_killed([Child(life) for life in lives]) as children:
        yield children


@contextmanager
def all_killed(children: list[Child]) -> Iterator[list[Child]]:
    try:
        yield children
    finally:
        for child in children:
            child.process.kill()
            child.process.join()


async def work_to_the_end(*lives: Life) -> None:
    """Processes that finish what is left, all of them."""
    async with born(*lives) as children:
        assert await asyncio.gather(*(child.ended() for child in children)) == [0] * len(lives)


def crowd(people: int) -> Workspace:
    """Harbor, and many more who work there: U000, U001 and so on."""
    workspace = harbor()
    workspace.people += [Person(f"U{n:03d}", f"p{n}", f"Person{n} Hill", "Europe/Paris") for n in range(people)]
    return workspace


def times_posted(slack: Slack) -> Counter[str]:
    """How often the letter of each key stands in Slack."""
    messages = [one for channel in slack.state.workspaces[0].channels for one in channel.messages]
    return Counter(str(one.metadata["event_payload"]["mark"]) for one in messages if one.metadata)


async def _readable(file: int) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(file, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(file)
