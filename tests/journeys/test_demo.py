"""`coach demo` as a process of its own: its address, its first answer, and that a snapshot outlives kill -9."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
TO_ADDRESS_SECONDS = 60
TO_ANSWER_SECONDS = 3
BOARDS = "what share of boards get reports?"


@pytest.fixture
def built_index(tmp_path: Path) -> Path:
    """A data folder with the index that `make install` builds; without it the first start would build one."""
    built = ROOT / ".coach/index"
    if not built.exists():
        pytest.skip(f"The index is not built at {built}: run make install.")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/index").symlink_to(built.resolve())
    return tmp_path / "data"


async def test_what_was_snapshotted_is_there_after_a_kill(built_index: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "kept.snapshot"
    async with demo(built_index, snapshot) as (process, web):
        began = monotonic()
        await do(web, "say", place="C0HARBOR", text=f"@coach {BOARDS}")
        await screen(web, lambda shown: shown["messages"] and shown["messages"][0]["told"]["count"])
        assert monotonic() - began < TO_ANSWER_SECONDS
        await do(web, "save")
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with demo(built_index, snapshot) as (process, web):
        shown = await screen(web, lambda shown: shown["messages"])
        assert shown["messages"][0]["text"] == f"<@U0COACH> {BOARDS}"
        thread = shown["messages"][0]["ts"]
        answer = (await screen(web, lambda shown: shown["thread"], thread=thread))["thread"]["replies"][0]
        await do(web, "press", place="C0HARBOR", ts=answer["ts"], action="answer_helpful")  # the coach knows it too
        await screen(web, lambda shown: "noted as helpful" in json.dumps(shown["thread"]), thread=thread)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_a_question_is_answered_while_the_story_is_still_told(built_index: Path, tmp_path: Path) -> None:
    async with demo(built_index, tmp_path / "kept.snapshot", seed="harbor") as (_, web):
        shown = await screen(web, lambda shown: shown["place"])
        assert shown["world"]["doing"] == "Setting the scene …"
        began = monotonic()
        await do(web, "say", who="U0GUEST", place="C0GENERAL", text=f"@coach {BOARDS}")
        await screen(
            web,
            lambda shown: [one for one in shown["messages"] if one["user"] == "U0GUEST" and one["told"]["count"]],
            place="C0GENERAL",
        )
        assert monotonic() - began < TO_ANSWER_SECONDS


@asynccontextmanager
async def demo(data_dir: Path, snapshot: Path, seed: str = "empty") -> AsyncIterator[tuple[Process, httpx.AsyncClient]]:
    words = ("-m", "bot", "demo", "--seed", seed, "--port", "0", "--snapshot", str(snapshot))
    environment = os.environ | {"COACH_DATA_DIR": str(data_dir)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, env=environment, stdout=PIPE, stderr=DEVNULL
    )
    try:
        assert process.stdout
        line = (await asyncio.wait_for(process.stdout.readline(), TO_ADDRESS_SECONDS)).decode()
        address = line.removeprefix("The coach is at work: ").strip()
        async with httpx.AsyncClient(base_url=address, timeout=10) as web:
            yield process, web
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def do(web: httpx.AsyncClient, verb: str, **deed: str) -> None:
    answer = (await web.post(f"/page/do/{verb}", json={"who": "U0MARA"} | deed)).json()
    assert answer["ok"], answer


async def screen(web: httpx.AsyncClient, holds: Callable[[Any], Any], thread: str = "", place: str = "C0HARBOR") -> Any:
    """The screen of Mara in a channel, once something holds of it."""
    address = f"/page/screen?as=U0MARA&at={place}&thread={thread}"
    async with asyncio.timeout(20), web.stream("GET", address, timeout=None) as changes:
        async for line in changes.aiter_lines():
            if line.startswith("data: ") and holds(shown := json.loads(line.removeprefix("data: "))):
                return shown
    raise AssertionError("The stream ended.")
