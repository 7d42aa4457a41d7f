"""The page for everyone: small and large, by day and by night, with the keyboard alone, for a screen reader."""

import pytest
from playwright.async_api import Browser, expect

from bot.playground.play import Play
from tests.browser.payloads import every_block
from tests.browser.person import Persona

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOARDS = "what share of boards get reports?"
PHONE = (400, 800)


@pytest.fixture(params=["light", "dark"])
def colours(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


async def test_no_screen_has_a_serious_fault_of_accessibility(browser: Browser, play: Play, colours: str) -> None:
    async with Persona.before(browser, play, "Mara", color_scheme=colours) as mara:
        assert await mara.faults() == []  # the first screen
        await mara.write(BOARDS)
        await expect(mara.said.last).to_contain_text("8%")
        await mara.button("What the coach sends and receives").click()
        assert await mara.faults() == []  # an answer, and what lies behind it
        await mara.button("Home").click()
        assert await mara.faults() == []
        await mara.button("View as Mara Lind").click()
        assert await mara.faults() == []  # a menu
        await mara.page.keyboard.press("Escape")
        await mara.look("Mara", "harbor")
        await mara.choose("Shortcuts", "Ask the coach")
        await mara.button("Ask").click()
        await expect(mara.page.get_by_text("Please fill this in.")).to_be_visible()
        assert await mara.faults() == []  # a window that asks for more
        await mara.page.keyboard.press("Escape")
        await mara.typing.press_sequentially("/coach ")
        assert await mara.faults() == []  # help while one types


async def test_every_block_is_drawn_without_a_serious_fault(browser: Browser, play: Play, colours: str) -> None:
    async with Persona.before(browser, play, "Mara", color_scheme=colours) as mara:
        await mara.look("Mara", "harbor")
        await mara.app_calls("chat.postMessage", **every_block(play))
        await expect(mara.page.get_by_role("img", name="Answers")).to_be_attached()
        await expect(mara.page.get_by_text("(a block of the type")).to_have_count(0)
        assert await mara.faults() == []


async def test_a_phone_shows_everything_without_scrolling_sideways(browser: Browser, play: Play) -> None:
    async with Persona.before(browser, play, "Mara", size=PHONE) as mara:
        await mara.write(BOARDS)
        await expect(mara.said.last).to_contain_text("8%")
        assert await width(mara) == PHONE[0]
        await mara.button("Channels").click()
        await mara.page.get_by_role("link", name="harbor").click()
        await expect(mara.page.get_by_role("heading", name="#harbor", level=1)).to_be_visible()
        await mara.write(f"@coach {BOARDS}")
        await mara.page.get_by_role("button", name="1 reply").click()
        await expect(mara.page.get_by_role("region", name="Thread").get_by_role("article").last).to_contain_text("8%")
        assert await width(mara) == PHONE[0]
        assert await mara.faults() == []
        await mara.button("Close the thread").click()
        await mara.choose("Shortcuts", "Ask the coach")
        await expect(mara.page.get_by_role("dialog")).to_be_in_viewport(ratio=1)


async def test_a_question_can_be_asked_and_its_answer_marked_with_the_keyboard_alone(mara: Persona) -> None:
    keys = mara.page.keyboard
    await keys.press("Tab")
    await expect(mara.page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await keys.press("Enter")
    while not await mara.typing.evaluate("field => field === document.activeElement"):
        await keys.press("Tab")
    await keys.type(BOARDS)
    await keys.press("Enter")
    await expect(mara.said.last).to_contain_text("8%")
    helpful = mara.button("Helpful")
    while not await helpful.evaluate("button => button === document.activeElement"):
        await keys.press("Shift+Tab")
    await keys.press("Enter")
    await expect(mara.said.last).to_contain_text("Thank you, noted as helpful.")


async def test_the_night_is_dark_and_can_be_chosen_by_day(mara: Persona) -> None:
    assert await brightness(mara) > 200
    await mara.button("Playground").click()
    await mara.page.get_by_role("menuitemradio", name="Dark").click()
    assert await brightness(mara) < 60
    await mara.page.reload()
    assert await brightness(mara) < 60


async def width(persona: Persona) -> int:
    told: int = await persona.page.evaluate("document.documentElement.scrollWidth")
    return told


async def brightness(persona: Persona) -> float:
    """Of the middle of the page, from 0 to 255."""
    colour = await persona.page.evaluate("getComputedStyle(document.getElementById('talk')).backgroundColor")
    parts = [float(one) for one in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(parts) / 3
