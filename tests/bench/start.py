"""How soon a coach is of use: the first answer in a terminal and in Slack, and the import of the Slack side."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.playground.server import running as slack_running
from bot.playground.slack import Slack
from tests.bench.coach_process import INDEX, ROOT, as_installed, coach_run
from tests.bench.measuring import Report, load

RUNS = 5
QUESTION = "what share of boards get reports?"
PATIENCE_SECONDS = 60.0
IMPORT = """import gc
from time import perf_counter
gc.disable()  # as the command line does
began = perf_counter()
import bot.wiring
print(perf_counter() - began)"""


def start(report: Report) -> None:
    """Each several times, with the index already built and in the system's memory."""
    from knowledge.library import Library

    Library.open_or_build(into=INDEX)
    report(f"\nFrom the start of a process, seconds, {RUNS} runs, {load()}")
    _report("coach ask, to its answer", _asked, "goal: 3", report)
    _report("coach run, to its first answer", lambda: asyncio.run(_answered_in_slack()), "goal: 3", report)
    _report("import of the Slack side", _imported, "goal: 0.5", report)


def _report(name: str, measure: Callable[[], float], goal: str, report: Report) -> None:
    taken = sorted(measure() for _ in range(RUNS))
    report(f"  {name:<32}{taken[RUNS // 2]:6.2f}  ({taken[0]:.2f} to {taken[-1]:.2f})   {goal}")


def _asked() -> float:
    began = perf_counter()
    _python(["-m", "bot", "ask", "--json", QUESTION])
    return perf_counter() - began


def _imported() -> float:
    return float(_python(["-c", IMPORT]))


async def _answered_in_slack() -> float:
    """Who asks a coach that has just started to listen gets the answer once the knowledge base is open."""
    async with slack_running(Slack()) as slack:
        with TemporaryDirectory() as folder:
            told = {"api_url": slack.api_url, "token": slack.bot_token, "secret": slack.signing_secret}
            async with coach_run(Path(folder), ready="/healthz", **told) as coach:
                slack.bot_url, began = coach.events_url, perf_counter()
                asked = await slack.dm("Mara", QUESTION)
                await slack.until(lambda _: slack.thread_of(asked.said), timeout=PATIENCE_SECONDS)
                return coach.seconds + perf_counter() - began


def _python(words: Sequence[str]) -> str:
    told = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=as_installed(), capture_output=True, text=True, check=True
    )
    return told.stdout
