"""The server as a process of its own."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

from aiohttp import ClientSession


async def started(*arguments: str) -> tuple[Process, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--port", "0", *arguments, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout
    return process, json.loads(await process.stdout.readline())


async def test_it_says_where_it_listens_and_ends_on_a_signal(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    process, said = await started("--log", str(log))
    async with ClientSession() as session:
        async with session.get(f"{said['url']}/bot{said['token']}/getMe") as answer:
            assert (await answer.json())["ok"]
        poll = session.get(f"{said['url']}/bot{said['token']}/getUpdates?timeout=50")
        waiting = asyncio.ensure_future(poll)
        async with session.get(f"{said['url']}/playground/events"):
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        (await asyncio.gather(waiting, return_exceptions=True))
    assert log.read_text("utf-8").startswith('{"method":"getMe","params":{}}\n')


async def test_it_ends_with_its_parent() -> None:
    process, _ = await started("--with-parent")
    assert process.stdin
    process.stdin.close()
    assert await process.wait() == 0


async def test_a_crowd_is_ordered_on_the_command_line() -> None:
    process, said = await started("--crowd", "2000")
    async with ClientSession() as session, session.get(f"{said['url']}/playground/cast") as answer:
        assert len((await answer.json())["crowd"]) == 2000
    process.terminate()
    assert await process.wait() == 0


async def test_a_taken_port_is_named_in_a_sentence() -> None:
    process, said = await started("--with-parent")
    port = said["url"].rpartition(":")[2]
    second = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--port", port, stderr=PIPE
    )
    _, complaint = await second.communicate()
    assert second.returncode == 1
    assert complaint.startswith(b"The playground cannot start: ")
    assert b"Traceback" not in complaint
    process.terminate()
    assert await process.wait() == 0
