"""What an outcome and a family's wish have in common: a draft that admins write together."""

from collections.abc import Mapping

from bot.errors import CaseMoved, CaseUnknown
from bot.models import Ending, EndingState, Fate, Role
from bot.services.alerts import Desk
from bot.services.audit import Audit
from bot.store import Connection, petitions
from bot.store import cases as store


async def begin(desk: Desk, db: Connection, slug: str, fate: Fate, person: int) -> Ending:
    """The draft of this kind that there is, or a new one.

    Raises:
        CaseUnknown: There is no such case, or its family has ended it.
        NotAllowed: Only admins may.
    """
    pseudonym = await desk.act(db, person, Role.ADMIN)
    if case_fate(desk, slug) is None or slug in await store.closed(db):
        raise CaseUnknown
    for one in await store.begun(db, slug):
        if one.fate is fate:
            return one
    return await row(db, await store.add(db, slug, fate, pseudonym, desk.now()))


async def write(
    desk: Desk, db: Connection, number: int, person: int, language: str, words: str
) -> Ending:
    """Put in the words of one language; what waited for a second admin is a draft again.

    Raises:
        CaseUnknown, CaseMoved, NotAllowed: Nothing was changed.
    """
    pseudonym = await desk.act(db, person, Role.ADMIN)
    ending = await row(db, number)
    if ending.state not in {EndingState.DRAFT, EndingState.WAITING}:
        raise CaseMoved
    written: Mapping[str, str] = {**ending.words, language: words}
    authors = sorted({*ending.authors, pseudonym})
    await store.change(db, number, words=written, authors=authors, state=EndingState.DRAFT)
    return await row(db, number)


async def drop(
    desk: Desk, audit: Audit, db: Connection, number: int, revision: int, person: int
) -> Ending:
    """Let it be; raises as `write` does."""
    pseudonym = await desk.act(db, person, Role.ADMIN)
    ending = await seen(db, number, revision, EndingState.DRAFT, EndingState.WAITING)
    await store.change(db, number, state=EndingState.DROPPED, decided_at=desk.now())
    await audit.note_in(db, pseudonym, "case ending dropped", f"case:{ending.case}", ending.fate)
    return await row(db, number)


async def decide(desk: Desk, db: Connection, ending: Ending) -> None:
    """Let it hold from now on, whatever the file says; until the file says something else.

    That a family has ended it holds for ever, and for its petitions, too: a file may go one day.
    """
    if ending.fate is Fate.CLOSED:
        for petition in await desk.petitions_of(db, ending.case):
            await petitions.change(db, petition, case_slug=ending.case)
    await store.change(
        db,
        ending.number,
        state=EndingState.DONE,
        former=case_fate(desk, ending.case),
        decided_at=desk.now(),
    )


async def seen(db: Connection, number: int, revision: int, *states: EndingState) -> Ending:
    """It, as the person saw it.

    Raises:
        CaseMoved: It was changed or decided since.
    """
    ending = await row(db, number)
    if ending.revision != revision or ending.state not in states:
        raise CaseMoved
    return ending


async def row(db: Connection, number: int) -> Ending:
    """Raises:
    CaseUnknown: There is none of this number.
    """
    ending = await store.ending(db, number)
    if ending is None:
        raise CaseUnknown
    return ending


def case_fate(desk: Desk, slug: str) -> Fate | None:
    """What the file says; None without one."""
    case = desk.texts().language("").cases.get(slug)
    return Fate(case.outcome) if case is not None else None
