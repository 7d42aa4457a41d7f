"""Block Kit on the page: what is pressed, chosen and typed reaches the app as Slack would send it."""

from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.playground.play import Play
from tests.browser.payloads import every_block, modal_with_every_input
from tests.browser.person import Persona

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def pressed(play: Play, action_id: str) -> dict[str, Any]:
    """What the app was told of an element, once it was."""

    def told(_slack: object) -> dict[str, Any] | None:
        actions = [one.payload.get("actions", [{}])[0] for one in play.slack.deliveries if one.acknowledged]
        return next((one for one in reversed(actions) if one.get("action_id") == action_id), None)

    found: dict[str, Any] = await play.slack.until(told)
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def gallery(mara: Persona, play: Play) -> Persona:
    """Mara before a message with every block."""
    await mara.look("Mara", "harbor")
    await mara.app_calls("chat.postMessage", **every_block(play))
    await expect(mara.button("Try the step of this answer")).to_be_visible()
    return mara


async def test_a_button_sends_its_value_and_one_that_asks_first_waits_for_the_yes(gallery: Persona, play: Play) -> None:
    await gallery.button("Try the step of this answer").click()
    assert (await pressed(play, "try"))["value"] == "a1"
    await gallery.button("Drop").click()
    dialog = gallery.page.get_by_role("dialog", name="Drop it?")
    await dialog.get_by_role("button", name="Keep").click()
    await gallery.button("Drop").click()
    before = len(play.slack.deliveries)
    await dialog.get_by_role("button", name="Drop").click()
    await pressed(play, "drop")
    assert len(play.slack.deliveries) == before + 1


async def test_a_thumb_is_told_with_the_value_of_its_side(gallery: Persona, play: Play) -> None:
    await gallery.button("Not helpful").click()
    assert (await pressed(play, "helpful"))["value"] == "not_helpful"


async def test_a_select_is_searched_and_chosen_with_the_keyboard(gallery: Persona, play: Play) -> None:
    keys = gallery.page.keyboard
    await gallery.page.locator("[data-action=reason]").focus()
    await keys.press("Enter")
    await keys.type("wro")
    await expect(gallery.page.get_by_role("option")).to_have_count(1)
    await keys.press("Enter")
    assert (await pressed(play, "reason"))["selected_option"]["value"] == "wrong"
    await expect(gallery.page.locator("[data-action=reason]")).to_have_text("Wrong")
    await expect(gallery.page.locator("[data-action=reason]")).to_be_focused()


async def test_people_channels_and_conversations_are_chosen_by_name(gallery: Persona, play: Play) -> None:
    for action_id, name, told in (
        ("who", "Leo Hart", ("selected_user", "U0LEO")),
        ("where", "#random", ("selected_channel", "C0RANDOM")),
        ("talk", "#general", ("selected_conversation", "C0GENERAL")),
    ):
        await gallery.page.locator(f"[data-action={action_id}]").click()
        await gallery.page.get_by_role("option", name=name).click()
        assert (await pressed(play, action_id))[told[0]] == told[1]


async def test_dates_times_ticks_and_the_menu_of_the_rest_are_told(gallery: Persona, play: Play) -> None:
    page = gallery.page
    await page.locator("[data-action=day]").fill("2026-12-04")
    assert (await pressed(play, "day"))["selected_date"] == "2026-12-04"
    await page.locator("[data-action=hour]").fill("09:30")
    assert (await pressed(play, "hour"))["selected_time"] == "09:30"
    await page.get_by_role("checkbox", name="Both").uncheck()
    assert (await pressed(play, "some"))["selected_options"] == []
    await page.get_by_role("radio", name="Mine").check()
    assert (await pressed(play, "one"))["selected_option"]["value"] == "mine"
    await gallery.choose("More", "Share here")
    assert (await pressed(play, "more"))["selected_option"]["value"] == "share"


async def test_a_chart_says_its_numbers_to_those_who_do_not_see_it(gallery: Persona) -> None:
    chart = gallery.page.get_by_role("img", name="The ladder")
    await expect(chart).to_have_accessible_name("The ladder Share: Know 90, Measure 14")
    figure = gallery.page.locator("figure.chart").first
    await figure.get_by_text("The numbers").click()
    await expect(figure.get_by_role("row", name="Measure 14")).to_be_visible()


async def test_a_window_keeps_what_was_typed_while_it_changes_and_sends_it_all_at_the_end(
    mara: Persona, play: Play
) -> None:
    page, state = mara.page, play.slack.state
    trigger = state.new_trigger(play.workspace, state.person("Mara"))
    opened = await mara.app_calls("views.open", trigger_id=trigger.id, view=modal_with_every_input())
    await page.get_by_role("textbox", name="Your question").fill("Who measures?")
    await page.get_by_label("Topics", exact=True).click()
    await page.get_by_role("option", name="Fear").click()
    await page.keyboard.press("Escape")
    changed = modal_with_every_input() | {"title": {"type": "plain_text", "text": "Ask again"}}
    await mara.app_calls("views.update", view_id=opened["view"]["id"], view=changed)
    await expect(page.get_by_role("heading", name="Ask again")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Your question")).to_have_value("Who measures?")
    await page.get_by_label("Channels", exact=True).last.click()
    await page.get_by_role("option", name="#harbor").click()
    await page.keyboard.press("Escape")
    await page.get_by_role("radio", name="Yes").check()
    await mara.button("Ask").click()
    await expect(page.get_by_text("Please fill this in.")).to_have_count(2)  # talks and cards
    view = play.slack.modal_of("Mara")
    assert view
    assert view.errors == {}


async def test_a_second_window_lies_over_the_first_and_leads_back_to_it(mara: Persona, play: Play) -> None:
    page, state = mara.page, play.slack.state
    trigger = state.new_trigger(play.workspace, state.person("Mara"))
    opened = await mara.app_calls("views.open", trigger_id=trigger.id, view=modal_with_every_input())
    trigger = state.new_trigger(play.workspace, state.person("Mara"), view_id=opened["view"]["id"])
    second = {"type": "modal", "title": {"type": "plain_text", "text": "More"}, "blocks": [{"type": "divider"}]}
    await mara.app_calls("views.push", trigger_id=trigger.id, view=second)
    await expect(page.get_by_role("heading", name="More")).to_be_visible()
    await mara.button("Back").click()
    await expect(page.get_by_role("heading", name="Ask the coach")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


MARKED = (
    "*bold* _slanted_ ~gone~ `code` <https://example.com/a|a link> <@U0LEO> <#C0RANDOM> :tada: &lt;b&gt; 2*3*4 "
    "<!date^1795000000^{date_num}|then>\n&gt; a quote\n```\na block\n```"
)


async def test_mrkdwn_is_shown_as_slack_shows_it(mara: Persona) -> None:
    await mara.look("Mara", "harbor")
    block = {"type": "section", "text": {"type": "mrkdwn", "text": MARKED}}
    await mara.app_calls("chat.postMessage", channel="C0HARBOR", text="-", blocks=[block])
    shown = mara.said.last
    for tag, words in (("strong", "bold"), ("em", "slanted"), ("s", "gone"), ("code", "code"), ("pre", "a block")):
        await expect(shown.locator(f".content {tag}")).to_have_text(words)
    await expect(shown.locator("blockquote")).to_have_text("a quote")
    await expect(shown.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.com/a")
    await expect(shown).to_contain_text("@leo #random 🎉 <b> 2*3*4 2026-11-18")


async def test_what_people_type_is_never_markup(mara: Persona) -> None:
    await mara.look("Mara", "random")
    typed = "<img src=x onerror=alert(1)> & <javascript:alert(1)|press me> *done*"
    await mara.write(typed)
    await expect(mara.said.last.locator(".content")).to_have_text(typed.replace("*done*", "done"))
    await expect(mara.said.last.locator("img, .content a")).to_have_count(0)


async def test_a_message_can_be_changed_and_deleted_by_whoever_wrote_it(mara: Persona, play: Play) -> None:
    await mara.look("Mara", "random")
    await mara.write("@leo lunch at https://example.com/menu?")
    await mara.said.last.hover()
    await mara.choose("More about this message", "Edit")
    field = mara.page.get_by_role("textbox", name="Edit your message")
    await expect(field).to_have_value("@leo lunch at https://example.com/menu?")
    await field.fill("@leo lunch at one?")
    await field.press("Enter")
    await expect(mara.said.last).to_contain_text("(edited)")
    assert play.slack.messages("random")[-1].text == "<@U0LEO> lunch at one?"
    await mara.said.last.hover()
    await mara.choose("More about this message", "Delete")
    await expect(mara.said).to_have_count(0)


async def test_a_shared_file_is_shown_and_the_coach_s_can_be_downloaded(mara: Persona, play: Play) -> None:
    await mara.look("Mara", "harbor")
    play.slack.grant("files:write")
    content = b"week,kept\n48,5\n"
    place = await mara.app_calls("files.getUploadURLExternal", filename="week-48.csv", length=len(content))
    async with httpx.AsyncClient() as web:
        await web.post(place["upload_url"], content=content)
    await mara.app_calls("files.completeUploadExternal", files=[{"id": place["file_id"]}], channel_id="C0HARBOR")
    async with mara.page.expect_download() as download:
        await mara.page.get_by_role("link", name="week-48.csv").click()
    assert (await (await download.value).path()).read_bytes() == content
    await mara.page.locator("#bottom input[type=file]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": b"-"}
    )
    await expect(mara.said.last).to_contain_text("photo.png")
