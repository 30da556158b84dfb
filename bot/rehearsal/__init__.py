"""`playground`: the real bot against a Bot API server in memory, on data that starts afresh."""

import asyncio
import logging
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.context import Services
from bot.rehearsal._clock import PlaygroundClock
from bot.rehearsal._examples import with_examples
from bot.rehearsal._scene import enrol, set_up
from bot.rehearsal._server import server
from bot.running import on_signals, only_instance, serve
from bot.settings import Settings
from bot.store import Database
from bot.store.opening import PLAYGROUND

log = logging.getLogger(__name__)

DATABASE = Path("var/playground/vigil.db")
_NAMES = {"organisation": "Example Organisation", "contact": "help@example.org"}
_ALONE = "A playground is open already in this folder. Use that one, or end it first."


async def rehearse(settings: Settings, port: int, crowd: int) -> None:
    """Run bot and playground, with so many simulated people, until a signal ends them.

    Raises:
        StartRefused: The playground could not start, for example because the port is taken.
    """
    stopping = on_signals()
    with only_instance(DATABASE, _ALONE):
        _start_afresh(DATABASE)
        today = datetime.now(UTC).date()
        content = await asyncio.to_thread(with_examples, settings, _content(DATABASE), today)
        async with server(port, crowd, stopping) as ready:
            clock, cast = PlaygroundClock(ready["url"]), await _cast(ready["url"])
            await serve(
                _settings(settings, content, ready, cast),
                stopping,
                now=clock.now,
                purpose=PLAYGROUND,
                beside=partial(_alive, clock, cast),
                welcome=f"The playground is open. Ctrl-C ends it. Its page: {ready['url']}",
            )


def _start_afresh(database: Path) -> None:
    """Throw the last rehearsal away; the lock, which we hold, stays."""
    for folder in (_state(database), _content(database)):
        shutil.rmtree(folder, ignore_errors=True)
    for suffix in ("", "-wal", "-shm"):
        database.with_name(f"{database.name}{suffix}").unlink(missing_ok=True)


def _state(database: Path) -> Path:
    """A rehearsal writes nothing outside its folder."""
    return database.parent / "state"


def _content(database: Path) -> Path:
    return database.parent / "content"


@asynccontextmanager
async def _alive(
    clock: PlaygroundClock, cast: dict[str, Any], services: Services, database: Database
) -> AsyncIterator[None]:
    """Something to sign, people to write to, and a clock that the visitor can move."""
    await set_up(services, cast)
    await enrol(database, services, cast["crowd"])
    following = asyncio.create_task(clock.follow(services))
    try:
        yield
    finally:
        following.cancel()
        await asyncio.wait({following})


async def _cast(url: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/playground/cast") as answer:
        cast: dict[str, Any] = await answer.json()
    return cast


def _settings(
    settings: Settings, content: Path, ready: dict[str, str], cast: dict[str, Any]
) -> Settings:
    """The operator's settings, with everything that could touch the real world replaced."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(ready["token"]),
            "api_url": ready["url"],
            "proxy": None,
            "admin_chat": cast["admin_chat"]["id"],
            "owners": frozenset(admin["id"] for admin in cast["admins"]),
            "database": DATABASE,
            "database_key": SecretStr(secrets.token_hex(32)),
            "state": _state(DATABASE),
            "content": content,
            "accept_unreviewed": True,
            **{
                name: text for name, text in _NAMES.items() if name not in settings.model_fields_set
            },
        }
    )
