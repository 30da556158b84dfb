"""The time of the playground, which can be moved forward."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playground.bell import Bell
from playground.control_error import ControlError
from playground.wire import Json


def real_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Real time plus an offset in seconds.

    The version grows each time the offset changes, never when the list of due moments does, so
    that the bot, which tells what is due, does not wake itself.
    """

    def __init__(self, source: Callable[[], datetime] = real_time) -> None:
        self._source = source
        self.offset = timedelta()
        self.version = 1
        self.due: list[Json] = []
        self._moved = Bell()

    def now(self) -> datetime:
        return self._source() + self.offset

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    def shown(self) -> Json:
        return {
            "now": self.now().isoformat(),
            "offset": self.offset.total_seconds(),
            "version": self.version,
            "due": self.due,
        }

    def set_due(self, due: list[Json]) -> None:
        """Remember what the bot says it will do, soonest first; each is {"at", "what"}."""
        self.due = sorted(due, key=lambda entry: moment(entry["at"]))

    def jump_to_due(self) -> None:
        now = self.now()
        ahead = [at for at in (moment(entry["at"]) for entry in self.due) if at > now]
        if not ahead:
            raise ControlError("Nothing lies ahead that the clock could jump to.")
        self.jump_to(ahead[0])

    def jump_to(self, at: datetime) -> None:
        self.jump(at - self.now())

    def jump(self, by: timedelta) -> None:
        if by < timedelta():
            raise ControlError("The clock only moves forward. Reset takes it back to real time.")
        self._set(self.offset + by)

    def reset(self) -> None:
        self._set(timedelta())

    def _set(self, offset: timedelta) -> None:
        self.offset = offset
        self.version += 1
        self._moved.ring()

    async def newer_than(self, version: int, seconds: float) -> None:
        """Return once the version is newer, or when the seconds of real time are over."""
        try:
            async with asyncio.timeout(seconds):
                while self.version <= version:
                    await self._moved.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        """Let go of everybody who waits."""
        self.version += 1
        self._moved.ring()


def moment(text: str) -> datetime:
    """Read an ISO time with its zone.

    Raises:
        ControlError: It is no time, or names no zone.
    """
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ControlError(f"{text!r} is not a time such as 2030-01-31T12:00:00+00:00.") from error
    if at.tzinfo is None:
        raise ControlError(f"{text!r} names no time zone.")
    return at.astimezone(UTC)
