"""An alert that is being sent, people who wait for it, and what the ledger says of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.delivery.rendering import digest
from bot.i18n import Catalogues
from bot.models import Alert, AlertKind, AlertState, Audience, DeliveryState, Topic, Words
from bot.store import Database, alerts, deliveries
from bot.store.schema import choices, supporters
from bot.store.schema import deliveries as rows

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
TO_URGENT = Audience(((Topic.URGENT, ""),))
HELLO = Words("Free Samira today", ({"type": "bold", "offset": 0, "length": 4},))
Totals = dict[tuple[DeliveryState, str], int]


class Book:
    """The database of a test, seen from the ledger."""

    def __init__(self, database: Database, languages: tuple[str, ...] = ("en",)) -> None:
        self.database = database
        self.catalogues = Catalogues(languages)

    async def enrol(self, people: Iterable[int], language: str = "en") -> None:
        """Supporters who chose urgent actions."""
        yes = {"topic": Topic.URGENT, "about": "", "wording": "yes", "version": 1}
        rows = [{"supporter_id": person} for person in people]
        async with self.database.write() as db:
            await db.execute(
                sa.insert(supporters), [row | {"language": language, "since": NOON} for row in rows]
            )
            await db.execute(sa.insert(choices), [row | yes | {"chosen_at": NOON} for row in rows])

    async def alert(
        self,
        people: Iterable[int],
        *,
        kind: AlertKind = AlertKind.URGENT,
        audience: Audience = TO_URGENT,
        words: dict[str, Words] | None = None,
        state: AlertState = AlertState.SENDING,
        **columns: Any,
    ) -> int:
        """An approved alert with a pending row for each of these people."""
        columns = {"expires_at": NOON + timedelta(days=1), "started_at": NOON, **columns}
        async with self.database.write() as db:
            number = await alerts.add(db, kind, "UTC", audience, NOON)
            for language, text in (words or {"en": HELLO}).items():
                await alerts.put_words(db, number, language, text)
            await alerts.change(db, number, state=state, **columns)
            written = await alerts.alert(db, number)
            assert written is not None
            approved = digest(written, self.catalogues)
            await alerts.change(db, number, digest=approved)
            for person in people:
                await db.execute(
                    sa.insert(rows).values(
                        alert_id=number, supporter_id=person, state=DeliveryState.PENDING
                    )
                )
        return number

    async def read(self, number: int) -> Alert:
        async with self.database.read() as db:
            alert = await alerts.alert(db, number)
        assert alert is not None
        return alert

    async def totals(self, number: int) -> Totals:
        async with self.database.read() as db:
            return await deliveries.totals(db, number)

    async def states(self, number: int) -> dict[int, tuple[str, str | None, int | None]]:
        """State, reason and message of each person."""
        async with self.database.read() as db:
            found = await db.execute(sa.select(rows).where(rows.c.alert_id == number))
            return {row.supporter_id: (row.state, row.reason, row.message_id) for row in found}

    async def change(self, number: int, **columns: Any) -> None:
        async with self.database.write() as db:
            await alerts.change(db, number, **columns)

    async def people(self) -> dict[int, tuple[datetime | None, datetime | None]]:
        """Who has stopped since when, and who is unreachable since when."""
        async with self.database.read() as db:
            found = await db.execute(sa.select(supporters))
            return {row.supporter_id: (row.stopped_at, row.unreachable_since) for row in found}


def an_alert(**fields: Any) -> Alert:
    """An alert that is in no database."""
    alert = Alert(
        id=1,
        kind=AlertKind.URGENT,
        state=AlertState.SENDING,
        revision=1,
        made_at=NOON,
        zone="UTC",
        audience=TO_URGENT,
        words={"en": HELLO},
    )
    return replace(alert, **fields)
