"""An outcome: written by one admin, accepted by another, and told to whoever wants to know."""

from dataclasses import dataclass
from datetime import timedelta

from bot.errors import AuthorTooNew, CaseIncomplete, OwnAlert
from bot.i18n import N_, Catalogues
from bot.models import Alert, AlertKind, AlertState, Ending, EndingState, Fate, Role
from bot.services.alerts import COOLING_OFF, WAIT_ALONE, Count, Desk, audience_of
from bot.services.audit import Audit
from bot.services.cases import _draft
from bot.services.cases._draft import row
from bot.services.cases._telling import Telling, refuse_twice
from bot.store import Connection
from bot.store import alerts as alert_store
from bot.store import cases as store

LONGEST = 600  # of what is told, in UTF-16 code units: it is one part of a message

THANKS = N_("Thank you for having stood by this person.")


@dataclass(frozen=True, slots=True)
class Preview:
    """An ending, and the very message that it becomes, with whom it is for."""

    ending: Ending
    alert: Alert
    count: Count


class Outcomes:
    """Four eyes, as for whatever goes out; each act looks at role and state as it happens."""

    def __init__(self, desk: Desk, audit: Audit, zone: str, catalogues: Catalogues) -> None:
        self._desk = desk
        self._audit = audit
        self._telling = Telling(desk, zone, catalogues)

    async def begin(self, slug: str, fate: Fate, person: int) -> Ending:
        """Raises:
        CaseUnknown: There is no such case, or its family has ended it.
        OutcomeTold: People know this much already.
        NotAllowed: Only admins may.
        """
        async with self._desk.database.write() as db:
            await self._refuse_told(db, slug, fate)
            return await _draft.begin(self._desk, db, slug, fate, person)

    async def one(self, number: int) -> Ending:
        """Raises:
        CaseUnknown: There is none of this number.
        """
        async with self._desk.database.read() as db:
            return await row(db, number)

    async def write(self, number: int, person: int, language: str, words: str) -> Ending:
        """Put in the words of one language.

        Raises:
            CaseUnknown, CaseMoved, NotAllowed: Nothing was changed.
        """
        async with self._desk.database.write() as db:
            return await _draft.write(self._desk, db, number, person, language, words)

    async def drop(self, number: int, revision: int, person: int) -> Ending:
        """Raises as `write` does."""
        async with self._desk.database.write() as db:
            return await _draft.drop(self._desk, self._audit, db, number, revision, person)

    async def preview(self, number: int) -> Preview:
        """Raises:
        CaseUnknown: There is none of this number.
        """
        async with self._desk.database.read() as db:
            ending = await row(db, number)
            alert = await self._message(db, ending)
            return Preview(ending, alert, await self._desk.count(db, alert))

    async def submit(self, number: int, revision: int, person: int) -> Ending:
        """Ask another admin to accept these very words.

        Raises:
            CaseIncomplete: There are no words yet.
            OutcomeTold: People know this much already.
            CaseUnknown, CaseMoved, NotAllowed: Nothing was changed.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            ending = await _draft.seen(db, number, revision, EndingState.DRAFT)
            if not ending.words or ending.fate is Fate.CLOSED:
                raise CaseIncomplete
            await self._refuse_told(db, ending.case, ending.fate)
            await store.change(db, number, state=EndingState.WAITING)
            await self._note(db, pseudonym, "case outcome submitted", ending)
            return await row(db, number)

    async def accept(self, number: int, revision: int, person: int) -> Preview:
        """Let it hold, and tell everybody who wants to know, after the usual cooling-off.

        Where nobody but the author could accept it, she may, and the message waits longer.

        Raises:
            OwnAlert: She wrote on it, and somebody else can accept it.
            AuthorTooNew: She has only just made its author an admin.
            OutcomeTold: People know this much already.
            CaseUnknown, CaseMoved, NotAllowed: Nothing was changed.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            ending = await _draft.seen(db, number, revision, EndingState.WAITING)
            await self._refuse_told(db, ending.case, ending.fate)
            wait = await self._wait(db, ending, pseudonym, person)
            await _draft.decide(self._desk, db, ending)
            await self._note(db, pseudonym, "case outcome accepted", ending)
            ending = await row(db, number)
            alert = await self._message(db, ending)
            count = await self._desk.count(db, alert)
            if count.total:
                alert = await self._send(db, alert, count, pseudonym, wait)
            return Preview(ending, alert, count)

    async def _refuse_told(self, db: Connection, slug: str, fate: Fate) -> None:
        """Raises:
        OutcomeTold: This outcome of the case stands.
        """
        decided = {one.decided_at for one in await store.done(db, slug) if one.fate is fate}
        for alert in await alert_store.about(db, [f"case:{slug}"]):
            if alert.kind is AlertKind.OUTCOME and alert.made_at in decided:
                await refuse_twice(db, alert)

    async def _wait(self, db: Connection, ending: Ending, pseudonym: str, person: int) -> timedelta:
        staff = self._desk.staff
        if await staff.has_just_made_in(db, person, ending.authors):
            raise AuthorTooNew
        if pseudonym not in ending.authors:
            return COOLING_OFF
        if await staff.is_alone_in(db, ending.authors):
            return WAIT_ALONE
        raise OwnAlert

    async def _message(self, db: Connection, ending: Ending) -> Alert:
        """For each who follows the case or signed for it and wants to know: one, with thanks.

        Made in the moment of the decision, by which it is known later.
        """
        about = f"case:{ending.case}"
        audience = await audience_of(self._desk, db, AlertKind.OUTCOME, about, ())
        at = ending.decided_at or self._desk.now()
        return self._telling.message(about, audience, ending.words, THANKS, ending.authors, at)

    async def _send(
        self, db: Connection, alert: Alert, count: Count, pseudonym: str, wait: timedelta
    ) -> Alert:
        made = await self._telling.submit(db, alert, count)
        return await self._desk.move(
            db,
            made,
            AlertState.APPROVED,
            approver=pseudonym,
            not_before=self._desk.now() + wait,
        )

    async def _note(self, db: Connection, pseudonym: str, act: str, ending: Ending) -> None:
        await self._audit.note_in(db, pseudonym, act, f"case:{ending.case}", ending.fate)
