"""`playground`: the real bot against a Bot API server in memory, on data that starts afresh."""

import asyncio
import contextlib
import json
import logging
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.context import Services
from bot.errors import StartRefused
from bot.running import on_signals, only_instance, serve
from bot.settings import Settings
from bot.store.opening import PLAYGROUND

log = logging.getLogger(__name__)

DATABASE = Path("var/playground/vigil.db")
GOAL = 1_000
OPEN_FOR = timedelta(days=30)
_NAMES = {"organisation": "Example Organisation", "contact": "help@example.org"}
_ALONE = "A playground is open already in this folder. Use that one, or end it first."
_WAIT = 2  # seconds; what is due next changes without a jump, too


class PlaygroundClock:
    """The playground's time, which a visitor can move forward; told over HTTP.

    Only what people see as time asks it: pacing and leases keep to the real one.
    """

    def __init__(self, url: str) -> None:
        self._url = f"{url}/playground/clock"
        self._offset = timedelta(0)
        self._version = -1
        self._told: list[dict[str, str]] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    async def follow(self, services: Services) -> None:
        """Keep to the playground's time, and tell it what is due next. Until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    await self._tell_due(session, services)
                    await self._listen(session)
                except aiohttp.ClientError:
                    await asyncio.sleep(1)
                else:
                    await services.housekeeping.tick()

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        """Wait for a jump, but not long."""
        query = {"after": str(self._version), "wait": str(_WAIT)}
        async with session.get(self._url, params=query) as answer:
            clock: dict[str, Any] = await answer.json()
        self._offset, self._version = timedelta(seconds=clock["offset"]), clock["version"]

    async def _tell_due(self, session: aiohttp.ClientSession, services: Services) -> None:
        due = [
            {"at": one.at.isoformat(), "what": one.what}
            for one in await services.housekeeping.due()
        ]
        if due == self._told:
            return
        async with session.put(f"{self._url}/due", json={"due": due}) as answer:
            answer.raise_for_status()
        self._told = due


async def rehearse(settings: Settings, port: int) -> None:
    """Run bot and playground until a signal ends them.

    Raises:
        StartRefused: The playground could not start, for example because the port is taken.
    """
    stopping = on_signals()
    with only_instance(DATABASE, _ALONE):
        _start_afresh(DATABASE)
        async with _server(port, stopping) as ready:
            clock = PlaygroundClock(ready["url"])
            await serve(
                _settings(settings, ready, await _cast(ready["url"])),
                stopping,
                now=clock.now,
                purpose=PLAYGROUND,
                beside=partial(_alive, clock),
                welcome=f"The playground is open. Ctrl-C ends it. Its page: {ready['url']}",
            )


def _start_afresh(database: Path) -> None:
    """Throw the last rehearsal away; the lock, which we hold, stays."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(f"{database.name}{suffix}").unlink(missing_ok=True)


@asynccontextmanager
async def _alive(clock: PlaygroundClock, services: Services) -> AsyncIterator[None]:
    """Something to sign, and a clock that the visitor can move."""
    await _open_petitions(services)
    following = asyncio.create_task(clock.follow(services))
    try:
        yield
    finally:
        following.cancel()
        await asyncio.wait({following})


@asynccontextmanager
async def _server(port: int, stopping: asyncio.Event) -> AsyncIterator[dict[str, str]]:
    """The playground's own process; it ends with us, also when we are killed, and we with it."""
    _check_free(port)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "playground",
        f"--port={port}",
        "--with-parent",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us: the bot says its last words first
    )
    assert process.stdout is not None
    ended = asyncio.create_task(process.wait())

    def end(_: object) -> None:
        log.error("The playground's server has ended, and Vigil with it.")
        stopping.set()

    ended.add_done_callback(end)
    try:
        line = await process.stdout.readline()
        if not line:
            raise StartRefused(_taken(port))
        yield json.loads(line)
    finally:
        ended.remove_done_callback(end)
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await ended


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise StartRefused(_taken(port)) from None


def _taken(port: int) -> str:
    return (
        f"The playground's page cannot be at port {port}: another program is there, or no program "
        "may be. Take another one: .venv/bin/python -m bot playground --port 8081"
    )


async def _cast(url: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/playground/cast") as answer:
        cast: dict[str, Any] = await answer.json()
    return cast


def _settings(settings: Settings, ready: dict[str, str], cast: dict[str, Any]) -> Settings:
    """The operator's settings, with everything that could touch the real world replaced."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(ready["token"]),
            "api_url": ready["url"],
            "admin_chat": cast["admin_chat"]["id"],
            "owners": frozenset(admin["id"] for admin in cast["admins"]),
            "database": DATABASE,
            "database_key": SecretStr(secrets.token_hex(32)),
            "accept_unreviewed": True,
            **{
                name: text for name, text in _NAMES.items() if name not in settings.model_fields_set
            },
        }
    )


async def _open_petitions(services: Services) -> None:
    """The playground opens what is prepared, so that there is something to sign."""
    closes_at = services.now() + OPEN_FOR
    for slug in services.content.language("").petitions:
        await services.petitions.open(slug, closes_at, GOAL)
