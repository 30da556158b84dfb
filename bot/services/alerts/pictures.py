"""The grey picture that is to stand where pictures stood, and what waits for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.models import Alert, AlertState
from bot.services.alerts._desk import Desk
from bot.store import Connection
from bot.store import alerts as store

AGAIN = timedelta(minutes=1)


class Pictures:
    """What takes a picture back is on record first, and begins when there is one to put there: so
    Telegram may refuse pictures, and nothing that was decided is lost.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked_at: datetime | None = None

    async def are_wanted(self) -> bool:
        """Whether a picture is to be got now.

        After a yes that brought none not for a minute: Telegram may have taken one whose answer
        was lost.
        """
        now, last = self._desk.now(), self._asked_at
        if last is not None and last <= now < last + AGAIN:
            return False
        async with self._desk.database.read() as db:
            wanted = await self._waiting(db)
        if wanted:
            self._asked_at = now
        return bool(wanted)

    async def give(self, picture: str) -> None:
        """Let it stand wherever a picture waits for one; `picture` is Telegram's file_id."""
        async with self._desk.database.write() as db:
            for one in await self._waiting(db):
                await store.change(db, one.id, picture=picture)
                digest = self._desk.digest(await self._desk.alert(db, one.id))
                await store.change(db, one.id, digest=digest, not_before=self._desk.now())
        self._asked_at = None

    async def _waiting(self, db: Connection) -> Sequence[Alert]:
        approved = await store.in_states(db, {AlertState.APPROVED})
        return [one for one in approved if one.wants_picture]
