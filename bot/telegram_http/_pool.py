"""The connections to Telegram: kept, shared, and some of them opened ahead."""

import asyncio
from contextlib import suppress

import aiohttp

from bot.telegram_http.errors import EXPECTED

_IDLE = 50
"""Seconds an unused connection is kept. A server that closes it first, as nginx does after 75, may
do so just as a request leaves, and then nobody knows whether that was carried out."""
_RESOLVED = 60
"""Seconds the address behind a name is remembered."""
_AHEAD = 16


class Pool:
    """An open session; `close` it.

    With `warm`, an address, some connections to it are opened at once, so that the first messages
    need not wait for handshakes. That it cannot be reached is no fault here.
    """

    def __init__(
        self,
        limit: int,
        agent: str,
        proxy: str | None,
        warm: str | None,
        timeout: aiohttp.ClientTimeout,
    ) -> None:
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=limit, keepalive_timeout=_IDLE, ttl_dns_cache=_RESOLVED
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": agent},
            proxy=proxy,
            timeout=timeout,
        )
        ahead = min(_AHEAD, limit) if warm else 0
        self._warming = [asyncio.create_task(self._open(warm or "")) for _ in range(ahead)]

    async def _open(self, address: str) -> None:
        with suppress(*EXPECTED):
            async with self.session.head(address, allow_redirects=False):
                pass

    async def close(self) -> None:
        for task in self._warming:
            task.cancel()
        await asyncio.gather(*self._warming, return_exceptions=True)
        await self.session.close()
