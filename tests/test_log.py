"""What reaches the log: that something happened and where, never to whom and what was said."""

import asyncio
import gc
import io
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import log
from bot.store import open_database
from playground.faults import Fault
from playground.world import World
from tests.conftest import KEY, PETITION
from tests.conversation import Chat
from tests.process import READY, listening, on_telegram, polling, program

TOKEN = "7100000001:AAHq9-secret_secret_secret_secret_1"
SECRETS = (TOKEN, "AAHq9", "510000001", "-1001900000001", "Élise Fontaine", "my brother is held")
ALL = " ".join(SECRETS)
LEVELS = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL]


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    """Logging as the program has it, at its most talkative; gives what was written so far."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level, sys.excepthook, sys.unraisablehook, threading.excepthook
    levels = {name: logging.getLogger(name).level for name in list(root.manager.loggerDict)}
    log.set_up("DEBUG")
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    yield stream.getvalue
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = True
    root.handlers[:], level, sys.excepthook, sys.unraisablehook, threading.excepthook = before
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


def is_discreet(said: str) -> None:
    for secret in SECRETS:
        assert secret not in said


def failing() -> Exception:
    """An error with everything in it, and another one behind it."""
    try:
        _fail()
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("name", ["telegram.ext", "aiosqlite", "aiohttp.client", "asyncio", "x"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("filled", [True, False])
def test_a_library_cannot_say_values(
    name: str, level: int, filled: bool, written: Callable[[], str]
) -> None:
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)  # whatever a library does about its own level
    if filled:
        logger.log(level, f"update {ALL}", exc_info=failing(), stack_info=True)  # noqa: G004
    else:
        logger.log(level, "update %s of %(x)s", ALL, exc_info=failing(), stack_info=True)

    is_discreet(written())
    if level >= logging.WARNING:
        assert name in written()
        assert "ValueError" in written()
        assert "test_log.py" in written()


def test_the_sentence_of_a_library_stays_readable(written: Callable[[], str]) -> None:
    logging.getLogger("apscheduler").warning("Run time of job %s was missed by %s", ALL, ALL)

    assert "apscheduler: Run time of job %s was missed by %s\n" in written()


@pytest.mark.parametrize("level", LEVELS)
def test_an_error_of_ours_is_a_type_and_places(level: int, written: Callable[[], str]) -> None:
    logging.getLogger("bot.somewhere").log(level, "it failed", exc_info=failing(), stack_info=True)
    logging.getLogger("handlers.somewhere").log(level, "it failed", exc_info=failing())

    is_discreet(written())
    assert written().count("  ValueError\n") == 2
    assert written().count("in _fail") == 2


@pytest.mark.parametrize(
    "form",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        TOKEN.replace(":", "%3A"),
        "123:" + "a" * 12,
    ],
)
def test_a_token_is_covered_even_in_sentences_of_ours(
    form: str, written: Callable[[], str]
) -> None:
    logging.getLogger("bot").warning("asked %s", form)

    assert "<token>" in written()
    is_discreet(written())


def test_a_time_is_no_token(written: Callable[[], str]) -> None:
    logging.getLogger("bot").warning("at 12:00:00, port 8080: closed, line 1234:5")

    assert "at 12:00:00, port 8080: closed, line 1234:5" in written()


def test_a_record_that_cannot_be_filled_says_nothing(
    written: Callable[[], str], capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("bot").warning("%d", ALL)

    is_discreet(written() + "".join(capfd.readouterr()))


def test_a_warning_of_python_says_nothing(
    written: Callable[[], str], capfd: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(ALL, stacklevel=1)

    is_discreet(written() + "".join(capfd.readouterr()))
    assert "py.warnings" in written()


def test_what_nobody_catches_is_discreet(written: Callable[[], str]) -> None:
    error = failing()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()

    is_discreet(written())
    assert written().count("an error that nobody expected") == 2


async def test_a_task_that_nobody_asks_is_discreet(written: Callable[[], str]) -> None:
    async def fail() -> None:
        raise ValueError(ALL)

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    gc.collect()

    assert "asyncio" in written()
    is_discreet(written())


def _fail() -> None:
    nothing: dict[str, str] = {}
    try:
        nothing[ALL]
    except LookupError as error:
        raise ValueError(ALL) from error


async def test_a_whole_run_says_nothing_of_anybody(tmp_path: Path, world: World, url: str) -> None:
    """Asking, signing, stopping, in a storm of faults, with a damaged database at the end."""
    settings = on_telegram(world, url) | {"database_key": KEY, "messages_per_second": 30}
    async with program(tmp_path, "petition", "open", PETITION, **settings) as opening:
        await opening.ended()
    async with program(tmp_path, "run", **settings) as running:
        await running.says(READY)
        for person in world.supporters:
            await talk(world, person.id)
        await in_a_storm(world)
        await damage(tmp_path / "var" / "vigil.db")
        await Chat(world, world.supporters[1].id).say("/mysignatures")
        await running.says("an unexpected error")
        assert await running.end() == 0

    for never in spoken(world):
        assert never not in opening.output + running.output, never
    assert "OperationalError" in running.output  # so that there was something to be discreet of
    assert "bot.store" not in opening.output


async def talk(world: World, person: int) -> None:
    chat = Chat(world, person)
    await chat.say("My sister Zeynep-Marie Quispe asked me what torture is")
    await chat.link(f"petition-{PETITION}")
    await chat.tap("Count me without my name")
    await chat.tap("Count me")
    await chat.say("/mydata")
    await chat.link("petition-zeynep-marie")
    await chat.send_data("forged:zeynep-marie")


async def in_a_storm(world: World) -> None:
    """Every fault while people write, one after the other."""
    for kind in ("server", "bad_gateway", "reset", "flood", "blocked"):
        for method in ("sendMessage", "getUpdates"):
            world.faults.add(Fault(kind, method, retry_after=1))
        await Chat(world, world.supporters[3].id).say("My brother Zeynep-Ali is held")
    await polling(world)
    with listening(world) as called:
        world.block(world.supporters[3].id)
        world.block(world.supporters[3].id, blocked=False)
        world.say(world.supporters[4].id, "/help")
        await called("sendMessage")
    await world.settled()
    for _ in range(80):  # a flood
        world.say(world.supporters[2].id, "Zeynep-Flood")
    world.say(world.supporters[2].id, "/stop")  # which drops what waits before it
    await world.settled(60)


async def damage(database: Path) -> None:
    """Take a table away below the running bot, as a failing disk might."""
    opened = await open_database(database, KEY)
    async with opened.write() as db:
        await db.execute(text("DROP TABLE signatures"))
    await opened.close()


def spoken(world: World) -> set[str]:
    """Everything that must not be in a log: who, where, and each line that was written."""
    never = {
        world.token,
        world.token.partition(":")[2],
        KEY,
        "Zeynep",
        "zeynep",
        str(world.admin_chat.id),
    }
    for person in world.people.values():
        names = (person.user.get(part) for part in ("first_name", "last_name", "username"))
        never |= {str(person.id), *(name for name in names if name)}
    for chat in world.chats.values():
        for message in chat.messages:
            said = message.get("text") or message.get("caption") or ""
            never |= {line for line in said.splitlines() if len(line) > 3}
    assert len(never) > 60
    return never
