"""From settings to a bot that runs until it is told to end."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.app import announce, another_polls, build, intake, outgoing, utc_now
from bot.assembly import Clock
from bot.content import Content, load
from bot.context import App, Services
from bot.errors import AlreadyRunning, StartRefused
from bot.heap import settle
from bot.i18n import untranslated
from bot.intake import TokenRejected
from bot.keys import database_key
from bot.settings import Settings
from bot.store import Database, open_database
from bot.store.opening import LIVE

log = logging.getLogger(__name__)
_PAUSES = (1, 2, 5, 10, 30)  # seconds between attempts to reach Telegram; the last one repeats
_RUNNING = "Vigil is running. Ctrl-C ends it."
_ALONE = (
    "Vigil is running already on {database}. Two would answer everybody twice: end the other one "
    "first."
)

Beside = Callable[[Services, Database], AbstractAsyncContextManager[None]]


async def run(settings: Settings) -> None:
    """Run on Telegram until a signal ends it; what was begun is finished first.

    Raises:
        StartRefused: It could not start; the text says what to do.
    """
    stopping = on_signals()
    with only_instance(settings.database):
        await serve(settings, stopping)


async def serve(
    settings: Settings,
    stopping: asyncio.Event,
    *,
    now: Clock = utc_now,
    purpose: str = LIVE,
    beside: Beside | None = None,
    welcome: str = _RUNNING,
) -> None:
    """Run until `stopping` is set, on a database that `only_instance` holds for us.

    `beside` surrounds the run: what it prepares is there before the first update. `welcome` goes
    to the log once everything is ready.

    Raises:
        StartRefused: It could not start; the text says what to do.
    """
    check_languages(settings)
    content = load(settings.content, settings.languages)
    check_reviews(settings, content)
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database, database_key(settings), purpose)
        stack.push_async_callback(database.close)
        await database.truncate_log()  # a kill may have left in it what somebody erased
        app = build(settings, database, now, content=content)
        services: Services = app.bot_data["services"]
        stack.push_async_callback(services.copies.turn)  # the last thing that is written
        stack.push_async_callback(_end, app)
        await services.copies.begin()
        await services.petitions.keep_texts(content)
        await services.petition_desk.refresh()
        await services.changes.recover()
        await outgoing(app).sender.recover()
        await services.schedule.recover()
        if beside:
            await stack.enter_async_context(beside(services, database))
        await _unless(stopping, _begin(app))
        if not stopping.is_set():
            settle()
            log.info("%s", welcome)
            await _take_updates(app, stopping)
    log.info("Vigil has ended.")


@contextmanager
def only_instance(database: Path, otherwise: str = _ALONE) -> Iterator[None]:
    """Hold the lock beside the database; the system lets go of it when we die, however.

    Raises:
        AlreadyRunning: Another process holds it; `otherwise` says what that means.
        StartRefused: There is no place for the database.
    """
    lock = FileLock(lock_file(database), blocking=False)
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire()
    except Timeout:
        raise AlreadyRunning(otherwise.format(database=database)) from None
    except OSError:
        raise StartRefused(
            f"Nothing can be written in {database.parent}, where the database shall be. Give Vigil "
            "the right to write there, or set VIGIL_DATABASE to another place."
        ) from None
    try:
        yield
    finally:
        lock.release()


def lock_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def on_signals() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set; the second time they end the process at once."""
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()

    def stop(number: int) -> None:
        stopping.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    return stopping


def check_languages(settings: Settings) -> None:
    """Insist that the bot can speak every language that is released.

    Raises:
        StartRefused: The sentences of the interface are missing in one.
    """
    if missing := untranslated(settings.languages):
        raise StartRefused(
            f"VIGIL_LANGUAGES names {', '.join(missing)}, but the bot's own sentences are not "
            "translated there (folder locales). Take it out of the list."
        )


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


async def _unless(stopping: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, and drop it where it is once `stopping` is set."""
    doing, waiting = asyncio.create_task(work), asyncio.create_task(stopping.wait())
    await asyncio.wait({doing, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    doing.cancel()  # does nothing to what is done
    with suppress(asyncio.CancelledError):
        await doing


async def _begin(app: App) -> None:
    """Find Telegram, however long it is away, and begin to tick."""
    attempt = 0
    while not await _reach(app):
        pause = _PAUSES[min(attempt, len(_PAUSES) - 1)]
        log.warning("Telegram cannot be reached. Trying again in %s s.", pause)
        await asyncio.sleep(pause)
        attempt += 1
    await app.start()
    try:
        await announce(app)
    except TelegramError as error:
        log.warning("The menus could not be set (%s). The next start tries again.", _name(error))


async def _reach(app: App) -> bool:
    """Make ourselves known to Telegram; False when it, or the way to it, is away."""
    try:
        await app.initialize()
        await app.bot.delete_webhook()  # one that is left over would keep all updates from us
    except InvalidToken:
        raise StartRefused(
            "Telegram does not accept VIGIL_BOT_TOKEN. Copy it again from @BotFather."
        ) from None
    except RetryAfter as error:
        await asyncio.sleep(_seconds(error.retry_after))
        return False
    except NetworkError as error:
        if isinstance(error, BadRequest):
            raise
        return False
    except TelegramError:
        raise StartRefused(
            "What answers at VIGIL_API_URL is not Telegram's Bot API. Leave it out to use "
            "Telegram's own."
        ) from None
    return True


def _seconds(pause: int | timedelta) -> float:
    return pause.total_seconds() if isinstance(pause, timedelta) else pause


def _name(error: Exception) -> str:
    return type(error).__name__


async def _end(app: App) -> None:
    await outgoing(app).sender.stop()
    if app.running:
        await app.stop()
    await app.shutdown()
    for request in (app.bot.request, app.bot_data["polling"]):
        await request.shutdown()  # if we never got as far as to initialise the application


async def _take_updates(app: App, stopping: asyncio.Event) -> None:
    loop = intake(app, partial(_another_polls, app))
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


async def _another_polls(app: App) -> None:
    log.error(
        "If you know of no other program, somebody else has the bot's token: "
        "@BotFather makes a new one with /revoke."
    )
    await another_polls(app)
