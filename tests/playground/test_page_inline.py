"""`@bot words` on the page: cards are offered, and one is chosen; the test is the bot."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from playground.world import World
from tests.playground.browser import CHROMIUM, column
from tests.playground.test_page import updates
from tests.playground.wire import Wire

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

SIGN = {"text": "Sign", "url": "https://t.me/vigil_playground_bot?start=petition-two"}


def card(number: str) -> Any:
    """An answer's card; the second one has a button."""
    offered = {"type": "article", "id": number, "title": f"Petition {number}"}
    offered["description"] = f"What {number} demands"
    said = {"message_text": f"<b>The card of {number}</b>", "parse_mode": "HTML"}
    keys = {"reply_markup": {"inline_keyboard": [[SIGN]]}} if number == "two" else {}
    return offered | {"input_message_content": said} | keys


async def offer(wire: Wire, *numbers: str, **more: Any) -> str:
    """Answer the query that waits, and return its words."""
    (update,) = await updates(wire)
    query = update["inline_query"]
    cards = [card(number) for number in numbers]
    await wire.ok("answerInlineQuery", inline_query_id=query["id"], results=cards, **more)
    return str(query["query"])


@pytest.mark.parametrize("name", ["supporter", "organiser", "group"])
async def test_a_card_is_chosen_in_any_chat(
    page: Page, wire: Wire, world: World, name: str
) -> None:
    chat = column(page, name)
    field = chat.get_by_role("textbox")
    await field.fill("@Vigil_Playground_Bot  Cameroon one ")
    assert await offer(wire, "one", "two") == "Cameroon one"
    cards = chat.get_by_role("listbox", name="Cards of the bot").get_by_role("option")
    await expect(cards).to_have_text(
        ["Petition oneWhat one demands", "Petition twoWhat two demands"]
    )
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    (update,) = await updates(wire)
    message = update["message"]
    assert message["via_bot"]["id"] == world.bot["id"]
    assert (message["text"], message["entities"][0]["type"]) == ("The card of two", "bold")
    await expect(chat.locator("article.out").last).to_contain_text("via @vigil_playground_bot")
    await expect(field).to_have_text("")
    await expect(cards).to_have_count(0)

    await chat.get_by_role("link", name="Sign").click()
    (update,) = await updates(wire)
    assert update["message"]["text"] == "/start petition-two"
    assert update["message"]["chat"]["id"] == message["from"]["id"]


async def test_only_what_answers_the_newest_words_is_shown(
    page: Page, wire: Wire, amara: int
) -> None:
    chat = column(page, "supporter")
    field, menu = chat.get_by_role("textbox"), chat.get_by_role("listbox", name="Cards of the bot")
    await field.fill("@vigil_playground_bot ")
    (late,) = await updates(wire)
    await field.fill("@vigil_playground_bot c")
    assert await offer(wire, "one") == "c"
    await expect(menu).to_contain_text("Petition one")
    await field.press_sequentially("am")
    assert await offer(wire, "one", "two") == "cam"
    await expect(menu.get_by_role("option")).to_have_count(2)
    query_id = late["inline_query"]["id"]
    await wire.ok("answerInlineQuery", inline_query_id=query_id, results=[card("three")])
    await wire.ok("sendMessage", chat_id=amara, text="This comes after it")
    await expect(chat).to_contain_text("This comes after it")
    await expect(menu.get_by_role("option")).to_have_count(2)

    await page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    for words in ("@vigil_playground_bot", "@another_bot cam", "cam @vigil_playground_bot"):
        await field.fill(words)
    await page.keyboard.press("Enter")
    (update,) = await updates(wire)
    assert update["message"]["text"] == "cam @vigil_playground_bot"  # and nothing was asked


async def test_where_nothing_is_found_a_button_opens_the_bot(page: Page, wire: Wire) -> None:
    chat = column(page, "organiser")
    await chat.get_by_role("textbox").fill("@vigil_playground_bot nothing")
    button = {"text": "See all of them", "start_parameter": "petitions"}
    await offer(wire, button=button)
    await chat.get_by_role("option", name="See all of them").click()
    (update,) = await updates(wire)
    assert update["message"]["text"] == "/start petitions"


async def test_a_button_of_the_bot_begins_the_words(page: Page, wire: Wire, amara: int) -> None:
    button = {"text": "Send the card", "switch_inline_query": "two"}
    markup = {"inline_keyboard": [[button]]}
    await wire.ok("sendMessage", chat_id=amara, text="Your link", reply_markup=markup)
    chat = column(page, "supporter")
    await chat.get_by_role("button", name="Send the card").click()
    assert await offer(wire, "two") == "two"
    await expect(chat).to_contain_text("In Telegram you would now choose a chat.")
    await chat.get_by_role("option", name="Petition two").click()
    (update,) = await updates(wire)
    assert update["message"]["text"] == "The card of two"
