"""What drafting, approving and sending have in common: who acts, on what, as of when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content import State
from bot.errors import AlertChanged, AlertGone, AlertMoved, NotAllowed
from bot.models import Alert, AlertState, PetitionState, Role, Standing, Topic
from bot.services.alerts.moves import origins
from bot.services.alerts.problems import asks_to_sign
from bot.services.audit import Audit
from bot.services.shelf import Texts
from bot.services.staff import Staff
from bot.store import Connection, Database, amendments, cases, petitions
from bot.store import alerts as store
from bot.store.audiences import Count, count

NOBODY, PETITION_CLOSED, TEXT_GONE = "nobody", "petition closed", "text gone"


@dataclass(frozen=True)
class Desk:
    """`digest` is that of the bytes which go out; `versions` of the wordings of consent."""

    database: Database
    texts: Texts
    staff: Staff
    audit: Audit
    digest: Callable[[Alert], str]
    versions: Mapping[Topic, int]
    now: Callable[[], datetime]

    async def act(self, db: Connection, person: int, role: Role) -> str:
        """The pseudonym of somebody who may act, by her role in this very transaction.

        Raises:
            NotAllowed: She may not, or no longer.
        """
        await self.staff.require_in(db, person, role)
        return await self.staff.pseudonym_in(db, person)

    async def alert(self, db: Connection, number: int, revision: int | None = None) -> Alert:
        """Raises:
        AlertGone: There is none of this number.
        AlertChanged: It is no longer at the revision that the person saw.
        """
        alert = await store.alert(db, number)
        if alert is None:
            raise AlertGone
        if revision is not None and alert.revision != revision:
            raise AlertChanged
        return alert

    async def own(self, db: Connection, number: int, person: int) -> tuple[Alert, str]:
        """An alert of somebody who may stop and change it, and her pseudonym.

        Raises:
            NotAllowed: Neither an admin, nor an organiser who wrote it.
            AlertGone: There is none of this number.
        """
        pseudonym = await self.act(db, person, Role.ORGANISER)
        alert = await self.alert(db, number)
        if pseudonym not in alert.authors and await self.staff.role_in(db, person) < Role.ADMIN:
            raise NotAllowed(Role.ADMIN)
        return alert, pseudonym

    async def move(
        self, db: Connection, alert: Alert, state: AlertState, **columns: object
    ) -> Alert:
        """Go to another state, if the table of moves lets it.

        Raises:
            AlertMoved: It is in no state from which one can go there. Nothing was done.
        """
        if not await store.move(db, alert.id, origins(state), state, **columns):
            raise AlertMoved(alert.state)
        return await self.alert(db, alert.id)

    async def note(
        self, db: Connection, pseudonym: str, act: str, number: int, detail: str = ""
    ) -> None:
        """Write down what was done to an alert, in the transaction that does it."""
        await self.audit.note_in(db, pseudonym, act, f"alert:{number}", detail)

    async def count(self, db: Connection, alert: Alert) -> Count:
        if alert.amends is not None:
            return await amendments.count(db, alert.amends)
        return await count(db, alert.audience, self.versions)

    async def dead_end(self, db: Connection, alert: Alert, people: int) -> str | None:
        """Why it would lead nobody anywhere, whoever wants it sent."""
        if alert.amends is not None:
            return None  # what is wrong is to be mended all the same
        if not await self.leads_somewhere(db, alert):
            return TEXT_GONE
        standing = await self.standing(db, alert)
        if standing and standing.state is not PetitionState.OPEN and asks_to_sign(alert):
            return PETITION_CLOSED
        return None if people else NOBODY

    async def leads_somewhere(self, db: Connection, alert: Alert) -> bool:
        """Whether what is attached is shown to people: its file is there, and not long outdated.

        Of what a family has ended nobody is told any more.
        """
        kind, _, slug = (alert.about or "").partition(":")
        texts = self.texts().language("")
        text = texts.petitions.get(slug) if kind == "petition" else texts.cases.get(slug)
        if text is None:
            return alert.about is None
        if kind == "case" and text.state(self.now().date()) is State.WITHDRAWN:
            return False
        return alert.about not in await self.untold(db)

    async def untold(self, db: Connection) -> frozenset[str]:
        """What no alert can be about: the cases that families have ended, and their petitions."""
        ended = [await self.subjects_of(db, case) for case in await cases.closed(db)]
        return frozenset(subject for subjects in ended for subject in subjects)

    async def petitions_of(self, db: Connection, case: str) -> Sequence[str]:
        """Those behind which this case stands, by their files in any language, or by the chat."""
        texts = (language.petitions.values() for language in self.texts().languages.values())
        by_files = {one.slug for some in texts for one in some if one.case == case}
        return sorted(by_files.union(await cases.petitions_of(db, case)))

    async def subjects_of(self, db: Connection, case: str) -> Sequence[str]:
        """What an alert that is about this case may name as what it is about."""
        petitions = await self.petitions_of(db, case)
        return [f"case:{case}", *(f"petition:{one}" for one in petitions)]

    async def standing(self, db: Connection, alert: Alert) -> Standing | None:
        """How the attached petition stands now; None when none is attached."""
        kind, _, slug = (alert.about or "").partition(":")
        if kind != "petition":
            return None
        standing = await petitions.standing(db, slug)
        if standing is None:
            return None
        is_over = standing.closes_at is not None and standing.closes_at <= self.now()
        if is_over and standing.state is PetitionState.OPEN:
            return replace(standing, state=PetitionState.CLOSED)
        return standing


def drifted(approved: int, people: int) -> bool:
    """Whether the audience is no longer the one that somebody agreed to: more than a fifth off."""
    return abs(people - approved) * 5 > approved
