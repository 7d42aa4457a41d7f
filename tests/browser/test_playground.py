"""What is the playground's own: the clock, other people's eyes, the coach that can be gone, snapshots, the tour."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.playground.demo import playing
from bot.playground.model import Person
from bot.playground.play import Play
from bot.playground.seeds import SEEDS
from bot.settings import Settings
from tests.browser.person import Persona, on_tuesday

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOARDS = "what share of boards get reports?"
MINUTES = 180_000
"""Three weeks pass hour by hour; the machine may be busy."""


async def test_the_clock_goes_to_monday_morning_of_whoever_looks_at_it(mara: Persona) -> None:
    await mara.choose("Move the clock", "Next Monday, 09:00")
    await expect(mara.button("Move the clock")).to_have_text(re.compile(r"Mon \d+ \w+, 09:0\d$"), timeout=MINUTES)


async def test_the_clock_goes_on_three_weeks_and_messages_bear_the_new_date(mara: Persona, play: Play) -> None:
    before = play.clock.utc()
    await mara.choose("Move the clock", "Three weeks later")
    await expect(mara.button("Move the clock")).to_contain_text("Time passes …")
    await expect(mara.button("Move the clock")).not_to_contain_text("Time passes …", timeout=MINUTES)
    assert (play.clock.utc() - before).days == 21
    await mara.write("hello")
    await expect(mara.said.last).to_contain_text("Coach")
    await expect(mara.page.get_by_text("Today")).to_be_visible()


async def test_the_bar_says_who_else_has_something_new(mara: Persona, play: Play) -> None:
    await play.slack.dm("Leo", BOARDS)
    await expect(mara.page.get_by_role("button", name="View as Mara Lind, 1 other has new messages")).to_be_visible()
    await mara.view_as("Leo")
    await expect(mara.said.last).to_contain_text("8%")
    await expect(mara.page.get_by_role("button", name="View as Leo Hart", exact=True)).to_be_visible()


async def test_among_many_people_one_is_found_by_typing(mara: Persona, play: Play) -> None:
    crew = [Person(f"U9{n}", f"n{n}", f"Nobody Number{n}") for n in range(20)]
    play.workspace.people += [*crew, Person("U9ZOE", "zoe", "Zoe Adler", title="leads Claims")]
    play.slack.state.touch()
    await mara.page.get_by_role("button", name="View as").click()
    await expect(mara.page.get_by_role("menuitemradio")).to_have_count(29)
    await mara.page.keyboard.type("claims")
    await expect(mara.page.get_by_role("menuitemradio")).to_have_count(1)
    assert await mara.faults() == []
    await mara.page.keyboard.press("Enter")
    await expect(mara.page.get_by_role("button", name="View as Zoe Adler")).to_be_visible()


async def test_everything_the_coach_was_told_and_did_is_listed_and_opens_to_its_payload(mara: Persona) -> None:
    await mara.write(BOARDS)
    await expect(mara.said.last).to_contain_text("8%")
    await mara.button("What the coach sends and receives").click()
    panel = mara.page.get_by_role("region", name="What the coach sent and received")
    told = panel.get_by_role("listitem").filter(has_text="to the coach").or_(panel.locator("li.in")).last
    await expect(told).to_contain_text(BOARDS)
    posted = panel.locator("li.out", has_text="chat.postMessage").last
    await posted.locator("summary").click()
    await expect(posted.locator("pre")).to_contain_text('"thread_ts"')


async def test_a_coach_that_is_gone_is_seen_to_be_gone_and_can_be_started_again(mara: Persona) -> None:
    await mara.choose("Playground", "Stop the coach")
    await expect(mara.page.get_by_text("Coach stopped")).to_be_visible()
    await mara.write(BOARDS)
    await expect(mara.page.get_by_role("status").filter(has_text="cannot be reached")).to_be_visible()
    await mara.choose("Playground", "Start the coach")
    await expect(mara.page.get_by_text("Coach at work")).to_be_visible()
    await expect(mara.said.last).to_contain_text("8%")  # Slack tells it again what it has missed


async def test_begin_again_forgets_what_was_said_once_it_is_confirmed(mara: Persona) -> None:
    await mara.write(BOARDS)
    await expect(mara.said.last).to_contain_text("8%")
    await mara.choose("Playground", "Begin again")
    await mara.page.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    await expect(mara.said.last).to_contain_text("8%")
    await mara.choose("Playground", "Begin again")
    await mara.page.get_by_role("dialog").get_by_role("button", name="Begin again").click()
    await expect(mara.page.get_by_text("Hello Mara, what would you like to know?")).to_be_visible()


async def test_what_was_snapshotted_is_all_there_after_a_new_start(
    browser: Browser, mara: Persona, play: Play, tmp_path: Path
) -> None:
    await mara.look("Mara", "harbor")
    await mara.write(f"@coach {BOARDS}")
    await mara.page.get_by_role("button", name="1 reply").click()
    await mara.write(f"/coach {BOARDS}")
    await expect(mara.said.filter(has_text="Only visible to you")).to_contain_text("8%")
    await mara.choose("Playground", "Take a snapshot")
    await expect(mara.page.get_by_text("Saved. Begin from it with: coach demo --snapshot")).to_be_visible()

    settings = Settings(_env_file=None, data_dir=play.folder)
    kept = play.host  # the same knowledge base, so that this test does not open it twice
    async with playing(
        settings, SEEDS["empty"], folder=tmp_path, port=0, snapshot=play.snapshot, load=kept.load
    ) as again:
        async with Persona.before(browser, again, "Mara") as later:
            await later.look("Mara", "harbor")
            await expect(later.page.get_by_role("button", name="1 reply")).to_be_visible()
            alone = later.said.filter(has_text="Only visible to you")
            await alone.get_by_role("button", name="Helpful", exact=True).click()
            await expect(alone).to_contain_text("Thank you, noted as helpful.")
        assert abs(again.clock.offset - play.clock.offset) < 1


async def test_the_tour_shows_the_coach_in_five_clicks(browser: Browser, play: Play) -> None:
    on_tuesday(play)  # what is due in seven days then stands in the digest of Monday
    async with Persona.before(browser, play, "Mara", tour=True) as newcomer:
        tour = newcomer.page.get_by_role("region", name="Tour")
        await tour.get_by_role("button", name="Ask it").click()
        await expect(newcomer.said.last).to_contain_text("14%")
        await tour.get_by_role("button", name="Try it").click()
        await expect(newcomer.page.get_by_role("dialog")).to_contain_text("By when?")
        await tour.get_by_role("button", name="I will").click()
        await expect(newcomer.page.get_by_role("dialog")).to_contain_text("It stands")
        await tour.get_by_role("button", name="Monday morning").click()
        await expect(newcomer.said.last).to_contain_text("Due tomorrow, in case it helps.", timeout=MINUTES)
        await tour.get_by_role("button", name="Show Leo's report").click(timeout=MINUTES)
        await expect(newcomer.page.get_by_role("button", name="View as Leo")).to_be_visible()
        await expect(tour).to_have_count(0)
        await newcomer.page.reload()
        await expect(newcomer.page.get_by_role("button", name="View as")).to_be_visible()
        await expect(tour).to_have_count(0)
