"""The pictures of the README. `make screenshots` takes them into the project; the tests see that they can be taken."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.playground.offstage import offstage
from bot.playground.play import Play
from bot.playground.seeds.harbor import SEED as HARBOR
from tests.browser.person import TUESDAY, Persona, on_tuesday, set_clock

pytestmark = pytest.mark.asyncio(loop_scope="session")

LARGEST = 150_000  # bytes
SIZE = (1160, 740)
HIGHER = (1160, 1090)


@pytest_asyncio.fixture(loop_scope="session")
async def mara(browser: Browser, play: Play) -> AsyncIterator[Persona]:
    """Mara on a Tuesday morning, so that the pictures do not change with the day they are taken."""
    on_tuesday(play)
    async with Persona.before(browser, play, "Mara", size=SIZE, reduced_motion="reduce") as persona:
        yield persona


async def test_the_answer(mara: Persona, folder: Path) -> None:
    await mara.write("How do other companies measure whether internal social tools pay off?")
    await expect(mara.said.last).to_contain_text("14%")
    await picture(mara, folder, "answer")


async def test_a_thread_in_which_a_figure_is_put_right(mara: Persona, play: Play, folder: Path) -> None:
    await mara.look("Mara", "harbor")
    await play.slack.say(
        "Jonas", "harbor", "Before Thursday: who reads our social figures at the top, and who only says so?"
    )
    await mara.write("@coach what share of boards get reports?")
    await mara.page.get_by_role("button", name="1 reply").click()
    await expect(mara.said.last).to_contain_text("8%")
    root = next(one for one in play.slack.messages("harbor") if "boards" in one.text)
    await play.slack.reply("Leo", root, "So 24% of boards, good.")
    await expect(mara.said.last).to_contain_text("Close: 24% is")
    await picture(mara, folder, "thread")


async def test_what_lies_behind_a_conversation(mara: Persona, folder: Path) -> None:
    await mara.write("What is the parental leave rule in Denmark?")
    await expect(mara.button("Pass it to the curator")).to_be_visible()
    await mara.button("What the coach sends and receives").click()
    await expect(mara.page.locator("li.out", has_text="chat.postMessage")).to_be_visible()
    await picture(mara, folder, "behind")


async def test_the_window_for_a_question_from_anywhere(mara: Persona, folder: Path) -> None:
    await mara.look("Mara", "random")
    await mara.choose("Shortcuts", "Ask the coach")
    await mara.page.get_by_role("textbox", name="What do you want to know?").fill("What should we measure first?")
    await picture(mara, folder, "window")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(os.environ.get("COACH_SCREENSHOTS") or tmp_path)


async def test_a_commitment_before_it_is_made(mara: Persona, folder: Path) -> None:
    await mara.write("How do other companies measure whether internal social tools pay off?")
    await mara.button("Try this within 7 days").click()
    await expect(mara.page.get_by_role("dialog")).to_contain_text("By when?")
    await picture(mara, folder, "commitment")


async def test_a_nudge_on_monday(mara: Persona, play: Play, folder: Path) -> None:
    await play.slack.command("Leo", "/coach team", "harbor")
    window = await play.slack.until(lambda slack: slack.modal_of("Leo"))
    await play.slack.submit(window, {"name": "Team Harbor", "everyone": ["all"]})
    await play.slack.say("Jonas", "harbor", "Two weeks with the new channel today. How will we know whether it helps?")
    await mara.look("Mara", "harbor")
    for stop in ("monday", "hour", "hour"):
        await play.move(stop, "Mara")
    await expect(mara.said.last).to_contain_text("What would you like to know")
    await expect(mara.button("Move the clock")).not_to_contain_text("Time passes …")
    await picture(mara, folder, "nudge")


async def test_home_and_the_report_after_eight_weeks(browser: Browser, play: Play, folder: Path) -> None:
    set_clock(play, TUESDAY - timedelta(weeks=HARBOR.weeks))
    with offstage():
        await HARBOR.story(play)
    await play.pass_time(TUESDAY)
    async with Persona.before(browser, play, "Mara", size=HIGHER, reduced_motion="reduce") as mara:
        await mara.button("Home").click()
        await expect(mara.page.get_by_role("region", name="Home")).to_contain_text("Thank two people who answered")
        await picture(mara, folder, "home")
        await mara.look("Leo", "harbor")
        await mara.write("/coach report last week")
        report = mara.said.filter(has_text="You first").last  # the one asked for last: the channel holds an older one
        await expect(report).to_contain_text("last week (16 to 22 November)")
        await expect(report).to_contain_text(
            "8 due: 7 accounted for (5 kept, 1 moved in time, 1 dropped), 1-2 unanswered"
        )
        await report.evaluate("shown => shown.scrollIntoView({block: 'start'})")
        await picture(mara, folder, "report")


async def picture(persona: Persona, folder: Path, name: str) -> None:
    await persona.page.mouse.move(0, 0)
    await persona.page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")
    assert (folder / f"{name}.png").stat().st_size <= LARGEST
