"""The request object that python-telegram-bot sends through."""

from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import aiohttp
import orjson
from telegram.request import BaseRequest, RequestData

from bot.telegram_http import _body, answers
from bot.telegram_http._upload import moving
from bot.telegram_http.errors import EXPECTED, translate


@dataclass(frozen=True)
class Timeouts:
    """Seconds; None is for ever."""

    read: float | None
    write: float | None
    connect: float | None
    pool: float | None

    @property
    def connecting(self) -> float | None:
        """Waiting for a free connection and making one: aiohttp counts them together."""
        if self.pool is None or self.connect is None:
            return None
        return self.pool + self.connect

    @cached_property
    def client(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=None, connect=self.connecting, sock_connect=self.connect, sock_read=self.read
        )


class AiohttpRequest(BaseRequest):
    """Several times cheaper than PTB's own, and it does not slow down as requests pile up.

    Timeouts, in seconds, None for ever: `pool` and `connect` are one sum for getting a connection,
    of which `connect` bounds each attempt to make one (DNS is in the sum, not in the attempt);
    `read` is the longest silence of the server, first byte or later; `write` the longest standstill
    of an upload. A body without files goes out in one piece, so that nothing of it can stand still.
    Above five seconds aiohttp rounds up to whole ones.

    Redirects are not followed, for they would take the token elsewhere; proxies in the
    environment are not looked at.
    """

    def __init__(
        self,
        *,
        connections: int = 256,
        read_timeout: float | None = 20,
        write_timeout: float | None = 20,
        connect_timeout: float | None = 10,
        pool_timeout: float | None = 10,
    ) -> None:
        self._connections = connections
        self._timeouts = Timeouts(read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and read the whole answer.

        Raises:
            NeverSent: Telegram saw nothing of it.
            NetworkError: It may have been carried out, though no answer came.
            TelegramError: It could not be built.
        """
        timeouts = Timeouts(
            _given(read_timeout, self._timeouts.read),
            _given(write_timeout, self._timeouts.write),
            _given(connect_timeout, self._timeouts.connect),
            _given(pool_timeout, self._timeouts.pool),
        )
        try:
            status, payload = await self._request(method, url, request_data, timeouts)
        except EXPECTED as error:
            failure = translate(error)
        else:
            return status, payload if status < 300 else _body.without_token(payload, url)
        raise failure

    async def send(self, url: str, body: bytes) -> int | None:
        """Post a body that is encoded already, without building PTB's objects.

        Gives the id of the message it made or changed; None where Telegram names none.

        Raises:
            TelegramError: Whatever PTB's own methods raise for the same answer, and what
                `do_request` raises.
        """
        try:
            status, payload = await self._exchange("POST", url, _json(body), self._timeouts)
        except EXPECTED as error:
            failure = translate(error)
        else:
            if status < 300:
                return answers.message_id(payload)
            await answers.refuse(status, _body.without_token(payload, url))
        raise failure

    async def _request(
        self, method: str, url: str, data: RequestData | None, timeouts: Timeouts
    ) -> tuple[int, bytes]:
        if data is None:
            return await self._exchange(method, url, {}, timeouts)
        if not data.contains_files:
            body = orjson.dumps(data.parameters)
            return await self._exchange(method, url, _json(body), timeouts)
        options, still = await _upload(data, timeouts)
        async with still:
            return await self._exchange(method, url, options, timeouts)

    async def _exchange(
        self, method: str, url: str, options: dict[str, Any], timeouts: Timeouts
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("This request is not initialized")
        async with self._session.request(
            method, url, timeout=timeouts.client, allow_redirects=False, **options
        ) as response:
            return response.status, await response.read()

    parse_json_payload = staticmethod(answers.parse)


def _json(body: bytes) -> dict[str, Any]:
    return {"data": body, "headers": _body.JSON_HEADERS}


async def _upload(
    data: RequestData, timeouts: Timeouts
) -> tuple[dict[str, Any], AbstractAsyncContextManager[None]]:
    form = (await _body.form(data))()
    tracker = aiohttp.UploadTracker()
    options = {"data": form, "upload_tracker": tracker}
    if timeouts.write is None or timeouts.connecting is None or form.size is None:
        return options, nullcontext()
    return options, moving(tracker, form.size, timeouts.connecting, timeouts.write)


def _given(timeout: object, default: float | None) -> float | None:
    return default if timeout is BaseRequest.DEFAULT_NONE else cast("float | None", timeout)
