"""The end of a petition, told to those who asked: it goes the way of a case's outcome."""

from dataclasses import dataclass

from bot.errors import PetitionChanged
from bot.i18n import N_, Catalogues
from bot.models import Alert, Audience, PetitionState, Role, Topic
from bot.services.alerts import Count, Desk, outcome_of
from bot.services.cases._telling import Telling, refuse_twice
from bot.services.petitions import Page, Papers
from bot.store import Connection

THANKS = N_("Thank you for having stood up for this.")
_ENDED = frozenset({PetitionState.WON, PetitionState.NOT_WON})


@dataclass(frozen=True, slots=True)
class Announcement:
    """The very message that the end of a petition becomes, with whom it is for."""

    page: Page
    alert: Alert
    count: Count


class PetitionOutcomes:
    """Each outcome at most once; who signed and follows the case behind it gets it once, too."""

    def __init__(self, papers: Papers, desk: Desk, zone: str, catalogues: Catalogues) -> None:
        self._papers = papers
        self._desk = desk
        self._telling = Telling(desk, zone, catalogues)

    async def preview(self, slug: str) -> Announcement:
        """Raises:
        PetitionUnknown: There is none of this name.
        PetitionChanged: It was neither won nor lost, or not any more.
        OutcomeTold: People know already, or another message about it is under way.
        """
        async with self._desk.database.read() as db:
            return await self._announcement(db, await self._papers.page(db, slug))

    async def submit(self, slug: str, revision: int, person: int) -> Announcement:
        """Ask for the approval of somebody who did not write the sentence.

        Raises:
            NotAllowed: Only admins may.
            PetitionUnknown, PetitionChanged, OutcomeTold: As `preview` does; also when it is no
                longer as the person saw it, or there is nobody to tell.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            page = await self._papers.seen(db, slug, revision)
            made = await self._announcement(db, page)
            if await self._desk.dead_end(db, made.alert, made.count.total):
                raise PetitionChanged
            alert = await self._telling.submit(db, made.alert, made.count)
            await self._desk.note(db, pseudonym, "alert submitted", alert.id, alert.digest or "")
            return Announcement(page, alert, made.count)

    async def _announcement(self, db: Connection, page: Page) -> Announcement:
        if page.standing.state not in _ENDED:
            raise PetitionChanged
        if before := await outcome_of(db, page.standing):
            await refuse_twice(db, before)
        alert = self._telling.message(
            f"petition:{page.slug}",
            _audience(page),
            page.standing.outcome,
            THANKS,
            frozenset(page.dossier.authors),
            self._desk.now(),
        )
        return Announcement(page, alert, await self._desk.count(db, alert))


def _audience(page: Page) -> Audience:
    """Those who signed and asked; those who follow the case behind it agreed to such news, too."""
    signed = (Topic.PETITIONS, page.slug)
    follows = [] if page.case is None else [(Topic.CASES, page.case)]
    return Audience((*follows, signed))
