"""The playground, a bot that knows it, and intakes that can be stopped or killed."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from telegram import Bot, Update

from bot.intake import Intake
from bot.telegram_http import AiohttpRequest
from playground.server import serve
from playground.world import World


class Desk:
    """Handles texts: notes when one begins and ends; a text that is held waits to be let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.busy: Counter[int] = Counter()
        self.busiest = 0
        self._held: dict[str, asyncio.Event] = {}
        self._begins: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._ends: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def hold(self, *texts: str) -> None:
        self._held |= {text: asyncio.Event() for text in texts}

    def let_go(self, *texts: str) -> None:
        for text in texts or self._held:
            self._held[text].set()

    async def has_begun(self, text: str) -> None:
        async with asyncio.timeout(20):
            await self._begins[text].wait()

    async def has_done(self, text: str) -> None:
        async with asyncio.timeout(20):
            await self._ends[text].wait()

    async def handle(self, update: Update) -> None:
        assert update.effective_user
        text, person = said(update), update.effective_user.id
        self.begun.append(text)
        self._begins[text].set()
        self.busy[person] += 1
        assert self.busy[person] == 1, "two of one person's updates at a time"
        self.busiest = max(self.busiest, self.busy.total())
        try:
            if text in self._held:
                await self._held[text].wait()
        finally:
            self.busy[person] -= 1
        self.done.append(text)
        self._ends[text].set()


def said(update: Update) -> str:
    if update.callback_query and update.callback_query.data:
        return update.callback_query.data
    return (update.message and update.message.text) or "no text"


class Running:
    """An intake at work."""

    def __init__(self, intake: Intake, **grace: Any) -> None:
        self.intake = intake
        self.task = asyncio.create_task(intake.run(**grace))

    async def stop(self) -> None:
        async with asyncio.timeout(20):
            await self.intake.stop()
            await self.task

    async def kill(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


Start = Callable[..., Running]
MakeBot = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


@pytest.fixture
async def world() -> World:
    return World(rate=1000)


@pytest.fixture
async def make_bot(stack: AsyncExitStack, world: World) -> MakeBot:
    root = await stack.enter_async_context(serve(world))

    async def make(token: str | None = None) -> Bot:
        request = await stack.enter_async_context(AiohttpRequest())
        return Bot(
            token or world.token,
            base_url=f"{root}/bot",
            request=request,
            get_updates_request=request,
        )

    return make


@pytest.fixture
async def start(make_bot: MakeBot) -> AsyncIterator[Start]:
    """Start an intake; at the end whatever still runs is killed."""
    bot = await make_bot()
    started: list[Running] = []

    def begin(
        handle: Callable[[Update], Awaitable[None]],
        *,
        bot: Bot = bot,
        run: dict[str, Any] | None = None,
        **options: Any,
    ) -> Running:
        running = Running(Intake(bot, handle, **options), **(run or {}))
        started.append(running)
        return running

    yield begin
    for running in started:
        if not running.task.done():
            await running.kill()
