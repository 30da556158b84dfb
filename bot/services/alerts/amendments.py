"""Correcting and recalling what people have already."""

from dataclasses import dataclass

from bot.errors import AlertMoved, NobodyHasIt
from bot.models import Alert, AlertKind, AlertState, Audience, Role
from bot.services.alerts._amending import begins, hold_for_correction, is_recalled
from bot.services.alerts._desk import Desk
from bot.services.alerts.moves import EDITABLE
from bot.services.alerts.watch import Watch, can_be_amended, watch
from bot.store import Connection, amendments
from bot.store import alerts as store
from bot.store.amendments import Reach


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert that could be recalled, and who has it.

    Attributes:
        is_at_once: Whoever asks may decide it alone.
    """

    alert: Alert
    reach: Reach
    is_at_once: bool


class Amendments:
    """For who wrote an alert, and for admins.

    New words need a second person, as all that goes out. Taking words back needs none but an
    admin: while somebody looks for a second one, people have them on their phones.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def standing(self, number: int, person: int) -> Standing:
        """Raises:
        NobodyHasIt: There is nothing to change.
        AlertMoved: It has not begun, or is recalled.
        NotAllowed: Neither an admin, nor an organiser who wrote it.
        AlertGone: There is none of this number.
        """
        async with self._desk.database.write() as db:
            original, _ = await self._amendable(db, number, person)
            is_admin = await self._desk.staff.role_in(db, person) >= Role.ADMIN
            reach = await amendments.reach(db, number, self._desk.now())
            return Standing(original, reach, is_admin)

    async def correct(self, number: int, person: int) -> Alert:
        """The draft of a correction, with the words that stand; there is one at a time.

        What still goes out stands until the new words are approved. Raises as `standing` does.
        """
        async with self._desk.database.write() as db:
            original, pseudonym = await self._amendable(db, number, person)
            await hold_for_correction(db, original)
            for one in await store.amending(db, number):
                if one.kind is AlertKind.CORRECTION and one.state in EDITABLE:
                    return one
            made = await self._add(db, AlertKind.CORRECTION, original, pseudonym)
            await self._desk.note(db, pseudonym, "correction begun", number)
            await store.change(db, made, about=original.about, picture=original.picture)
            for language, words in original.words.items():
                await store.put_words(db, made, language, words)
            return await self._desk.alert(db, made)

    async def recall(self, number: int, person: int) -> Watch:
        """Take it back, as soon as an admin says so: at once, if it is one who asks.

        Nobody gets it any more from this moment on. Where it has a picture, the rest begins when
        there is one to stand in its place: see `Pictures`. Raises as `standing` does.
        """
        async with self._desk.database.write() as db:
            original, pseudonym = await self._amendable(db, number, person)
            await hold_for_correction(db, original)
            waiting = await self._asked_for(db, number)
            if waiting is None:
                made = await self._add(db, AlertKind.RECALL, original, pseudonym)
                waiting = await self._submit(db, made)
                await self._desk.note(db, pseudonym, "recall asked for", number)
            if await self._desk.staff.role_in(db, person) >= Role.ADMIN:
                waiting = await self._desk.move(
                    db,
                    waiting,
                    AlertState.APPROVED,
                    approver=pseudonym,
                    not_before=begins(original, self._desk.now()),
                )
                await self._desk.note(db, pseudonym, "alert recalled", number)
            return await watch(self._desk, db, waiting)

    async def _submit(self, db: Connection, number: int) -> Alert:
        draft = await self._desk.alert(db, number)
        counted = (await self._desk.count(db, draft)).total
        return await self._desk.move(
            db, draft, AlertState.WAITING, digest=self._desk.digest(draft), counted=counted
        )

    async def _add(self, db: Connection, kind: AlertKind, original: Alert, pseudonym: str) -> int:
        number = await store.add(db, kind, original.zone, Audience(), self._desk.now())
        await store.revise(db, number, pseudonym, amends=original.id)
        return number

    async def _asked_for(self, db: Connection, number: int) -> Alert | None:
        found = await store.amending(db, number)
        recalls = (one for one in found if one.kind is AlertKind.RECALL)
        return next((one for one in recalls if one.state is AlertState.WAITING), None)

    async def _amendable(self, db: Connection, number: int, person: int) -> tuple[Alert, str]:
        original, pseudonym = await self._desk.own(db, number, person)
        if not can_be_amended(original) or await is_recalled(db, number):
            raise AlertMoved(original.state)
        if not (await amendments.reach(db, number, self._desk.now())).people:
            raise NobodyHasIt
        return original, pseudonym
