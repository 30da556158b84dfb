"""Broken lines and lost time: what was surely not sent, and what may have been."""

import asyncio
import logging
import socket
import struct
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.telegram_http import AiohttpRequest, NeverSent, NeverSentInTime
from tests.telegram_http.conftest import TOKEN, Connect, Listen, Serve, Wire, all_that_is_told

SOON = 0.05  # for what never comes, so that no machine is too slow for it


def refused_port() -> str:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes everything and says nothing."""
    while await reader.read(2**16):
        pass
    writer.close()


async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads the beginning of a request and no more."""
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.pause_reading()  # type: ignore[attr-defined]


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    line = writer.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":')
    writer.close()


async def no_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def gibberish(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    writer.close()


async def test_a_refused_connection_was_never_sent(connect: Connect) -> None:
    bot = await connect(refused_port())

    with pytest.raises(NeverSent) as caught:
        await bot.send_message(5, "hello")

    assert not isinstance(caught.value, TimedOut)


async def test_a_failed_handshake_was_never_sent(connect: Connect, wire: Listen) -> None:
    bot = await connect(f"https://{await wire(no_tls)}")

    with pytest.raises(NeverSent):
        await bot.send_message(5, "hello")


async def test_a_connection_that_does_not_come_about_was_never_sent(
    connect: Connect, wire: Listen
) -> None:
    bot = await connect(f"https://{await wire(mute)}", connect_timeout=SOON)

    with pytest.raises(NeverSentInTime) as caught:
        await bot.send_message(5, "hello")

    assert isinstance(caught.value, TimedOut)  # so PTB's own callers see a timeout too


async def test_a_full_pool_was_never_sent(running: AsyncExitStack, serve: Serve) -> None:
    arrived, release, paths = asyncio.Event(), asyncio.Event(), []

    async def answer(request: web.Request) -> web.Response:
        paths.append(request.path)
        arrived.set()
        await release.wait()
        return web.Response(body=b"late")

    root = await serve(answer)
    request = await running.enter_async_context(AiohttpRequest(connections=1))
    first = asyncio.create_task(request.retrieve(f"{root}/first"))
    await arrived.wait()
    with pytest.raises(NeverSentInTime):
        await request.retrieve(f"{root}/second", pool_timeout=SOON, connect_timeout=SOON)

    waiting = asyncio.create_task(request.retrieve(f"{root}/third"))
    release.set()

    assert [await first, await waiting] == [b"late", b"late"]
    assert paths == ["/first", "/third"]


@pytest.mark.parametrize("behave", [reset, hang_up, half, gibberish])
async def test_a_lost_answer_is_a_network_error_and_may_have_been_sent(
    connect: Connect, wire: Listen, behave: Wire
) -> None:
    bot = await connect(f"http://{await wire(behave)}")

    with pytest.raises(NetworkError) as caught:
        await bot.send_message(5, "hello")

    assert type(caught.value) is NetworkError


async def test_a_request_is_sent_once_even_when_a_kept_connection_breaks(
    connect: Connect, wire: Listen
) -> None:
    requests = []

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers the first request of a connection and hangs up on the second."""
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        await reader.readexactly(2)
        body = b'{"ok":true,"result":true}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    bot = await connect(f"http://{await wire(once)}")

    assert await bot.log_out()
    with pytest.raises(NetworkError):
        await bot.log_out()
    assert len(requests) == 2


async def test_silence_times_out_and_may_have_been_sent(connect: Connect, wire: Listen) -> None:
    bot = await connect(f"http://{await wire(mute)}")

    with pytest.raises(TimedOut) as caught:
        await bot.send_message(5, "hello", read_timeout=SOON)

    assert not isinstance(caught.value, NeverSent)


async def test_the_timeouts_given_at_the_start_hold_unless_others_are_given(
    connect: Connect, wire: Listen
) -> None:
    bot = await connect(f"http://{await wire(mute)}", read_timeout=SOON)

    with pytest.raises(TimedOut):
        await bot.send_message(5, "hello")
    patient = asyncio.create_task(bot.send_message(5, "hello", read_timeout=None))
    with pytest.raises(TimedOut):
        await bot.send_message(5, "hello")

    assert not patient.done()
    patient.cancel()


async def test_an_upload_that_stands_still_times_out(connect: Connect, wire: Listen) -> None:
    bot = await connect(
        f"http://{await wire(deaf)}",
        write_timeout=SOON,
        connect_timeout=SOON,
        pool_timeout=SOON,
        read_timeout=None,
    )

    with pytest.raises(TimedOut) as caught:
        await bot.send_document(5, bytes(2**25))

    assert not isinstance(caught.value, NeverSent)


async def test_an_upload_that_moves_may_take_longer_than_its_timeout(
    connect: Connect, wire: Listen
) -> None:
    """Ten pauses of a quarter of the limit each, in all more than what one may stand still."""
    limit = 1.0

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        for _ in range(10):
            await reader.readexactly(length // 10)
            await asyncio.sleep(limit / 4)
        await reader.readexactly(length % 10)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}')

    bot = await connect(
        f"http://{await wire(slow)}", write_timeout=limit, connect_timeout=0.3, pool_timeout=0.3
    )

    assert await bot.set_webhook("https://vigil.example", certificate=bytes(2**26))


async def test_a_cancelled_request_ends_at_once(connect: Connect, wire: Listen) -> None:
    arrived = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await mute(reader, writer)

    bot = await connect(f"http://{await wire(answer)}", read_timeout=None)
    sending = asyncio.create_task(bot.send_message(5, "hello"))
    await arrived.wait()
    sending.cancel()

    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_text_that_cannot_be_encoded_is_not_a_network_error(connect: Connect) -> None:
    bot = await connect("http://127.0.0.1:9")

    for send in (
        bot.send_message(5, "secret \ud83d"),
        bot.send_document(5, b"x", caption="secret \ud83d"),
    ):
        with pytest.raises(TelegramError) as caught:
            await send
        assert not isinstance(caught.value, NetworkError)
        assert "secret" not in all_that_is_told(caught.value)


@pytest.mark.parametrize("behave", [reset, hang_up, half, gibberish, no_tls, mute, deaf])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_no_fault_on_the_line_tells_the_token(
    connect: Connect, wire: Listen, scheme: str, behave: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    root = f"{scheme}://{await wire(behave)}"
    bot = await connect(root, read_timeout=SOON, connect_timeout=0.5, write_timeout=SOON)

    with caplog.at_level(logging.DEBUG), pytest.raises(TelegramError) as caught:
        await bot.send_document(5, bytes(2**20))

    assert TOKEN not in all_that_is_told(caught.value)
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    "root", ["http://[bad", "http://", "ftp://127.0.0.1", "no address", "http://127.0.0.1:99999"]
)
async def test_no_bad_address_tells_the_token(
    connect: Connect, root: str, caplog: pytest.LogCaptureFixture
) -> None:
    bot = await connect(root)

    with caplog.at_level(logging.DEBUG), pytest.raises(TelegramError) as caught:
        await bot.send_message(5, "hello")

    assert TOKEN not in all_that_is_told(caught.value)
    assert TOKEN not in caplog.text
