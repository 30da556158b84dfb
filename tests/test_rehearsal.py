"""The playground that `make run` opens without a token: two processes, one folder, no trace."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout

from tests.conftest import KEY, PETITION
from tests.process import PATIENCE, Program, program

READY = "The playground is open."
AMARA = 510_000_001
NEVER = ClientTimeout(total=None)


class Page:
    """What the page does, over HTTP as the page does it."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._root = f"{url}/playground"

    async def do(self, what: str, **body: Any) -> Any:
        async with self._session.post(f"{self._root}/{what}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def tap(self, message: Any, label: str) -> None:
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(one["callback_data"] for row in rows for one in row if one["text"] == label)
        number = message["message_id"]
        await self.do("tap", user=AMARA, chat=AMARA, message_id=number, data=data)

    async def state(self) -> Any:
        async with self._session.get(f"{self._root}/state") as answer:
            return await answer.json()

    async def until(self, is_so: Callable[[Any], Any]) -> Any:
        """Look at the state after each event, until what is asked of it is there."""
        async with (
            asyncio.timeout(PATIENCE),
            self._session.get(f"{self._root}/events", timeout=NEVER) as stream,
        ):
            async for _ in stream.content:  # a greeting comes first
                if found := is_so(await self.state()):
                    return found
        raise AssertionError("the playground ended")

    async def hears(self, words: str) -> Any:
        """Amara's newest message of the bot, once one with these words is there."""
        return await self.until(lambda state: message_with(words, state))

    async def root(self) -> str:
        async with self._session.get(self._root.removesuffix("playground")) as answer:
            return await answer.text()


def message_with(words: str, state: Any) -> Any:
    for chat in state["chats"]:
        for message in reversed(chat["messages"]):
            text = str(message.get("text") or message.get("caption") or "")
            if words in text and message["from"]["is_bot"] and chat["chat"]["id"] == AMARA:
                return message | {"words": text}
    return None


@asynccontextmanager
async def playground(folder: Path, **settings: object) -> AsyncIterator[tuple[Program, Page]]:
    async with program(folder, "playground", "--port", "0", **settings) as running:
        line = await running.says(READY)
        async with ClientSession() as session:
            yield running, Page(session, line.split()[-1])


async def test_a_visitor_asks_signs_and_sees_the_deadline_pass(tmp_path: Path) -> None:
    async with playground(tmp_path) as (running, page):
        assert running.output.splitlines()[-1].split()[-1].startswith("http://127.0.0.1:")
        assert "<html" in await page.root()

        await page.do("say", user=AMARA, text="What is torture?")
        assert "Source:" in (await page.hears("What torture is"))["words"]
        await page.do("say", user=AMARA, text="/contact")
        assert "help@example.org" in (await page.hears("Example Organisation"))["words"]

        await page.do("link", user=AMARA, payload=f"petition-{PETITION}")
        card = await page.hears("What we keep if you sign")
        assert "You can sign until" in card["words"]
        assert (await page.state())["clock"]["due"]
        await page.do("clock/jump")
        await page.until(lambda state: not state["clock"]["due"])  # the bot has closed it
        await page.tap(card, "Count me without my name")
        await page.hears("This petition has closed")

        assert await running.end(signal.SIGINT) == 0
        assert running.output.splitlines()[-1].endswith("Vigil has ended.")
        assert "WARNING" not in running.output
        assert "Traceback" not in running.output


async def test_what_the_operator_set_is_kept(tmp_path: Path) -> None:
    settings = {
        "organisation": "Voices",
        "contact": "voices.example",
        "admin_chat": -4,
        "owners": 5,
    }
    async with playground(tmp_path, **settings) as (_, page):
        await page.do("say", user=AMARA, text="/contact")

        assert "voices.example" in (await page.hears("Voices"))["words"]


async def test_it_starts_afresh_and_leaves_other_data_alone(tmp_path: Path) -> None:
    other = tmp_path / "var" / "vigil.db"
    write(other, b"the live one")
    async with playground(tmp_path) as (running, page):
        await page.do("link", user=AMARA, payload=f"petition-{PETITION}")
        card = await page.hears("What we keep if you sign")
        await page.tap(card, "Count me without my name")
        await page.tap(await page.hears("You will be counted"), "Count me")
        await page.hears("You are number 1")
        await running.kill()

    async with playground(tmp_path) as (running, page):
        await page.do("say", user=AMARA, text="/mysignatures")
        await page.hears("You have signed nothing here")
    assert read(other) == b"the live one"


async def test_a_second_playground_says_so_and_spoils_nothing(tmp_path: Path) -> None:
    async with playground(tmp_path) as (first, page):
        async with program(tmp_path, "playground", "--port", "0") as second:
            assert await second.ended() == 3
            assert second.output == (
                "A playground is open already in this folder. Use that one, or end it first.\n"
            )
        await page.do("say", user=AMARA, text="/mysignatures")
        await page.hears("You have signed nothing here")
        assert await first.end() == 0


async def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with program(tmp_path, "playground", "--port", str(port)) as running:
            assert await running.ended() == 2

    assert running.output.startswith(f"The playground's page cannot be at port {port}: ")
    assert running.output.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_however_it_ends_its_server_ends_too(tmp_path: Path, number: signal.Signals) -> None:
    async with playground(tmp_path) as (running, _):
        (server,) = children(running.process.pid)
        with os.fdopen(os.pidfd_open(server)) as watched:
            await running.end(number)
            await gone(watched.fileno())


async def test_it_ends_with_its_server(tmp_path: Path) -> None:
    async with playground(tmp_path) as (running, _):
        (server,) = children(running.process.pid)
        os.kill(server, signal.SIGKILL)

        await running.says("The playground's server has ended")
        assert await running.ended() == 0


async def test_live_and_playground_data_are_never_mixed(tmp_path: Path) -> None:
    async with playground(tmp_path):
        database = tmp_path / "var" / "playground" / "vigil.db"
        options = {"database": database, "database_key": KEY}
        async with program(tmp_path, "petition", "close", PETITION, **options) as command:
            assert await command.ended() == 2
        assert "does not open with this key" in command.output


def children(parent: int) -> list[int]:
    """Processes that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(child) for child in listed.split()]


async def gone(watched: int) -> None:
    """Wait until a process has ended: then its descriptor can be read."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(watched, ended.set)
    try:
        async with asyncio.timeout(PATIENCE):
            await ended.wait()
    finally:
        loop.remove_reader(watched)


def read(file: Path) -> bytes:
    return file.read_bytes()


def write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
