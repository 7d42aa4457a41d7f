"""Scenarios 4, 5 and 8 of the product, by clicking and typing as the persons do; the clock is theirs to move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.commitments import store
from bot.kernel.ids import UserId
from bot.playground.play import Play
from tests.browser.person import TUESDAY, Persona, set_clock

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAYS_OFF = "How do other companies measure whether internal social tools pay off?"
BEFORE_THE_CLOCKS_CHANGE = datetime.fromisoformat("2026-10-23T14:02+02:00")
"""A Friday; winter time begins on the Sunday after it."""

MINUTES = 180_000


@asynccontextmanager
async def harbor(browser: Browser, play: Play, now: datetime = TUESDAY) -> AsyncIterator[Persona]:
    """Mara, in the team that Leo has set up in #harbor."""
    set_clock(play, now)
    async with Persona.before(browser, play, "Leo") as persona:
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
    await persona.choose("Move the clock", stop)
    await expect(clock).to_contain_text("Time passes …")
    await expect(clock).not_to_contain_text("Time passes …", timeout=MINUTES)


async def commits(persona: Persona, what: str) -> None:
    await persona.write(f"/coach commit {what}")
    await window(persona).get_by_role("button", name="Commit", exact=True).click()
    await expect(window(persona)).to_contain_text("It stands")
    await leave_window(persona)


async def test_a_vague_promise_gets_one_offer_and_is_kept_as_typed(browser: Browser, play: Play) -> None:
    async with harbor(browser, play) as mara:
        await mara.write(PAYS_OFF)
        await mara.button("Try this within 7 days").click()
        await mara.page.get_by_role("textbox", name="What will you do?").fill("improve engagement")
        await window(mara).get_by_role("button", name="Commit", exact=True).click()
        await expect(window(mara).locator("form button")).to_have_text(["Use this", "Keep mine", "Edit"])
        await window(mara).get_by_role("button", name="Keep mine").click()
        await expect(window(mara)).to_contain_text("improve engagement")
        await expect(window(mara)).to_contain_text("Your team Harbor sees it.")
    assert play.host.coach
    async with play.host.coach.database.read() as connection:
        [kept] = await store.recent_of(connection, play.host.coach.workplace.workspace_id, UserId("U0MARA"), 2)
    assert (kept.promise.what, bool(kept.promise.card_id)) == ("improve engagement", True)


async def test_on_monday_at_ten_one_digest_asks_for_both_and_days_away_never_count(
    browser: Browser, play: Play
) -> None:
    async with harbor(browser, play, BEFORE_THE_CLOCKS_CHANGE) as mara:
        await commits(mara, "ask one question in #harbor on Monday")
        await commits(mara, "thank two people who answered on Monday")
        await passes(mara, "Next Monday, 09:00")
        digests = mara.said.filter(has_text="for today.")
        await expect(digests).to_have_count(0)
        await passes(mara, "One hour later")
        await expect(digests).to_contain_text("You promised 2 things for today.")
        await expect(digests.locator("time").first).to_have_text("10:00")
        for label in ("Later today", "Next week", "I'm away", "Pause"):
            await expect(digests.get_by_role("button", name=label)).to_be_visible()
        await digests.get_by_role("button", name="I'm away").click()
        await window(mara).get_by_label("From").fill("2026-10-26")
        await window(mara).get_by_label("Until, that day too").fill("2026-11-14")
        await window(mara).get_by_role("button", name="Save").click()
        await expect(window(mara)).to_contain_text(
            "until Saturday 14 November, that day too. None of these days counts."
        )
        await leave_window(mara)

        await passes(mara, "Three weeks later")
        await expect(digests).to_have_count(2)
        await expect(digests.last).to_contain_text("Welcome back. You promised 2 things")
        await expect(digests.last.locator("time").first).to_have_attribute("title", "Monday, 16 November 2026, 10:00")


async def test_a_number_that_decides_nothing_may_only_add_noise_and_one_that_decides_is_offered(
    browser: Browser, play: Play
) -> None:
    async with harbor(browser, play) as mara:
        page = mara.page
        await mara.look("Mara", "harbor")
        await mara.write("/coach metric")
        await page.get_by_role("textbox", name="Name").fill("number of posts")
        await page.get_by_role("textbox", name="How it is counted").fill("posts in #harbor")
        await page.get_by_role("textbox", name="Counted in").fill("posts")
        await page.get_by_label("Which way is better").click()
        await page.get_by_role("option", name="Higher is better").click()
        await page.get_by_role("textbox", name="What would you decide differently if it moved?").fill("dunno")
        await window(mara).get_by_role("button", name="Save").click()
        for told in (
            "What would you decide differently if it moved?",
            "“number of posts” may only add noise",
            "Questions answered within 24 h",
            "as a trial of four weeks: it ends on 22 Dec",
        ):
            await expect(window(mara)).to_contain_text(told)
        await window(mara).get_by_role("button", name="Use this instead").click()
        await expect(page.get_by_role("textbox", name="Name")).to_have_value("Questions answered within 24 h")
        decision = page.get_by_role("textbox", name="What would you decide differently if it moved?")
        await decision.fill("Whether #harbor needs two people who take turns.")
        await window(mara).get_by_role("button", name="Save").click()
        await expect(window(mara)).to_contain_text("Questions answered within 24 h is defined.")
