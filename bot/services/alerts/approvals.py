"""Four eyes: a second person approves exactly what was submitted."""

from datetime import datetime, timedelta

from bot.errors import AlertChanged, AlertIncomplete, AlertMoved, AuthorTooNew, OwnAlert
from bot.models import TAKES_BACK, Alert, AlertKind, AlertState, Role
from bot.services.alerts._amending import begins, is_recalled
from bot.services.alerts._desk import Desk, drifted
from bot.services.alerts.watch import Watch, watch
from bot.store import Connection
from bot.store import alerts as store

COOLING_OFF = timedelta(minutes=1)
WAIT_ALONE = timedelta(minutes=10)
_AT_ONCE = timedelta()


class Approvals:
    """Each act looks at role, state and revision in the transaction in which it happens."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def approve(self, number: int, revision: int, person: int, people: int) -> Watch:
        """Let it go out after the cooling-off; approving twice changes nothing.

        `people` is the number that stood on the button. Where nobody but the author could
        approve, she may, with a longer wait.

        Raises:
            OwnAlert: She wrote on it, and somebody else can approve it.
            AlertChanged: It, or the number of people, is no longer what the button said.
            AlertGone, AlertMoved, NotAllowed: Nothing was done.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            alert = await self._desk.alert(db, number, revision)
            if alert.state is AlertState.WAITING:
                alert = await self._approve(db, alert, pseudonym, person, people)
                await self._desk.note(db, pseudonym, "alert approved", number, alert.digest or "")
            elif alert.state is not AlertState.APPROVED:  # what is held is released, not approved
                raise AlertMoved(alert.state)
            return await watch(self._desk, db, alert)

    async def release(self, number: int, revision: int, person: int, people: int) -> Watch:
        """Send what was held after all: to those whom the ledger still has, or from the start.

        Raises:
            AlertIncomplete: It would reach nobody, or ask for signatures that nobody can give.
            OwnAlert, AlertChanged, AlertGone, AlertMoved, NotAllowed: As `approve` does.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            alert = await self._desk.alert(db, number, revision)
            if alert.state is not AlertState.HELD:
                raise AlertMoved(alert.state)
            if alert.started_at is None:
                count = await self._desk.count(db, alert)
                if await self._desk.dead_end(db, alert, count.total):
                    raise AlertIncomplete
                alert = await self._approve(db, alert, pseudonym, person, people)
            else:
                await self._wait(db, alert, pseudonym, person)
                alert = await self._go_on(db, alert)
            await self._desk.note(db, pseudonym, "alert released", number, alert.digest or "")
            return await watch(self._desk, db, alert)

    async def _go_on(self, db: Connection, alert: Alert) -> Alert:
        """Let the rest have it, unless it leads nowhere by now: then it is held for that."""
        if reason := await self._desk.dead_end(db, alert, people=1):
            await store.change(db, alert.id, reason=reason)
            return await self._desk.alert(db, alert.id)
        return await self._desk.move(
            db, alert, AlertState.SENDING, touched_at=self._desk.now(), reason=None
        )

    async def send_back(self, number: int, revision: int, person: int) -> Alert:
        """Back to the author, for a change; raises as `approve` does."""
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            alert = await self._desk.alert(db, number, revision)
            if alert.state is not AlertState.WAITING or alert.kind is AlertKind.RECALL:
                raise AlertMoved(alert.state)
            await self._desk.note(db, pseudonym, "alert sent back", number)
            return await self._desk.move(db, alert, AlertState.DRAFT, digest=None, counted=None)

    async def _approve(
        self, db: Connection, alert: Alert, pseudonym: str, person: int, people: int
    ) -> Alert:
        wait = await self._wait(db, alert, pseudonym, person)
        if alert.amends is None:
            await self._check_audience(db, alert, people)
        elif await is_recalled(db, alert.amends):
            raise AlertMoved(alert.state)
        return await self._desk.move(
            db,
            alert,
            AlertState.APPROVED,
            approver=pseudonym,
            counted=people,
            not_before=await self._begins(db, alert, wait),
            reason=None,
        )

    async def _begins(self, db: Connection, alert: Alert, wait: timedelta) -> datetime | None:
        at = self._desk.now() + wait
        if alert.kind is AlertKind.RECALL and alert.amends is not None:
            return begins(await self._desk.alert(db, alert.amends), at)
        return at

    async def _check_audience(self, db: Connection, alert: Alert, people: int) -> None:
        count = await self._desk.count(db, alert)
        if drifted(people, count.total):
            raise AlertChanged

    async def _wait(self, db: Connection, alert: Alert, pseudonym: str, person: int) -> timedelta:
        """How long it cools off: what changes others not at all, since it mends something.

        To take something back is for any admin to decide, also for who asked for it.

        Raises:
            OwnAlert: She wrote on it, and somebody else can approve it.
            AuthorTooNew: She has only just made its author an organiser.
        """
        if alert.kind in TAKES_BACK:
            return _AT_ONCE
        if await self._desk.staff.has_just_made_in(db, person, alert.authors):
            raise AuthorTooNew
        if pseudonym not in alert.authors:
            return COOLING_OFF if alert.amends is None else _AT_ONCE
        if await self._desk.staff.is_alone_in(db, alert.authors):
            return WAIT_ALONE
        raise OwnAlert
