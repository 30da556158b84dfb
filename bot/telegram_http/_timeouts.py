"""The four timeouts that PTB knows, and what aiohttp makes of them."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import aiohttp
from telegram.request import BaseRequest


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

    def but(self, **given: object) -> "Timeouts":
        """These, but for those that are given; PTB has a value of its own for one that is not."""
        others = {name: value for name, value in given.items() if value is not _NOT_GIVEN}
        return replace(self, **cast("dict[str, float | None]", others)) if others else self


_NOT_GIVEN = BaseRequest.DEFAULT_NONE
