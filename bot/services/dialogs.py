"""Conversations of several messages, one for each person in each chat."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.models import Dialog, Supporter
from bot.store import Database
from bot.store import dialogs as store

LIFETIME = timedelta(hours=24)


class Dialogs:
    """Where each person is; a row that ends by itself after `LIFETIME`."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def move(
        self, supporter: Supporter, name: str, step: str, data: Mapping[str, Any], update_id: int
    ) -> Dialog:
        """Begin a dialog, or go to its next step. The newest dialog replaces an older one."""
        dialog = Dialog(name, step, data, update_id)
        async with self._database.write() as db:
            await store.put(db, supporter.id, supporter.id, dialog, self._now() + LIFETIME)
        return dialog

    async def close(self, supporter: Supporter) -> bool:
        """End whatever the person was in the middle of; says whether there was something."""
        async with self._database.write() as db:
            return await store.drop(db, supporter.id, supporter.id)
