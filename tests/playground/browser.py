"""Chromium for the tests of the page."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Without these it asks the world for updates and components, which tests must not.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(ARGUMENTS), timeout=60_000
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def quiet_page(browser: Browser, url: str, width: int) -> AsyncIterator[Page]:
    """The playground's page; a sentence on its console is a failure."""
    page = await browser.new_page(viewport={"width": width, "height": 780})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(20_000)
    await page.goto(url)
    yield page
    await page.close()
    assert said == []


def column(page: Page, name: str) -> Locator:
    return page.locator(f'[data-chat="{name}"]')
