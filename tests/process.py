"""The program as an operator has it: a process, what it prints, and how it ends."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol

from playground.world import World

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds; only a hanging program takes that long
READY = "Vigil is running"
CACHE_HOME = ROOT / ".pytest_cache" / "home"  # outlives a run, since it takes long to compute


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """What the program sees: nothing of ours but the given settings, and a home in the folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(CACHE_HOME),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
        "VIGIL_CONTENT": str(ROOT / "content"),
        "VIGIL_LANGUAGES": "en",  # four take their time to read
        **{f"VIGIL_{name}".upper(): str(value) for name, value in settings.items()},
    }


def on_telegram(world: World, url: str) -> dict[str, object]:
    """What a live bot needs; the database and its key are where they are by default."""
    return {
        "bot_token": world.token,
        "api_url": url,
        "admin_chat": world.admin_chat.id,
        "owners": ",".join(str(admin.id) for admin in world.admins),
        "accept_unreviewed": "true",
    }


class Called(Protocol):
    async def __call__(self, method: str, status: int = 200) -> None: ...


class Program:
    """A running `python -m bot …`; what it prints is in `output`, both streams in order."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.output = ""
        self._more = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def says(self, words: str) -> str:
        """Wait for a line with these words."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for line in self.output.splitlines():
                    if words in line:
                        return line
                assert not self._reading.done(), f"it ended and never said {words!r}:\n{self}"
                self._more.clear()
                await self._more.wait()

    async def ended(self) -> int:
        """Wait for its end; gives the exit status."""
        async with asyncio.timeout(PATIENCE):
            await self._reading
            return await self.process.wait()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and wait for that."""
        self.process.send_signal(number)
        return await self.ended()

    async def kill(self) -> None:
        """What a power cut does."""
        self.process.kill()
        await self.ended()

    def __str__(self) -> str:
        return self.output

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            self.output += line.decode()
            self._more.set()
        self._more.set()


@asynccontextmanager
async def program(folder: Path, *arguments: str, **settings: object) -> AsyncIterator[Program]:
    """Start it in a folder; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(folder, **settings),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
    )
    started = Program(process)
    try:
        yield started
    finally:
        if process.returncode is None:
            process.kill()
        await started.ended()


@contextmanager
def listening(world: World) -> Iterator[Called]:
    """Gives what waits for a call of this method, answered with this status, from here on.

    Status 0 is a call that the bot got no answer to.
    """
    with world.events.listening() as queue:

        async def called(method: str, status: int = 200) -> None:
            async with asyncio.timeout(PATIENCE):
                while True:
                    event = await queue.get()
                    assert event is not None
                    call = event.get("call", {})
                    if (call.get("method"), call.get("status")) == (method, status):
                        return

        yield called


async def polling(world: World) -> None:
    """Wait until the bot has nothing to do but to wait for news."""
    async with asyncio.timeout(PATIENCE):
        while not world.updates.polls or world.updates.polls[-1].get("timeout") in {None, "0"}:
            await world.updates.polled(world.updates.poll_count + 1)
