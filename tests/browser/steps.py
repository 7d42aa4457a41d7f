"""What the scenarios have in common: a team, windows, a promise, and time that passes, each by clicking and typing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from playwright.async_api import Browser, Locator, expect

from bot.playground.play import Play
from tests.browser.person import TUESDAY, Persona, set_clock

MINUTES = 180_000
"""Weeks pass hour by hour; the machine may be busy."""


@asynccontextmanager
async def harbor(browser: Browser, play: Play, now: datetime = TUESDAY, **looks: Any) -> AsyncIterator[Persona]:
    """Mara, in the team that Leo has set up in #harbor. `looks` are those of the page: its size, its colours."""
    set_clock(play, now)
    async with Persona.before(browser, play, "Leo", **looks) as persona:
        await persona.look("Leo", "harbor")
        await persona.write("/coach team")
        await persona.page.get_by_role("textbox", name="Name").fill("Harbor")
        await persona.page.get_by_role("checkbox", name="Everyone in this channel").check()
        await persona.button("Save").click()
        await expect(window(persona)).to_contain_text("is set up with")
        await leave_window(persona)
        await persona.look("Mara")
        yield persona


def window(persona: Persona) -> Locator:
    return persona.page.get_by_role("dialog")


async def leave_window(persona: Persona) -> None:
    await persona.page.keyboard.press("Escape")
    await expect(window(persona)).to_have_count(0)


async def passes(persona: Persona, stop: str) -> None:
    """Send the clock on, and wait until that time has come."""
    clock = persona.button("Move the clock")
    before = await clock.inner_text()
    await persona.choose("Move the clock", stop)
    await expect(clock).not_to_have_text(before)
    await expect(clock).not_to_contain_text("Time passes …", timeout=MINUTES)


async def commits(persona: Persona, what: str) -> None:
    await persona.write(f"/coach commit {what}")
    await window(persona).get_by_role("button", name="Commit", exact=True).click()
    await expect(window(persona)).to_contain_text("It stands")
    await leave_window(persona)
