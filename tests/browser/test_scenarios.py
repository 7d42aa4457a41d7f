"""Scenarios 4 to 8 of the product, by clicking and typing as the persons do; the clock is theirs to move."""

import csv
from datetime import datetime

import pytest
from playwright.async_api import Browser, expect

from bot.commitments import store
from bot.kernel.ids import UserId
from bot.playground.play import Play
from bot.playground.seeds.deeds import Story
from tests.browser.steps import commits, harbor, leave_window, passes, window

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAYS_OFF = "How do other companies measure whether internal social tools pay off?"
EXPOSED = "didn't do it, people felt exposed asking in public"
BEFORE_THE_CLOCKS_CHANGE = datetime.fromisoformat("2026-10-23T14:02+02:00")
"""A Friday; winter time begins on the Sunday after it."""
FRIDAY = datetime.fromisoformat("2026-11-20T14:02+01:00")


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
        digests = mara.said.filter(has_text="You promised 2 things")
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


async def test_what_was_not_done_is_thanked_for_read_back_and_answered_with_what_helped_others(
    browser: Browser, play: Play
) -> None:
    async with harbor(browser, play) as mara:
        await commits(mara, "ask one question in #harbor today")
        await passes(mara, "Next working day, 09:00")
        await mara.write(EXPOSED)
        answer = mara.said.last
        await expect(answer).to_contain_text("Thank you for saying so. I read that as fear of how it looks. Right?")
        for label in ("Other", "Rather not say"):
            await expect(answer.get_by_role("button", name=label)).to_be_visible()
        await answer.get_by_role("button", name="Yes").click()
        await expect(answer).to_contain_text("What has helped others:")
        await expect(answer).to_contain_text("Pfeffer, J.")
        await expect(answer.get_by_role("button", name="Drop")).to_be_visible()
        await answer.get_by_role("button", name="Move").click()
        await window(mara).get_by_label("Move it to").fill("2026-12-04")
        await window(mara).get_by_role("button", name="Move", exact=True).click()
        await expect(window(mara)).to_contain_text("Due Friday 4 December · moved once")


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


async def test_leo_s_report_begins_with_his_own_accounts_for_all_and_names_nobody(browser: Browser, play: Play) -> None:
    async with harbor(browser, play, FRIDAY) as leo:
        await colleagues_promise_and_answer(Story.begins(play, "harbor", "Europe/Paris"))
        await leo.look("Leo")
        await commits(leo, "clear the way for two people today")
        await leo.write("did it")
        await expect(leo.said.last).to_contain_text("Kept. Well done")
        await passes(leo, "Next Monday, 09:00")
        await leo.look("Leo", "harbor")
        await leo.write("/coach report last week")
        report = leo.said.last
        await expect(report).to_contain_text("You first")
        told = await report.inner_text()
        counted = "9 due: 8 accounted for (5 kept, 2 moved in time, 1 dropped), 1-2 unanswered"
        assert -1 < told.index("You first") < told.index(counted)
        assert [name for name in ("Mara", "Jonas", "Aiko", "Tomas", "arrier") if name in told] == []

        await leo.button("The numbers of this report as a CSV file").click()
        await leo.page.get_by_role("link", name="Coach").click()
        async with leo.page.expect_download() as download:
            await leo.page.get_by_role("link", name="report-").click()
        with (await (await download.value).path()).open(encoding="utf-8") as file:
            counts = {row["figure"]: row["value"] for row in csv.DictReader(file) if row["unit"] == "count"}
        assert [
            counts[one] for one in ("due", "accounted_for", "kept", "dropped", "unanswered")
        ] == "9 8 5 1 1-2".split()

        for words in ("who was silent?", "rank the teams"):
            await leo.write(words)
            asked = leo.said.filter(has_text=words).first  # its answer stands under it
            await expect(asked).to_contain_text("I do not rank or single out people or teams")


async def colleagues_promise_and_answer(story: Story) -> None:
    """Four people promise two things each for today: four are kept, two moved, one dropped, one gets no answer."""
    for who in ("Mara", "Jonas", "Aiko", "Tomas"):
        await story.commits(who, "Ask one question in #harbor", "today")
        await story.says(who, "did it")
        await story.commits(who, "Thank two people who answered", "today")
    for who in ("Mara", "Jonas"):
        await answers(story, who, "commitment_move", {"day": "2026-12-02"})
    await answers(story, "Aiko", "commitment_drop", {"reason": "Nobody needs it any more."})


async def answers(story: Story, who: str, action_id: str, form: dict[str, str]) -> None:
    slack = story.play.slack
    await slack.command(who, "/coach commitments", channel=story.channel)
    [shown] = await slack.until(lambda s: s.seen_only_by(who))
    await slack.submit(await story.window(who, story.presses(who, shown, action_id)), form)
