"""What happens to petitions by itself, at its minute: the rows are the schedule."""

from datetime import datetime

from bot.content import Petition
from bot.models import Dossier, PetitionState, Standing, Writing
from bot.services.audit import BY_ITSELF, Audit
from bot.services.petitions.moves import move
from bot.services.petitions.texts import record_text
from bot.services.petitions.written import as_petition
from bot.store import Connection, writings
from bot.store import petitions as store

_OPENED: dict[str, object] = {"authors": None, "approved_by": None}


async def keep_time(db: Connection, audit: Audit, now: datetime) -> None:
    """Open, correct and close what is due; what opened and closed while we were away does both."""
    for standing in await store.to_open(db, now):
        await opened(db, audit, standing, BY_ITSELF, now)
    for standing in await store.to_correct(db, now):
        await corrected(db, audit, standing.slug, BY_ITSELF, now)
    for standing in await store.to_close(db, now):
        await move(db, audit, standing, PetitionState.CLOSED, BY_ITSELF, now)


async def opened(
    db: Connection, audit: Audit, standing: Standing, actor: str, now: datetime
) -> None:
    """Let people sign for the first time, or again after a pause.

    After a pause, who wrote a correction that waits, and who agreed to it, stays on record: she
    who wrote it may still not accept it herself.
    """
    if standing.state is PetitionState.PAUSED:
        await move(db, audit, standing, PetitionState.OPEN, actor, now)
        return
    first = standing.opened_at or standing.starts_at or now
    await move(db, audit, standing, PetitionState.OPEN, actor, now, opened_at=first, **_OPENED)


async def corrected(db: Connection, audit: Audit, slug: str, actor: str, now: datetime) -> None:
    """Show people the text that was proposed and accepted, as a new version."""
    dossier = await writings.dossier(db, slug)
    assert dossier is not None
    await record(db, dossier, now)  # or the former text, if an earlier Vigil recorded it, is this
    reviewer = None if dossier.approved_by in dossier.authors else dossier.approved_by
    for one in (await writings.of(db, slug)).values():
        if one.proposed is not None:
            await writings.put(db, slug, one.language, one.proposed)
    await store.act(db, slug, starts_at=None, reviewed_by=reviewer, reviewed_at=now, **_OPENED)
    version = await record(db, dossier, now)
    await audit.note_in(db, actor, "petition corrected", f"petition:{slug}", f"version {version}")


async def record(db: Connection, dossier: Dossier, now: datetime) -> int:
    """Put a text that was made in the chat on record, in all its languages; the last version."""
    version = 0
    for one in (await writings.of(db, dossier.slug)).values():
        version = await record_text(db, _petition(dossier, one, now), now)
    await store.change(db, dossier.slug, version=version)
    return version


def _petition(dossier: Dossier, writing: Writing, now: datetime) -> Petition:
    return as_petition(dossier, writing.language, writing.text, now)
