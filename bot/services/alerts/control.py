"""Pause, resume, cancel, try again, and the switch that stops everything."""

from bot.errors import AlertIncomplete, AlertMoved, NobodyToRetry, UnknownLeft
from bot.models import Alert, AlertKind, AlertState, DeliveryState, Reason, Role
from bot.services.alerts._amending import is_outdated
from bot.services.alerts._desk import Desk
from bot.services.alerts.watch import LEFT, RETRIED, Watch, watch
from bot.services.copies import Copies
from bot.store import Connection, about, deliveries

TRIED_AGAIN = "tried again"
"""Why a digest is sent, when it was not for its hour."""


class Control:
    """What is written here holds for the very next message: each one asks before it goes."""

    def __init__(self, desk: Desk, copies: Copies) -> None:
        self._desk = desk
        self._copies = copies

    async def pause(self, number: int, person: int) -> Watch:
        """Let nobody else get it until somebody resumes it.

        Raises:
            NotAllowed: Neither an admin, nor an organiser who wrote it.
            AlertGone, AlertMoved: Nothing was done.
        """
        async with self._desk.database.write() as db:
            alert, pseudonym = await self._desk.own(db, number, person)
            alert = await self._desk.move(db, alert, AlertState.PAUSED, reason=None)
            await self._desk.note(db, pseudonym, "alert paused", number)
            return await watch(self._desk, db, alert)

    async def resume(self, number: int, person: int) -> Watch:
        """Go on with those who have not had it; admins only.

        Raises:
            AlertIncomplete: It leads nowhere by now.
            NotAllowed, AlertGone, AlertMoved: Nothing was done.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            alert = await self._desk.alert(db, number)
            if alert.state is not AlertState.PAUSED:
                raise AlertMoved(alert.state)
            if await self._desk.dead_end(db, alert, people=1):
                raise AlertIncomplete
            now = self._desk.now()
            alert = await self._desk.move(db, alert, AlertState.SENDING, touched_at=now)
            await self._desk.note(db, pseudonym, "alert resumed", number)
            return await watch(self._desk, db, alert)

    async def cancel(self, number: int, person: int) -> Watch:
        """End it for good: who has it keeps it, nobody else gets it. Raises as `pause` does."""
        async with self._desk.database.write() as db:
            alert, pseudonym = await self._desk.own(db, number, person)
            now = self._desk.now()
            alert = await self._desk.move(db, alert, AlertState.CANCELLED, ended_at=now)
            await deliveries.skip_pending(db, number, Reason.CANCELLED)
            await self._desk.note(db, pseudonym, "alert cancelled", number)
            return await watch(self._desk, db, alert)

    async def retry(self, number: int, person: int, state: DeliveryState) -> Watch:
        """Try again those whom it failed to reach, or those of whom nobody knows.

        Raises:
            NobodyToRetry: None of them can be reached as far as we know.
            UnknownLeft: It is decided that those of whom nobody knows be left.
            AlertMoved: It is not finished, its time is over, or it says what is true no more.
            NotAllowed, AlertGone: Nothing was done.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            alert, now = await self._desk.alert(db, number), self._desk.now()
            if alert.state is not AlertState.FINISHED or await is_outdated(db, alert):
                raise AlertMoved(alert.state)
            if alert.expires_at is not None and alert.expires_at <= now:
                raise AlertMoved(AlertState.EXPIRED)
            if state is DeliveryState.UNKNOWN:
                await self._refuse_if_left(db, alert)
            alert = await self._desk.move(
                db,
                alert,
                AlertState.SENDING,
                touched_at=now,
                ended_at=None,
                reported_at=None,
                reason=TRIED_AGAIN if alert.kind is AlertKind.DIGEST else None,
            )
            if alert.amends is None:
                await deliveries.retry(db, number, state)
            else:
                await deliveries.retry_amendment(db, number)
            seen = await watch(self._desk, db, alert)
            if not seen.number(DeliveryState.PENDING):
                raise NobodyToRetry
            await self._desk.note(db, pseudonym, RETRIED, number, state)
            return seen

    async def leave(self, number: int, person: int) -> Watch:
        """Decide that nothing more is sent to those of whom nobody knows; they stay unknown.

        Raises:
            UnknownLeft: Somebody has decided so already.
            AlertMoved: It is not finished, or nobody is unknown any more.
            NotAllowed, AlertGone: Nothing was done.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            alert = await self._desk.alert(db, number)
            if alert.state is not AlertState.FINISHED:
                raise AlertMoved(alert.state)
            unknown = await self._refuse_if_left(db, alert)
            if not unknown:
                raise AlertMoved(alert.state)
            await self._desk.note(db, pseudonym, LEFT, number, str(unknown))
            return await watch(self._desk, db, alert)

    async def _refuse_if_left(self, db: Connection, alert: Alert) -> int:
        """How many are unknown, of whom nobody has decided anything.

        Raises:
            UnknownLeft: Somebody has.
        """
        seen = await watch(self._desk, db, alert)
        if seen.left_by is not None:
            raise UnknownLeft
        return seen.number(DeliveryState.UNKNOWN)

    async def freeze(self, person: int) -> None:
        """Stop every send at once."""
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            await about.put(db, about.FROZEN, f"{pseudonym} {self._desk.now().isoformat()}")
            await self._desk.audit.note_in(db, pseudonym, "sends stopped", "sends")

    async def unfreeze(self, person: int) -> bool:
        """Let sends go on; says whether they were stopped. What is late by now is held.

        From a database that was found to be a copy it takes the word that it is the one.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.OWNER)
            was_frozen = await deliveries.is_frozen(db)
            await self._copies.confirm_in(db)
            await about.drop(db, about.FROZEN)
            if was_frozen:
                await self._desk.audit.note_in(db, pseudonym, "sends let go", "sends")
        return was_frozen
