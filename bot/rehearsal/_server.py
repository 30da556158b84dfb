"""The playground's server: a process of its own, which ends when we do."""

import asyncio
import contextlib
import json
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import StartRefused

log = logging.getLogger(__name__)


@asynccontextmanager
async def server(port: int, crowd: int, stopping: asyncio.Event) -> AsyncIterator[dict[str, str]]:
    """The playground's own process; it ends with us, also when we are killed, and we with it."""
    _check_free(port)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "playground",
        f"--port={port}",
        f"--crowd={crowd}",
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
