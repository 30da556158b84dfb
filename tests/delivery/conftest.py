"""A way out to a playground with a crowd, and a ledger of what goes there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.constants import ParseMode
from telegram.ext import Defaults, ExtBot

from bot.delivery import Pace, Sender, Ticket, wire
from bot.models import AlertState
from bot.services.choices import CURRENT
from bot.store import Database, open_database
from bot.telegram_http import AiohttpRequest
from playground.server import serve
from playground.world import World
from tests.conftest import KEY
from tests.delivery.ledgers import NOON, Book

PATIENCE = 30  # seconds; only what hangs takes that long


@dataclass
class Outlet:
    """What a running bot has for sending, and the world that receives it."""

    world: World
    bot: ExtBot[Ticket]
    book: Book
    sender: Sender

    @property
    def database(self) -> Database:
        return self.book.database

    async def through(self, number: int) -> AlertState:
        """Look as often as it takes until the alert is not being sent any more; its state."""
        async with asyncio.timeout(PATIENCE):
            while (state := (await self.book.read(number)).state) is AlertState.SENDING:
                await self.sender.look()
                await asyncio.wait(self.sender._sends.values())
        return state

    def received(self, person: int) -> list[str]:
        messages = self.world.chat(person).messages
        return [str(one.get("text") or one.get("caption")) for one in messages]


Open = Callable[..., Awaitable[Outlet]]


@pytest.fixture
def crowded() -> World:
    """Whoever is in the crowd has started the bot, and nobody blocks it yet."""
    world = World(rate=1_000, now=lambda: NOON, crowd=60, crowd_acts=False)
    for person in world.people.values():
        person.started, person.blocked = True, False
    return world


@pytest.fixture
async def outlet(open_outlet: Open, crowded: World) -> AsyncIterator[Outlet]:
    async with serve(crowded) as url:
        yield await open_outlet(url)


@pytest.fixture
async def open_outlet(crowded: World, tmp_path: Path) -> AsyncIterator[Open]:
    async with AsyncExitStack() as stack:

        async def opened(
            url: str,
            rate: float = 1_000,
            sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
            token: str | None = None,
            read_timeout: float = 20,
        ) -> Outlet:
            database = await open_database(tmp_path / "vigil.db", KEY)
            stack.push_async_callback(database.close)
            pace = Pace(rate)
            stack.push_async_callback(pace.shutdown)
            request = await stack.enter_async_context(AiohttpRequest(read_timeout=read_timeout))
            bot: ExtBot[Ticket] = ExtBot(
                token or crowded.token,
                base_url=f"{url}/bot",
                request=request,
                get_updates_request=request,
                rate_limiter=pace,
                defaults=Defaults(parse_mode=ParseMode.HTML),  # as the application has
            )
            book, drained = Book(database), asyncio.Event()
            drained.set()
            sender = Sender(
                wire(bot),
                database,
                book.catalogues,
                CURRENT,
                lambda: NOON,
                drained,
                sleep=sleep,
            )
            stack.push_async_callback(sender.stop, timedelta(seconds=1))
            return Outlet(crowded, bot, book, sender)

        yield opened


@pytest.fixture
def crowd(crowded: World) -> list[int]:
    return list(crowded.crowd.ids)
