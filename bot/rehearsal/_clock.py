"""The playground's time, which a visitor can move."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.context import Services

_WAIT = 2  # seconds; what is due next changes without a jump, too


class PlaygroundClock:
    """The playground's time, which a visitor can move forward; told over HTTP.

    Only what people see as time asks it: pacing and leases keep to the real one.
    """

    def __init__(self, url: str) -> None:
        self._url = f"{url}/playground/clock"
        self._offset = timedelta(0)
        self._version = -1
        self._told: list[dict[str, str]] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    async def follow(self, services: Services) -> None:
        """Keep to the playground's time, and tell it what is due next. Until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    await self._tell_due(session, services)
                    await self._listen(session)
                except aiohttp.ClientError:
                    await asyncio.sleep(1)
                else:
                    await services.housekeeping.tick()

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        """Wait for a jump, but not long."""
        query = {"after": str(self._version), "wait": str(_WAIT)}
        async with session.get(self._url, params=query) as answer:
            clock: dict[str, Any] = await answer.json()
        self._offset, self._version = timedelta(seconds=clock["offset"]), clock["version"]

    async def _tell_due(self, session: aiohttp.ClientSession, services: Services) -> None:
        kept = [(one.at, one.what) for one in await services.housekeeping.due()]
        reminder = await services.reminders.next_moment()
        kept += [(reminder, "a reminder of a letter goes out")] if reminder else []
        coming = sorted([*kept, *await services.schedule.next_moments()])
        due = [{"at": at.isoformat(), "what": what} for at, what in coming]
        if due == self._told:
            return
        async with session.put(f"{self._url}/due", json={"due": due}) as answer:
            answer.raise_for_status()
        self._told = due
