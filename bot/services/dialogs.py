"""Conversations of several messages, one for each person in each chat."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.models import Dialog, Supporter
from bot.store import Database
from bot.store import dialogs as store

LIFETIME = timedelta(hours=24)
LIFETIME_IN_GROUP = timedelta(minutes=30)


class Dialogs:
    """Where each person is; a row that ends by itself after its lifetime."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def move(
        self,
        supporter: Supporter,
        name: str,
        step: str,
        data: Mapping[str, Any],
        update_id: int,
        chat: int | None = None,
    ) -> Dialog:
        """Begin a dialog, or go to its next step. The newest dialog replaces an older one.

        It is in the private chat, or in the group `chat`, where it ends sooner: people talk with
        each other there.
        """
        dialog = Dialog(name, step, data, update_id)
        ends_at = self._now() + (LIFETIME if chat is None else LIFETIME_IN_GROUP)
        async with self._database.write() as db:
            await store.put(db, supporter.id, chat or supporter.id, dialog, ends_at)
        return dialog

    async def close(self, supporter: Supporter, chat: int | None = None) -> bool:
        """End whatever the person was in the middle of; says whether there was something."""
        async with self._database.write() as db:
            return await store.drop(db, supporter.id, chat or supporter.id)
