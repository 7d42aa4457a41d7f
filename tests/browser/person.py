"""A person before the page: what they click and type, and what they can see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Locator, Page, expect

from bot.playground.play import Play

TUESDAY = datetime.fromisoformat("2026-11-24T09:02+01:00")
WIDE = (1280, 800)
NOT_MINOR = ("moderate", "serious", "critical")
AXE = "{resultTypes: ['violations'], rules: {region: {enabled: false}}}"
"""A menu lies on top of everything, and so in no region of the page."""
FIRST_ANSWER_MS = 10_000
expect.set_options(timeout=FIRST_ANSWER_MS)


def on_tuesday(play: Play) -> None:
    """Set the clock to a Tuesday morning in Paris: what follows does not change with the day it is tried on."""
    set_clock(play, TUESDAY)


def set_clock(play: Play, moment: datetime) -> None:
    """To any moment, before anybody looks: a message is never dated before an earlier one."""
    play.clock.set_back(moment.timestamp() - play.clock.now() + play.clock.offset)


class Persona:
    def __init__(self, page: Page, play: Play) -> None:
        self.page = page
        self.play = play
        self.complaints: list[str] = []
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))

    @classmethod
    @asynccontextmanager
    async def before(
        cls, browser: Browser, play: Play, name: str, *, size: tuple[int, int] = WIDE, tour: bool = False, **more: Any
    ) -> AsyncIterator["Persona"]:
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
        try:
            persona = cls(await context.new_page(), play)
            if not tour:
                await persona.page.add_init_script("localStorage.setItem('coach.toured', 'yes')")
            await persona.look(name, tour=tour)
            yield persona
            assert persona.complaints == []
        finally:
            await context.close()

    async def look(self, name: str, place: str = "", *, tour: bool = False) -> None:
        """Be this person in the talk with the coach, or in a channel."""
        who = self.play.slack.state.person(name).id
        at = self.play.slack.state.channel(self.play.workspace, place).id if place else ""
        address = "" if tour else f"#as={who}" + (f"&at={at}" if at else "")
        await self.page.goto(f"{self.play.slack.state.base_url}/{address}")
        await expect(self.page.get_by_role("button", name=f"View as {name}")).to_be_visible()
        if place:
            await expect(self.page.get_by_role("heading", name=f"#{place}", level=1)).to_be_visible()

    async def view_as(self, name: str) -> None:
        """Choose another person in the menu."""
        await self.page.get_by_role("button", name="View as").click()
        await self.page.get_by_role("menuitemradio", name=name).click()
        await expect(self.page.get_by_role("button", name=f"View as {name}")).to_be_visible()

    async def write(self, words: str, *, thread: bool = False) -> None:
        """Type and press Enter."""
        field = self.page.get_by_role("textbox", name="Reply in the thread") if thread else self.typing
        await field.fill(words)
        await field.press("Enter")

    @property
    def typing(self) -> Locator:
        return self.page.locator("#bottom textarea")

    @property
    def said(self) -> Locator:
        """Every message on the screen, replies too."""
        return self.page.get_by_role("article")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def choose(self, opener: str, item: str) -> None:
        """Open a menu and take one of its items."""
        await self.button(opener).click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def app_calls(self, method: str, **arguments: Any) -> dict[str, Any]:
        """A call of the Web API, as the coach makes it. Fails where Slack would refuse it."""
        slack = self.play.slack
        token = {"Authorization": f"Bearer {slack.bot_token}"}
        async with httpx.AsyncClient(base_url=slack.api_url, headers=token) as client:
            answer: dict[str, Any] = (await client.post(method, json=arguments)).json()
        assert answer["ok"], answer
        return answer

    async def faults(self) -> list[str]:
        """The faults axe finds on the screen as it is, but for minor ones."""
        await self.page.evaluate(AXE_SCRIPT)
        found = await self.page.evaluate(f"axe.run(document, {AXE})")
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in found["violations"]
            if one["impact"] in NOT_MINOR
            for node in one["nodes"]
        ]

    def _note(self, kind: str, words: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {words}")
