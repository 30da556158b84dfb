"""The playground's page in a real browser: asking and signing as a visitor does."""

from collections.abc import AsyncIterator

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from bot.models import Supporter
from tests.conftest import PETITION, Vigil
from tests.playground.browser import CHROMIUM, chromium, quiet_page

WIDTHS = {"phone": 360, "desktop": 1280}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(params=WIDTHS)
async def page(
    browser: Browser, vigil: Vigil, url: str, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    """The page at both widths."""
    async with quiet_page(browser, url, WIDTHS[request.param]) as page:
        yield page


def supporter(page: Page) -> Locator:
    return page.locator('[data-chat="supporter"]')


async def test_a_visitor_asks_and_signs(page: Page, vigil: Vigil) -> None:
    chat = supporter(page)
    await chat.get_by_role("button", name="What is torture?").click()
    await expect(chat).to_contain_text("As of: late 2014", timeout=20_000)

    await chat.get_by_role("textbox").fill(f"/start petition-{PETITION}")
    await page.keyboard.press("Enter")
    await chat.get_by_role("button", name="Add my name").click()
    await chat.get_by_role("button", name="Sign as").click()

    await expect(chat).to_contain_text("You are number 1 under", timeout=20_000)
    assert await _numbers(vigil) == [1]


async def test_axe_finds_nothing_serious(page: Page) -> None:
    chat = supporter(page)
    await chat.get_by_role("button", name="What is torture?").click()
    await expect(chat).to_contain_text("As of: late 2014", timeout=20_000)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        found = (await Axe().run(page)).response["violations"]
        assert [(one["id"], one["impact"]) for one in found if _is_serious(one["impact"])] == []


async def test_arabic_runs_right_to_left(page: Page, vigil: Vigil) -> None:
    chat = vigil.chat(2)
    await chat.link(f"petition-{PETITION}")
    await chat.tap("Add my name")
    await supporter(page).get_by_role("radio", name="ليلى").check(force=True)

    name = supporter(page).locator("[data-message-id]").last.get_by_text("ليلى").first
    await expect(name).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _is_serious(impact: str) -> bool:
    return impact in {"serious", "critical"}


async def _numbers(vigil: Vigil) -> list[int]:
    found = await vigil.services.petitions.signed_by(Supporter(vigil.chat().user, "en"))
    return [one.signature.number for one in found]
