"""No screen and no window has a fault of accessibility: wide by day, and by night on a telephone."""

import pytest
from playwright.async_api import Browser, expect

from bot.playground.play import Play
from tests.browser.person import WIDE
from tests.browser.steps import harbor, leave_window, window
from tests.edges.test_every_window import WINDOWS

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = (400, 800)


@pytest.fixture(params=[("light", WIDE), ("dark", PHONE)], ids=["wide-by-day", "telephone-by-night"])
def looks(request: pytest.FixtureRequest) -> dict[str, object]:
    colours, size = request.param
    return {"color_scheme": colours, "size": size}


async def test_no_window_has_a_fault(browser: Browser, play: Play, looks: dict[str, object]) -> None:
    async with harbor(browser, play, **looks) as mara:
        assert play.host.coach
        for name, one in WINDOWS.items():
            await mara.look("Leo" if name == "team_window" else "Mara")
            await one.opened(play.slack, play.host.coach)
            await expect(window(mara)).to_be_visible()
            assert (name, await mara.faults()) == (name, [])
            await leave_window(mara)


async def test_no_page_of_a_lead_a_curator_or_an_admin_has_a_fault(
    browser: Browser, play: Play, looks: dict[str, object]
) -> None:
    async with harbor(browser, play, **looks) as leo:
        assert play.host.coach
        await WINDOWS["reading_window"].opened(play.slack, play.host.coach)
        await play.slack.dm("Mara", "What is the parental leave rule in Denmark?")
        await leo.look("Leo")
        await leo.button("Home").click()
        await expect(leo.page.get_by_role("region", name="Home")).to_contain_text("Questions answered within 24 h")
        assert await leo.faults() == []
        await leo.look("Leo", "harbor")
        for typed, told in {
            "/coach report": "You first",
            "/coach report organisation": "From knowing to reporting",
            "/coach gaps": "how this coach works",
            "/coach metrics": "measures 1 of at most 3",
        }.items():
            await leo.write(typed)
            await expect(leo.said.last).to_contain_text(told)
            assert (typed, await leo.faults()) == (typed, [])
