"""From settings to a bot that runs until it is told to end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from telegram.error import InvalidToken, NetworkError

from bot.app import Clock, announce, build, intake, utc_now
from bot.content import Content, load
from bot.context import App, Services
from bot.errors import AlreadyRunning, StartRefused
from bot.intake import TokenRejected
from bot.keys import database_key
from bot.settings import Settings
from bot.store import open_database
from bot.store.opening import LIVE

log = logging.getLogger(__name__)
_PAUSES = (1, 2, 5, 10, 30)  # seconds between attempts to reach Telegram; the last one repeats

Prepare = Callable[[Services], Awaitable[None]]


async def serve(
    settings: Settings,
    *,
    now: Clock = utc_now,
    purpose: str = LIVE,
    prepare: Prepare | None = None,
    stopping: asyncio.Event | None = None,
) -> None:
    """Run until a signal, or `stopping`, ends it; what was begun is finished first.

    Raises:
        StartRefused: It could not start; the text says what to do.
    """
    stopping = stopping or _on_signals()
    content = load(settings.content, settings.languages)
    check_reviews(settings, content)
    with only_instance(settings.database):
        async with AsyncExitStack() as stack:
            app = await stack.enter_async_context(_application(settings, content, now, purpose))
            services: Services = app.bot_data["services"]
            await services.petitions.keep_texts()
            if prepare:
                await prepare(services)
            await stack.enter_async_context(_connected(app))
            await announce(app)
            log.info("Vigil is running. Ctrl-C ends it.")
            await _take_updates(app, stopping)
    log.info("Vigil has ended.")


@contextmanager
def only_instance(database: Path) -> Iterator[None]:
    """Hold the lock beside the database; the system lets go of it when we die, however.

    Raises:
        AlreadyRunning: Another process holds it.
    """
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(database.with_name(f"{database.name}.lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyRunning(
            f"Vigil is running already on {database}. Two would answer everybody twice: "
            "end the other one first."
        ) from None
    try:
        yield
    finally:
        lock.release()


def check_reviews(settings: Settings, content: Content) -> None:
    """Insist that somebody takes responsibility for texts that no person has checked.

    Raises:
        StartRefused: There are such texts, and the operator has not said that this is known.
    """
    if content.pending and not settings.accept_unreviewed:
        raise StartRefused(
            f"{len(content.pending)} texts have not been reviewed by a person (review: pending). "
            "Read them in the content folder. To start all the same, set "
            "VIGIL_ACCEPT_UNREVIEWED=true."
        )


@asynccontextmanager
async def _application(
    settings: Settings, content: Content, now: Clock, purpose: str
) -> AsyncIterator[App]:
    database = await open_database(settings.database, database_key(settings), purpose)
    try:
        yield build(settings, database, now, content=content)
    finally:
        await database.close()


@asynccontextmanager
async def _connected(app: App) -> AsyncIterator[None]:
    """The application initialised and its ticking begun; waits for a network that is away."""
    await _initialise(app)
    try:
        await app.start()
        try:
            yield
        finally:
            await app.stop()
    finally:
        await app.shutdown()


async def _initialise(app: App) -> None:
    attempt = 0
    while True:
        try:
            await app.initialize()
        except InvalidToken:
            raise StartRefused(
                "Telegram does not accept VIGIL_BOT_TOKEN. Copy it again from @BotFather."
            ) from None
        except NetworkError:
            pause = _PAUSES[min(attempt, len(_PAUSES) - 1)]
            log.warning("Telegram cannot be reached. Trying again in %s s.", pause)
            await asyncio.sleep(pause)
            attempt += 1
        else:
            return


async def _take_updates(app: App, stopping: asyncio.Event) -> None:
    loop = intake(app, _another_polls)
    running = asyncio.create_task(loop.run())
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not running.done():
        await loop.stop()
    try:
        await running
    except TokenRejected as error:
        raise StartRefused(str(error)) from None


async def _another_polls() -> None:
    log.error(
        "Another program fetches this bot's updates with the same token. End it, or ask "
        "@BotFather for a new token if it is not yours."
    )


def _on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping
