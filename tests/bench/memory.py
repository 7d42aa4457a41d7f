"""The memory of a real `coach run`, before its first question and after a thousand, through the stand-in Slack."""

import asyncio
import re
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.playground.server import running as slack_running
from bot.playground.slack import Slack
from tests.bench.coach_process import INDEX, coach_run
from tests.bench.golden import single_questions
from tests.bench.measuring import Report, load

QUESTIONS = 1_000
AT_ONCE = 4
PATIENCE_SECONDS = 900.0
PEOPLE = ("Mara", "Leo", "Ines", "Jonas")


def memory(report: Report) -> None:
    """Resident memory, which counts the pages of the index that are mapped from its files."""
    if not Path("/proc/self/status").exists():
        report("\nMemory: this system has no /proc to read it from")
        return
    from knowledge.library import Library

    Library.open_or_build(into=INDEX)
    asyncio.run(_memory(report))


async def _memory(report: Report) -> None:
    async with slack_running(Slack()) as slack:
        with TemporaryDirectory() as folder:
            told = {"api_url": slack.api_url, "token": slack.bot_token, "secret": slack.signing_secret}
            async with coach_run(Path(folder), **told) as coach:
                slack.bot_url = coach.events_url
                report(f"\nMemory of coach run, {load()}")
                report(f"  ready                        {_of(coach.pid)}")
                await _ask_all(slack)
                report(f"  after {QUESTIONS:,} questions        {_of(coach.pid)}   goal: 350 MB")


async def _ask_all(slack: Slack) -> None:
    questions = islice(cycle(golden.question for golden in single_questions()), QUESTIONS)

    async def ask(who: str) -> None:
        for question in questions:
            asked = await slack.dm(who, question)
            await slack.until(lambda _, said=asked.said: slack.thread_of(said), timeout=PATIENCE_SECONDS)

    await asyncio.gather(*(ask(who) for who in PEOPLE))


def _of(pid: int) -> str:
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    now, highest, own = (
        int(re.search(rf"{name}:\s+(\d+) kB", told)[1]) / 1024 for name in ("VmRSS", "VmHWM", "RssAnon")
    )
    return f"{now:6.0f} MB resident, {own:.0f} of it its own, {highest:.0f} at the most"
