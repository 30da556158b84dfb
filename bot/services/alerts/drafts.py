"""Writing an alert: a row from the first word on, so that it can wait for another day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import AlertIncomplete, AlertMoved
from bot.models import (
    TAKES_BACK,
    Alert,
    AlertKind,
    AlertState,
    Audience,
    Role,
    Standing,
    Topic,
    Words,
)
from bot.services.alerts._amending import is_recalled, outcome_of
from bot.services.alerts._desk import Desk
from bot.services.alerts.moves import EDITABLE
from bot.services.alerts.problems import Problem, find, find_in_correction
from bot.store import Connection
from bot.store import alerts as store
from bot.store.audiences import Count

_TOPICS: Mapping[AlertKind, Topic] = {
    AlertKind.URGENT: Topic.URGENT,
    AlertKind.NEWSLETTER: Topic.NEWSLETTER,
    AlertKind.REMINDER: Topic.PETITIONS,
}
_FIXED = {"about", "audience", "send_at", "expires_at"}
"""Of a correction: it goes to who has the message, and at once."""
_FRESH: Mapping[str, object] = {
    "state": AlertState.DRAFT,
    "digest": None,
    "counted": None,
    "approver": None,
    "not_before": None,
}


@dataclass(frozen=True, slots=True)
class Overview:
    """An alert as its draft's card shows it."""

    alert: Alert
    count: Count
    problems: Sequence[Problem]


class Drafts:
    """What organisers do. Every change voids an approval, and says who had a hand in it."""

    def __init__(self, desk: Desk, zone: ZoneInfo) -> None:
        self._desk = desk
        self._zone = zone

    async def begin(self, person: int, kind: AlertKind) -> Alert:
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ORGANISER)
            audience, now = await audience_of(self._desk, db, kind, None, ()), self._desk.now()
            number = await store.add(db, kind, self._zone.key, audience, now)
            await store.revise(db, number, pseudonym)
            return await self._desk.alert(db, number)

    async def overview(self, number: int) -> Overview:
        """Raises:
        AlertGone: There is none of this number.
        """
        async with self._desk.database.read() as db:
            return await self._overview(db, await self._desk.alert(db, number))

    async def write(
        self, number: int, revision: int, person: int, language: str, words: Words
    ) -> Overview:
        """Put in the text of one language.

        Raises:
            AlertGone, AlertChanged, AlertMoved, NotAllowed: Nothing was changed.
        """
        async with self._desk.database.write() as db:
            await self._revise(db, number, revision, person)
            await store.put_words(db, number, language, words)
            return await self._overview(db, await self._desk.alert(db, number))

    async def unwrite(self, number: int, revision: int, person: int, language: str) -> Overview:
        """Take a text out again; raises as `write` does."""
        async with self._desk.database.write() as db:
            await self._revise(db, number, revision, person)
            await store.drop_words(db, number, language)
            return await self._overview(db, await self._desk.alert(db, number))

    async def picture(
        self, number: int, revision: int, person: int, file_id: str | None
    ) -> Overview:
        return await self._change(number, revision, person, picture=file_id)

    async def send_at(
        self, number: int, revision: int, person: int, moment: datetime | None, zone: str
    ) -> Overview:
        return await self._change(number, revision, person, send_at=moment, zone=zone)

    async def expires_at(
        self, number: int, revision: int, person: int, moment: datetime, zone: str
    ) -> Overview:
        return await self._change(number, revision, person, expires_at=moment, zone=zone)

    async def attach(self, number: int, revision: int, person: int, about: str | None) -> Overview:
        """Attach "petition:<slug>", "case:<slug>" or nothing; raises as `write` does."""
        async with self._desk.database.write() as db:
            alert = await self._desk.alert(db, number, revision)
            languages = alert.audience.languages
            audience = await audience_of(self._desk, db, alert.kind, about, languages)
            await self._revise(db, number, revision, person, about=about, audience=audience)
            return await self._overview(db, await self._desk.alert(db, number))

    async def aim(self, number: int, revision: int, person: int, audience: Audience) -> Overview:
        """Narrow the audience; raises as `write` does."""
        return await self._change(number, revision, person, audience=audience)

    async def submit(self, number: int, revision: int, person: int) -> Overview:
        """Ask for approval of these exact bytes, this audience and these times, on a new card.

        Raises:
            AlertIncomplete: Something is missing; the overview names it.
            AlertGone, AlertChanged, AlertMoved, NotAllowed: Nothing was changed.
        """
        async with self._desk.database.write() as db:
            pseudonym = await self._desk.act(db, person, Role.ORGANISER)
            alert = await self._desk.alert(db, number, revision)
            seen = await self._overview(db, alert)
            if seen.problems:
                raise AlertIncomplete
            if alert.amends is not None:
                alert = await self._dated(db, alert)
            digest = self._desk.digest(alert)
            people = seen.count.total
            moved = await self._desk.move(
                db, alert, AlertState.WAITING, digest=digest, counted=people, card=None
            )
            await self._desk.note(db, pseudonym, "alert submitted", number, digest)
            return replace(seen, alert=moved)

    async def _dated(self, db: Connection, correction: Alert) -> Alert:
        """The note in it names today."""
        if await is_recalled(db, correction.amends or 0):
            raise AlertMoved(correction.state)
        await store.change(db, correction.id, made_at=self._desk.now())
        return await self._desk.alert(db, correction.id)

    async def take_back(self, number: int, revision: int, person: int) -> Overview:
        """Make a draft of it again, whose approval is void; raises as `write` does."""
        return await self._change(number, revision, person)

    async def discard(self, number: int, revision: int, person: int) -> None:
        """Throw a draft away; raises as `write` does."""
        async with self._desk.database.write() as db:
            await self._desk.act(db, person, Role.ORGANISER)
            alert = await self._desk.alert(db, number, revision)
            if alert.state is not AlertState.DRAFT:
                raise AlertMoved(alert.state)
            await store.drop(db, number)

    async def _change(self, number: int, revision: int, person: int, **columns: object) -> Overview:
        async with self._desk.database.write() as db:
            await self._revise(db, number, revision, person, **columns)
            return await self._overview(db, await self._desk.alert(db, number))

    async def _revise(
        self, db: Connection, number: int, revision: int, person: int, **columns: object
    ) -> Alert:
        pseudonym = await self._desk.act(db, person, Role.ORGANISER)
        alert = await self._desk.alert(db, number, revision)
        fixed = _FIXED & columns.keys() if alert.kind is AlertKind.CORRECTION else ()
        if alert.state not in EDITABLE or alert.kind in TAKES_BACK or fixed:
            raise AlertMoved(alert.state)
        await store.revise(db, number, pseudonym, **_FRESH, **columns)
        if alert.state is not AlertState.DRAFT:
            await self._desk.note(db, pseudonym, "alert taken back", number)
        return alert

    async def _overview(self, db: Connection, alert: Alert) -> Overview:
        count = await self._desk.count(db, alert)
        if alert.amends is not None:
            original = await self._desk.alert(db, alert.amends)
            return Overview(alert, count, list(find_in_correction(alert, original)))
        standing = await self._desk.standing(db, alert)
        found = find(alert, standing, count.total, self._desk.now())
        gone = [] if await self._desk.leads_somewhere(db, alert) else [Problem.TEXT_GONE]
        told = await self._told(db, alert, standing)
        return Overview(alert, count, [*gone, *told, *found])

    async def _told(
        self, db: Connection, alert: Alert, standing: Standing | None
    ) -> Sequence[Problem]:
        """Nobody is told of the same outcome twice."""
        if standing is None or alert.kind is not AlertKind.OUTCOME:
            return ()
        return [Problem.OUTCOME_TOLD] if await outcome_of(db, standing, alert.id) else ()


async def audience_of(
    desk: Desk, db: Connection, kind: AlertKind, about: str | None, languages: Sequence[str]
) -> Audience:
    """Who chose this; without those who have signed, where signing is what is asked."""
    attached, _, slug = (about or "").partition(":")
    if kind in _TOPICS:
        signed = slug if attached == "petition" else None
        return Audience(((_TOPICS[kind], ""),), languages, signed)
    if attached == "petition":
        return Audience(((Topic.PETITIONS, slug),), languages)
    if attached == "case":
        told = ((Topic.PETITIONS, one) for one in await desk.petitions_of(db, slug))
        return Audience(((Topic.CASES, slug), *told), languages)
    return Audience((), languages)
