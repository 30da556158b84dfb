"""A family asks to stop: one act that closes, cancels, and puts its words in every chat."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import CaseIncomplete
from bot.models import (
    Alert,
    AlertKind,
    AlertState,
    Audience,
    Ending,
    EndingState,
    Fate,
    PetitionState,
    Role,
    Topic,
    Words,
)
from bot.services.alerts import UNDER_WAY, Desk, begins, can_be_amended, end
from bot.services.audit import BY_ITSELF, Audit
from bot.services.cases import _draft
from bot.services.cases._reached import Report, lost, report
from bot.services.petitions.moves import move
from bot.services.wishes import Wishes
from bot.store import Connection, amendments, deliveries, petitions, supporters
from bot.store import alerts as alert_store
from bot.store import cases as store


@dataclass(frozen=True, slots=True)
class Reach:
    """What stopping would do, in numbers.

    Attributes:
        petitions: That would be withdrawn.
        sends: Drafts, and what is scheduled or on its way, that nobody would get any more.
        people: Messages that would be edited.
        lost: Messages that nobody could find, by reason.
        has_picture: One of them at least is a picture.
        is_frozen: All sends are stopped, and the family's words would wait with them.
    """

    ending: Ending
    petitions: int
    sends: int
    people: int
    lost: Mapping[str, int]
    has_picture: bool
    is_frozen: bool


class Stopping:
    """For any admin, alone: while somebody looks for a second one, people read the story."""

    def __init__(self, desk: Desk, audit: Audit, wishes: Wishes) -> None:
        self._desk = desk
        self._audit = audit
        self._wishes = wishes

    async def reach(self, number: int) -> Reach:
        """Raises:
        CaseUnknown: There is none of this number.
        """
        async with self._desk.database.read() as db:
            ending = await _draft.row(db, number)
            about = await self._about(db, ending.case)
            delivered = await _delivered(db, about)
            people = [await amendments.known(db, one.id) for one in delivered]
            out_of_reach: Counter[str] = Counter()
            for one in delivered:
                out_of_reach.update(await lost(db, one))
            return Reach(
                ending,
                len(await self._standing(db, ending.case)),
                sum(_is_to_end(one) for one in about),
                sum(people),
                out_of_reach,
                any(one.picture for one in delivered),
                await deliveries.is_frozen(db),
            )

    async def stop(self, number: int, revision: int, person: int) -> Ending:
        """Do it, all or nothing; the edits go out by themselves from then on.

        Those of pictures do as soon as there is one to stand in their place: see `Pictures`.

        Raises:
            CaseIncomplete: There are no words of the family yet.
            CaseUnknown, CaseMoved, NotAllowed: Nothing was done.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ADMIN)
            ending = await _draft.seen(db, number, revision, EndingState.DRAFT)
            if not ending.words or ending.fate is not Fate.CLOSED:
                raise CaseIncomplete
            for original in await self._end(db, ending, pseudonym):
                await self._amend(db, original, ending, pseudonym)
            await self._audit.note_in(db, pseudonym, "case stopped", f"case:{ending.case}")
            await self._wishes.case_ended(db, ending.case)
            return await _draft.row(db, number)

    async def again_in(self, db: Connection, is_ended: Callable[[str], bool]) -> None:
        """Stop what a restored database does not know to be stopped, without the words: they are
        lost, and so is who has what.
        """
        for slug in await self._known(db) - await store.closed(db):
            if is_ended(slug):
                number = await store.add(db, slug, Fate.CLOSED, BY_ITSELF, self._now())
                await self._end(db, await _draft.row(db, number), BY_ITSELF)
                await self._audit.note_in(db, BY_ITSELF, "case stopped", f"case:{slug}")

    async def report(self, slug: str) -> Report | None:
        """None when its family has not ended it."""
        async with self._desk.database.read() as db:
            closed = [one for one in await store.done(db, slug) if one.fate is Fate.CLOSED]
            return await report(db, closed[0]) if closed else None

    async def unreported(self) -> Sequence[Report]:
        """What is over, and the admin group has not read how."""
        async with self._desk.database.read() as db:
            found = [await report(db, one) for one in await store.unreported(db)]
        return [one for one in found if one.is_over]

    async def settle(self, ending: Ending) -> None:
        """The group has read it. Nobody is told of the case any more: the wishes to be end here.

        Not earlier: whoever is held for nothing else is erased with hers, and nobody would know
        any more whose message is to be edited.
        """
        async with self._desk.database.write() as db:
            petitions_of = await self._desk.petitions_of(db, ending.case)
            told_of = [(Topic.PETITIONS, one) for one in petitions_of]
            await store.drop_choices(db, [(Topic.CASES, ending.case), *told_of])
            await supporters.erase_all_unneeded(db)
            await store.reported(db, ending.number, self._now())

    async def _end(self, db: Connection, ending: Ending, pseudonym: str) -> Sequence[Alert]:
        """Let nothing about it begin any more; what people have of it is returned."""
        await _draft.decide(self._desk, db, ending)
        for other in await store.begun(db, ending.case):
            await store.change(db, other.number, state=EndingState.DROPPED)
        await self._withdraw(db, ending, pseudonym)
        about = await self._about(db, ending.case)
        await self._cancel(db, about)
        return await _delivered(db, about)

    async def _known(self, db: Connection) -> frozenset[str]:
        """The names of all cases, by the files and by what was tied to them in the chat."""
        texts = self._desk.texts().languages.values()
        return frozenset(slug for one in texts for slug in one.cases) | await store.tied(db)

    async def _about(self, db: Connection, case: str) -> Sequence[Alert]:
        return await alert_store.about(db, await self._desk.subjects_of(db, case))

    async def _standing(self, db: Connection, case: str) -> Sequence[str]:
        """The petitions that are not withdrawn already, also those that nobody has opened."""
        found = [
            (slug, await petitions.standing(db, slug))
            for slug in await self._desk.petitions_of(db, case)
        ]
        return [
            slug
            for slug, standing in found
            if standing is None or standing.state is not PetitionState.WITHDRAWN
        ]

    async def _withdraw(self, db: Connection, ending: Ending, pseudonym: str) -> None:
        for slug in await self._standing(db, ending.case):
            await petitions.add(db, slug)
            await petitions.change(db, slug, case_slug=ending.case)  # the file may go one day
            standing = await petitions.standing(db, slug)
            assert standing is not None
            await move(
                db,
                self._audit,
                standing,
                PetitionState.WITHDRAWN,
                pseudonym,
                self._now(),
                outcome=ending.words,
            )

    async def _cancel(self, db: Connection, about: Iterable[Alert]) -> None:
        to_end = [one for one in about if _is_to_end(one)]
        await end([one for one in to_end if one.state in UNDER_WAY], self._now(), db)
        for draft in to_end:
            if draft.state is AlertState.DRAFT:
                await alert_store.drop(db, draft.id)

    async def _amend(self, db: Connection, original: Alert, ending: Ending, pseudonym: str) -> None:
        """Let the words of the family stand wherever this alert stands.

        It is decided with all the rest, so that nobody gets the story meanwhile. What has a
        picture begins when there is one to stand in its place.
        """
        now = self._now()
        number = await alert_store.add(db, AlertKind.FAMILY, original.zone, Audience(), now)
        await alert_store.revise(db, number, pseudonym, amends=original.id)
        await alert_store.change(db, number, about=f"case:{ending.case}")
        for language, words in ending.words.items():
            await alert_store.put_words(db, number, language, Words(words))
        made = await self._desk.alert(db, number)
        counted = (await self._desk.count(db, made)).total
        made = await self._desk.move(
            db, made, AlertState.WAITING, digest=self._desk.digest(made), counted=counted
        )
        await self._desk.move(
            db, made, AlertState.APPROVED, approver=pseudonym, not_before=begins(original, now)
        )

    def _now(self) -> datetime:
        return self._desk.now()


async def _delivered(db: Connection, about: Sequence[Alert]) -> Sequence[Alert]:
    """What people may have, less what was taken back from all of them."""
    recalled = {
        one.amends
        for one in about
        if one.kind is AlertKind.RECALL and one.state is AlertState.FINISHED
    }
    return [
        one
        for one in about
        if can_be_amended(one) and (one.id not in recalled or await _is_left(db, one))
    ]


async def _is_left(db: Connection, recalled: Alert) -> bool:
    return bool(await amendments.known(db, recalled.id) or await lost(db, recalled))


def _is_to_end(alert: Alert) -> bool:
    return alert.state is AlertState.DRAFT or alert.state in UNDER_WAY
