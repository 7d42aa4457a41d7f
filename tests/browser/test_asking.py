"""Scenarios 1 to 3 of the product, by clicking and typing as the persons do."""

import re

import pytest
from playwright.async_api import expect

from bot.playground.play import Play
from tests.browser.person import Persona

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAYS_OFF = "How do other companies measure whether internal social tools pay off?"
LEAVE = "What is the parental leave rule in Denmark?"
BOARDS = "what share of boards get reports?"


async def test_mara_asks_in_a_direct_message_and_gets_a_sourced_answer_with_one_thing_to_try(mara: Persona) -> None:
    await mara.write(PAYS_OFF)
    answer = mara.said.last
    for told in ("14%", "2012", "n = 184", "[1]", "Try within 7 days"):
        await expect(answer).to_contain_text(told)
    await expect(mara.page.get_by_role("link", name="What Do Corporate Directors").first).to_be_visible()
    await expect(mara.button("Try this within 7 days")).to_be_visible()


async def test_the_first_answer_comes_within_three_seconds(mara: Persona) -> None:
    await mara.write(PAYS_OFF)
    await expect(mara.said.last).to_contain_text("14%", timeout=3_000)


async def test_a_thumb_is_thanked_for_in_the_same_message(mara: Persona) -> None:
    await mara.write(PAYS_OFF)
    await mara.button("Helpful").click()
    await expect(mara.said.last).to_contain_text("Thank you, noted as helpful.")
    await expect(mara.button("Helpful")).to_have_count(0)


async def test_what_is_not_covered_gets_no_citation_and_a_way_to_the_curator(mara: Persona) -> None:
    await mara.write(LEAVE)
    await mara.button("Pass it to the curator").click()
    await expect(mara.said.last).to_contain_text(LEAVE)
    await mara.button("Pass it on without my name").click()
    await expect(mara.said.last).to_contain_text("without your name")


async def test_a_mention_is_answered_in_its_thread_and_leo_s_wrong_figure_is_put_right(mara: Persona) -> None:
    page = mara.page
    await mara.look("Mara", "harbor")
    await mara.typing.press_sequentially("@co")
    await expect(page.get_by_role("option", name="Coach")).to_be_visible()
    await mara.typing.press("Enter")
    await mara.typing.press_sequentially(BOARDS)
    await mara.typing.press("Enter")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("region", name="Thread")
    await expect(thread.get_by_role("article").last).to_contain_text("8%")
    await expect(thread.get_by_role("article").last).to_contain_text("24%")

    await mara.view_as("Leo")
    await page.get_by_role("link", name="harbor").click()
    await page.get_by_role("button", name="1 reply").click()
    await mara.write("So 24% of boards, good.", thread=True)
    await expect(thread.get_by_role("article").last).to_contain_text(re.compile("Close: 24% is"))


async def test_an_answer_to_a_command_is_seen_by_its_asker_alone_until_it_is_dismissed(mara: Persona) -> None:
    await mara.look("Mara", "harbor")
    await mara.write(f"/coach {BOARDS}")
    await expect(mara.said.last).to_contain_text("Only visible to you")
    await expect(mara.said.last).to_contain_text("8%")

    await mara.view_as("Leo")
    await mara.page.get_by_role("link", name="harbor").click()
    await expect(mara.page.get_by_text("This is the beginning of #harbor")).to_be_visible()

    await mara.look("Mara", "harbor")
    await mara.said.last.hover()
    await mara.button("Dismiss this message").click()
    await expect(mara.said).to_have_count(0)


async def test_a_command_shows_what_it_takes_while_it_is_typed(mara: Persona) -> None:
    await mara.typing.press_sequentially("/c")
    suggestion = mara.page.get_by_role("option", name="/coach")
    await expect(suggestion).to_contain_text("help")
    await mara.typing.press("Enter")
    await expect(mara.typing).to_have_value("/coach ")
    await mara.typing.press_sequentially("he")
    await mara.typing.press("Enter")
    await expect(mara.typing).to_have_value("/coach help")
    await mara.typing.press("Enter")
    await expect(mara.said.last).to_contain_text("For example: /coach")


async def test_a_question_from_anywhere_opens_a_window_that_says_beside_the_field_what_is_missing(
    mara: Persona,
) -> None:
    page = mara.page
    await mara.look("Mara", "random")
    await mara.choose("Shortcuts", "Ask the coach")
    field = page.get_by_role("textbox", name="What do you want to know?")
    await mara.button("Ask").click()
    await expect(page.get_by_text("Please fill this in.")).to_be_visible()
    await expect(field).to_be_focused()
    await field.fill(BOARDS)
    await mara.button("Ask").click()
    await expect(page.get_by_role("dialog")).to_contain_text("I am looking it up")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("link", name="Coach").click()
    await expect(mara.said.last).to_contain_text("8%")


async def test_what_others_write_appears_without_a_reload(mara: Persona, play: Play) -> None:
    await mara.look("Mara", "random")
    await play.slack.say("Leo", "random", "Coffee, anyone?")
    await expect(mara.said.last).to_contain_text("Coffee, anyone?")
    await play.slack.say("Leo", "general", "Here too.")
    await expect(mara.page.get_by_role("link", name="general new messages")).to_be_visible()


async def test_a_shortcut_of_a_message_opens_what_the_app_offers_for_it(mara: Persona, play: Play) -> None:
    await play.slack.say("Leo", "harbor", "I'll send the two figures to the board by Friday")
    await mara.look("Mara", "harbor")
    await mara.said.last.hover()
    await mara.choose("More about this message", "Track as commitment")
    await expect(mara.page.get_by_role("dialog").get_by_role("textbox", name="What will you do?")).to_be_visible()
