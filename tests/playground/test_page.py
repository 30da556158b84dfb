"""The page in a real browser, with the test in the bot's place."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, FilePayload, Page, expect

from playground.server import serve
from playground.wire import Upload
from playground.world import World
from tests.playground.browser import CHROMIUM, column, quiet_page
from tests.playground.wire import PNG, Wire

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


async def updates(wire: Wire, most: int = 1) -> list[Any]:
    """So many updates, confirmed by the next call."""
    found: list[Any] = []
    async with asyncio.timeout(20):
        while len(found) < most:
            offset = found[-1]["update_id"] + 1 if found else 0
            found += await wire.ok("getUpdates", timeout=20, offset=offset)
    await wire.ok("getUpdates", offset=found[-1]["update_id"] + 1)
    return found


async def test_an_admin_approves_in_the_group(page: Page, wire: Wire, world: World) -> None:
    group = world.admin_chat.id
    keyboard = {"inline_keyboard": [[{"text": "Approve for 2,000", "callback_data": "ok:1"}]]}
    await wire.ok("sendMessage", chat_id=group, text="An alert", reply_markup=keyboard)
    admins = column(page, "group")
    await admins.get_by_role("radio", name="Omar").check(force=True)
    await admins.get_by_role("button", name="Approve for 2,000").click()
    (update,) = await updates(wire)
    tap = update["callback_query"]
    assert tap["from"]["id"] == world.admins[1].id
    assert (tap["message"]["chat"]["id"], tap["data"]) == (group, "ok:1")
    await wire.ok("answerCallbackQuery", callback_query_id=tap["id"], text="Approved")
    await expect(admins).to_contain_text("Approved")


async def test_an_organiser_formats_an_alert(page: Page, wire: Wire, world: World) -> None:
    field = column(page, "organiser").get_by_role("textbox")
    await field.click()
    await page.keyboard.press("Control+b")
    await page.keyboard.type("Urgent")
    await page.keyboard.press("Control+b")
    await page.keyboard.type(": write to 😀 the")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("minister")
    for _ in "minister":
        await page.keyboard.press("Shift+ArrowLeft")
    await page.keyboard.press("Control+k")
    await page.get_by_label("Where the words lead").fill("example.org/letter")
    await page.keyboard.press("Enter")
    await page.get_by_role("toolbar").get_by_role("button", name="Italic").click()
    await page.keyboard.press("Enter")
    (update,) = await updates(wire)
    message = update["message"]
    assert message["text"] == "Urgent: write to 😀 the\nminister"
    assert sorted((one["type"], one["offset"], one["length"]) for one in message["entities"]) == [
        ("bold", 0, 6),
        ("italic", 24, 8),
        ("text_link", 24, 8),
    ]
    (link,) = [one for one in message["entities"] if one["type"] == "text_link"]
    assert link["url"] == "https://example.org/letter"
    sent = column(page, "organiser").locator("[data-message-id]").last
    await expect(sent.get_by_role("link", name="minister")).to_be_visible()
    await expect(field).to_be_empty()


async def test_several_pictures_go_as_an_album(page: Page, wire: Wire) -> None:
    picture: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": PNG}
    await column(page, "organiser").get_by_label("Files to attach").set_input_files([picture] * 2)
    await page.get_by_role("dialog").get_by_role("textbox").fill("Both of them")
    await page.get_by_role("button", name="Send it").click()
    first, second = (update["message"] for update in await updates(wire, 2))
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second.get("caption")) == ("Both of them", None)


async def test_an_admin_chooses_an_organiser(page: Page, wire: Wire, world: World) -> None:
    hanna = world.admins[0].id
    world.link(hanna, "")
    await updates(wire)
    button = {"text": "Choose a person", "request_users": {"request_id": 7}}
    markup = {"keyboard": [[button], ["Not now"]], "one_time_keyboard": True}
    await wire.ok("sendMessage", chat_id=hanna, text="Who?", reply_markup=markup)
    chat = column(page, "organiser")
    await chat.get_by_role("radio", name="Hanna").check(force=True)
    await chat.get_by_role("button", name="Choose a person").click()
    await page.get_by_role("dialog").get_by_role("button", name="Ravi").click()
    (update,) = await updates(wire)
    shared = {"request_id": 7, "users": [{"user_id": world.organiser.id}]}
    assert update["message"]["users_shared"] == shared
    await expect(chat).to_contain_text("Hanna Lindqvist chose a person")
    await expect(chat.get_by_role("button", name="Not now")).to_be_hidden()


async def test_the_crowd_is_a_line_of_numbers(browser: Browser) -> None:
    world = World(crowd=2000)
    async with (
        serve(world) as url,
        ClientSession() as session,
        quiet_page(browser, url, 360) as page,
    ):
        await expect(page.locator("#crowd")).to_contain_text("Crowd: 2,000 people")
        wire = Wire(session, world, url)
        for user in world.crowd.ids[:3]:
            await wire.ok("sendMessage", chat_id=user, text="An alert")
        await expect(page.locator("#crowd")).to_contain_text("received 3")
        await expect(page.locator("#crowd")).to_contain_text("blocked 40")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_faults_are_mixed_in_and_stay_in_view(page: Page, world: World) -> None:
    await page.get_by_role("button", name="Under the hood").click()
    card = page.get_by_role("region", name="Make something fail")
    await card.get_by_label("Fail %").fill("12")
    await card.get_by_label("by seed").fill("7")
    await card.get_by_role("button", name="Mix all kinds in").click()
    said = "12 % of messages to people fail (seed 7)."
    await expect(card).to_contain_text(said)
    assert world.faults.mixture
    assert sum(world.faults.mixture.shown()["shares"].values()) == pytest.approx(0.12)
    await page.reload()
    await expect(card).to_contain_text(said)
    assert await card.evaluate("card => card.scrollWidth <= card.clientWidth")
    await card.get_by_role("button", name="Clear all faults").click()
    await expect(card).not_to_contain_text(said)
    assert world.faults.mixture is None


@pytest.mark.parametrize(
    ("name", "chip", "said"),
    [
        ("organiser", "Write an alert", "/alert"),
        ("group", "Who may do what", "/staff@vigil_playground_bot"),
        ("supporter", "Choose alerts", "/alerts"),
    ],
)
async def test_each_column_says_what_to_try_first(
    page: Page, wire: Wire, name: str, chip: str, said: str
) -> None:
    await column(page, name).get_by_role("button", name=chip).click()
    (update,) = await updates(wire)
    assert update["message"]["text"] == said


async def test_an_organiser_forwards_a_picture(page: Page, wire: Wire, world: World) -> None:
    ravi = world.organiser.id
    world.photo(ravi, Upload("a.png", PNG, "image/png"), as_document=True, caption="A poster")
    await updates(wire)
    chat = column(page, "organiser")
    await chat.locator("[data-message-id]").last.hover()
    await chat.get_by_role("button", name="Reply to Ravi Sandoval").click()
    await chat.get_by_role("button", name="Forward", exact=True).click()
    (update,) = await updates(wire)
    assert "forward_origin" in update["message"]
    await expect(chat).to_contain_text("Forwarded from Somebody")
