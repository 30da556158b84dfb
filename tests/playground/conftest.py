from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Page

from playground.server import serve
from playground.world import World
from tests.playground.browser import chromium, quiet_page
from tests.playground.wire import Wire

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def world() -> World:
    """A playground whose clock stands still until it is moved."""
    return World(now=lambda: NOON, rate=1000, group_rate=1000)


@pytest.fixture
async def wire(world: World) -> AsyncIterator[Wire]:
    async with serve(world) as url, ClientSession() as session:
        yield Wire(session, world, url)


@pytest.fixture
def amara(world: World) -> int:
    """A supporter who has pressed Start; the update for it is out of the way."""
    user = world.supporters[0].id
    world.link(user, "")
    world.updates.confirm(world.updates.next_id)
    return user


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def page(browser: Browser, wire: Wire) -> AsyncIterator[Page]:
    async with quiet_page(browser, wire.url, 1280) as page:
        yield page
