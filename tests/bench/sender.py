"""A coach at work that sends what is due, in a process of its own, and says how much of the processor that took.

`python -m tests.bench.sender SLACK DATABASE PORT`: says "ready", sends once it is told to go, ends with its input.
"""

import asyncio
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import uvicorn.loops.auto

from bot.delivery.pacing import Pace
from bot.delivery.worker import Worker
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import Coach, at_work, way_in
from tests.bench.quick_slack import SECRET
from tests.builders import small_talk
from tests.builders_delivery import NOTES, UNHURRIED
from tests.fakes.scripted_answers import ScriptedAnswers

LOOK_SECONDS = 0.1


async def send(slack: str, database_url: str, port: str) -> None:
    set_up_logs(level="info", form="json", stream=Path(os.devnull).open("w"))  # noqa: ASYNC230, SIM115
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        slack_bot_token="xoxb-bench",
        slack_signing_secret=SECRET,
        slack_api_url=f"{slack}/api/",
        database_url=database_url,
        port=int(port),
    )
    answers = ScriptedAnswers({"hello": small_talk()})
    async with at_work(settings, answers.load) as coach, way_in(coach, settings):
        worker = _worker(coach)
        await _told("ready")
        began = time.process_time()
        coach.tasks.repeat(worker.turn, every_seconds=LOOK_SECONDS, name="send")
        await asyncio.to_thread(sys.stdin.read)
        print(json.dumps({"seconds": time.process_time() - began}), flush=True)  # noqa: T201


def _worker(coach: Coach) -> Worker:
    """Beside the coach's own: this one knows the letters of the benchmark, and a workspace that is not in a hurry."""
    place = coach.workplace
    return Worker(
        workspace_id=place.workspace_id,
        database=place.database,
        speaker=place.speaker,
        kinds=NOTES,
        tasks=place.tasks,
        pace=Pace(per_minute=UNHURRIED),
        now=lambda: datetime.now(UTC),
    )


async def _told(word: str) -> None:
    print(word, flush=True)  # noqa: T201, who started it reads it here
    await asyncio.to_thread(sys.stdin.readline)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvicorn.loops.auto.auto_loop_factory()) as runner:
        runner.run(send(*sys.argv[1:4]))
