"""Connections: opened ahead, kept and used again; and the way through a proxy."""

import asyncio

import pytest
from aiohttp import encode_basic_auth, web
from telegram.error import NetworkError

from bot.telegram_http import AiohttpRequest, Body, NeverSent, NeverSentInTime
from tests.telegram_http.conftest import TOKEN, Listen, Open, Serve, all_that_is_told

DONE = b'{"ok":true,"result":true}'
PASSWORD = "pass-nobody-may-read"


class Site:
    """A Bot API that notes who came."""

    def __init__(self) -> None:
        self.lines: set[asyncio.Transport | None] = set()
        self.warmed = asyncio.Event()
        self.heads = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.lines.add(request.transport)
        if request.method == "HEAD":
            self.heads += 1
            if self.heads == 16:
                self.warmed.set()
            await self.warmed.wait()
        return web.Response(body=DONE)


@pytest.fixture
def site() -> Site:
    return Site()


async def test_the_first_burst_meets_open_connections(
    opened: Open, serve: Serve, site: Site
) -> None:
    root = await serve(site.answer)
    request = await opened(connections=16, warm=root)
    await site.warmed.wait()
    ahead = set(site.lines)

    await asyncio.gather(*(request.send(root, b"{}") for _ in range(32)))

    assert len(ahead) == 16
    assert site.lines == ahead


async def test_no_more_is_opened_ahead_than_may_be_open(
    opened: Open, serve: Serve, site: Site
) -> None:
    site.warmed.set()
    root = await serve(site.answer)
    request = await opened(connections=2, warm=root)

    for _ in range(5):
        await request.send(root, b"{}")

    assert site.heads <= 2
    assert len(site.lines) <= 2


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://[bad"])
async def test_what_cannot_be_opened_ahead_is_no_fault(serve: Serve, address: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"here")

    async with AiohttpRequest(warm=address) as request:
        assert await request.retrieve(await serve(answer)) == b"here"


async def test_one_may_stop_while_connections_are_being_opened(wire: Listen) -> None:
    arrived = asyncio.Event()

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        while await reader.read(2**16):
            pass

    async with AiohttpRequest(warm=f"http://{await wire(mute)}"):
        await arrived.wait()


async def test_a_connection_is_used_again(opened: Open, serve: Serve, site: Site) -> None:
    root = await serve(site.answer)
    request = await opened()

    for _ in range(5):
        await request.send(root, b"{}")

    assert len(site.lines) == 1


class Proxy:
    """Forwards nothing: answers itself, and notes what it was asked for."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" + DONE):
        self.heads: list[str] = []
        self._answer = answer

    async def behave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.heads.append(head)
            length = head.lower().partition("content-length:")[2].partition("\r\n")[0]
            await reader.readexactly(int(length or 0))
            writer.write(self._answer)


async def test_everything_goes_through_the_proxy(opened: Open, wire: Listen) -> None:
    """To a host that does not exist, so that only the proxy can have answered."""
    proxy = Proxy()
    address = f"http://vigil:{PASSWORD}@{await wire(proxy.behave)}"
    request = await opened(proxy=address)

    await request.send("http://api.invalid/bot1:a/sendMessage", Body({}).to(5))
    await request.post("http://api.invalid/bot1:a/getMe")
    assert await request.retrieve("http://api.invalid/file/bot1:a/a.pdf") == DONE

    assert [head.split("\r\n")[0] for head in proxy.heads] == [
        "POST http://api.invalid/bot1:a/sendMessage HTTP/1.1",
        "POST http://api.invalid/bot1:a/getMe HTTP/1.1",
        "GET http://api.invalid/file/bot1:a/a.pdf HTTP/1.1",
    ]
    assert all(encode_basic_auth("vigil", PASSWORD) in head for head in proxy.heads)


@pytest.mark.parametrize("status", ["407 Proxy Authentication Required", "502 Bad Gateway"])
async def test_a_proxy_that_makes_no_tunnel_has_sent_nothing(
    opened: Open, wire: Listen, status: str
) -> None:
    proxy = Proxy(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    address = f"http://vigil:{PASSWORD}@{await wire(proxy.behave)}"
    request = await opened(proxy=address)

    with pytest.raises(NeverSent) as caught:
        await request.send(f"https://api.invalid/bot{TOKEN}/sendMessage", b"{}")

    assert proxy.heads[0].startswith("CONNECT api.invalid:443 HTTP/1.1\r\n")
    assert TOKEN not in proxy.heads[0]
    for secret in (TOKEN, PASSWORD):
        assert secret not in all_that_is_told(caught.value)


async def test_a_proxy_that_is_not_there_has_sent_nothing(opened: Open) -> None:
    address = f"http://vigil:{PASSWORD}@127.0.0.1:9"
    request = await opened(proxy=address)

    for scheme in ("http", "https"):
        with pytest.raises(NeverSent) as caught:
            await request.send(f"{scheme}://api.invalid/bot{TOKEN}/sendMessage", b"{}")
        assert PASSWORD not in all_that_is_told(caught.value)


async def test_a_proxy_that_says_nothing_has_sent_nothing(opened: Open, wire: Listen) -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(2**16):
            pass

    address = f"http://{await wire(mute)}"
    request = await opened(proxy=address, connect_timeout=0.05, pool_timeout=0.05)

    with pytest.raises(NeverSentInTime):
        await request.send("https://api.invalid/bot1:a/sendMessage", b"{}")


async def test_a_proxy_s_answer_in_telegrams_place_is_an_error(opened: Open, wire: Listen) -> None:
    proxy = Proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    request = await opened(proxy=f"http://{await wire(proxy.behave)}")

    with pytest.raises(NetworkError, match="407"):
        await request.send("http://api.invalid/bot1:a/sendMessage", b"{}")
