"""Scenarios 9 and 10 of the product: what Ines does for the coach, in the browser and at her terminal."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.playground.demo import playing
from bot.playground.play import Play
from bot.playground.seeds import SEEDS
from bot.settings import Settings
from knowledge.loader import HOME
from tests.browser.conftest import BUILT
from tests.browser.person import Persona, on_tuesday
from tests.browser.steps import commits, harbor, passes
from tests.command_line import coach_in
from tests.knowledge.small import add_card, card

pytestmark = pytest.mark.asyncio(loop_scope="session")

DIVERS = "Which mask should a diver wear in cold water?"
OTHERS = ("What did the 2019 survey of dentists say?", "Which privacy laws hold for drones?")
DIVING = card(
    "diving",
    "Which mask a diver wears in cold water",
    "A diver should wear a full mask in cold water [coach-seven-days]. It keeps the face warm [coach-seven-days].",
    [DIVERS, "cold water diving mask", "do divers need a full mask", "what covers a diver's face"],
    "coach-seven-days",
)
PROMISE = "thank two people who answered"


@pytest_asyncio.fixture(loop_scope="session")
async def curated(tmp_path: Path) -> AsyncIterator[Play]:
    """A playground whose cards are a folder of its own: `tmp_path / "base"`."""
    home = Path(shutil.copytree(HOME, tmp_path / "base"))
    if BUILT.exists():
        shutil.copytree(BUILT, tmp_path / "index")  # the same cards have the same index
    settings = Settings(_env_file=None, data_dir=tmp_path, knowledge_dir=home)
    async with playing(settings, SEEDS["empty"], folder=tmp_path, port=0, snapshot=tmp_path / "none") as play:
        yield play


async def at_the_terminal(play: Play, *words: str, **variables: str) -> CompletedProcess[str]:
    """What `coach` prints in the folder of this coach."""
    mine = {"COACH_DATA_DIR": str(play.folder), "COACH_SLACK_API_URL": play.slack.api_url}
    return await asyncio.to_thread(partial(coach_in(play.folder), *words, **(mine | variables)))


async def test_a_card_that_ines_adds_is_live_at_once_and_reaches_who_asked(browser: Browser, curated: Play) -> None:
    on_tuesday(curated)
    async with Persona.before(browser, curated, "Mara") as mara:
        for n, question in enumerate((*OTHERS, DIVERS), start=1):
            await mara.write(question)
            await expect(mara.button("Pass it to the curator")).to_have_count(n)
        await mara.button("Pass it to the curator").last.click()
        await mara.button("Pass it on").click()
        await expect(mara.said.last).to_contain_text("Passed on")

        told = (await at_the_terminal(curated, "knowledge", "gaps")).stdout
        for words in ("the 2012 survey", "rules, risk, privacy and law", f"“{DIVERS}”", "3  in all"):
            assert words in told
        assert OTHERS[0] not in told
        add_card(curated.folder / "base", DIVING)
        await passes(mara, "One hour later")
        await expect(mara.said.last).to_contain_text("There is an answer now to what you asked some time ago")
        await expect(mara.said.last).to_contain_text("full mask in cold water")

        await mara.view_as("Leo")
        await mara.write(DIVERS)
        await expect(mara.said.last).to_contain_text("full mask in cold water [1]")


async def test_the_doctor_names_the_very_scope_that_is_missing(play: Play) -> None:
    tokens = {
        "COACH_SLACK_BOT_TOKEN": play.slack.bot_token,
        "COACH_SLACK_SIGNING_SECRET": play.slack.signing_secret,
        "COACH_KNOWLEDGE_DIR": "",
    }
    play.slack.withdraw("im:history")
    told = await at_the_terminal(play, "doctor", **tokens)
    wrong = [line for line in told.stdout.splitlines() if line.startswith("wrong")]
    assert [line.split(": ")[0].split("  ")[-1] for line in wrong] == ["scope im:history"]
    assert told.returncode == 1
    assert "im:history" in (await at_the_terminal(play, "manifest", "--socket")).stdout
    play.slack.grant("im:history")  # the app is installed again
    assert (await at_the_terminal(play, "doctor", **tokens)).returncode == 0


async def test_what_is_kept_is_handed_over_and_then_gone_and_the_totals_stay(browser: Browser, play: Play) -> None:
    async with harbor(browser, play) as mara:
        await commits(mara, f"{PROMISE} by Friday")
        await mara.write("did it")
        await expect(mara.said.last).to_contain_text("Kept. Well done")
        await mara.write("what do you store about me? delete it")
        await expect(mara.said.last).to_contain_text("What I keep about you")
        await mara.page.get_by_text("Give me a copy").click()
        file = mara.page.get_by_role("link", name="what-the-coach-keeps-about-you.json")
        async with mara.page.expect_download() as download:
            await file.click()
        kept = json.loads((await (await download.value).path()).read_text(encoding="utf-8"))
        assert [one["what"] for one in kept["commitments"]] == [PROMISE]

        await mara.page.get_by_text("Delete it", exact=True).first.click()
        await mara.page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
        await expect(mara.said.last).to_contain_text("It is gone")
    assert PROMISE not in "\n".join(play.log.lines)
    assert not [
        one
        for one in (play.folder / "index").resolve().rglob("*")
        if one.is_file() and PROMISE.encode() in one.read_bytes()
    ]
    with sqlite3.connect(play.folder / "coach.db") as database:
        assert PROMISE not in "\n".join(database.iterdump())
        [(status, owner)] = database.execute("SELECT status, owner_id FROM commitments")
    assert (status, owner.split(":")[0]) == ("kept", "nobody")
