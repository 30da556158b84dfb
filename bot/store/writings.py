"""What the staff has of a petition: who wrote on it, and its texts that were made in the chat."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Dossier, Writing
from bot.store.schema import petition_writings as writings
from bot.store.schema import petitions

_DOSSIER = sa.select(
    petitions.c.slug,
    petitions.c.revision,
    petitions.c.authors,
    petitions.c.is_written,
    petitions.c.opens_at,
    petitions.c.case_slug,
    petitions.c.subject,
    petitions.c.consent,
    petitions.c.approved_by,
    petitions.c.moved_by,
    petitions.c.reviewed_by,
    petitions.c.reviewed_at,
)


async def dossier(db: AsyncConnection, slug: str) -> Dossier | None:
    row = (await db.execute(_DOSSIER.where(petitions.c.slug == slug))).one_or_none()
    return None if row is None else _dossier(row)


async def dossiers(db: AsyncConnection) -> Mapping[str, Dossier]:
    return {row[0]: _dossier(row) for row in await db.execute(_DOSSIER)}


async def of(db: AsyncConnection, slug: str) -> Mapping[str, Writing]:
    """A petition's texts by language."""
    found = await db.execute(sa.select(writings).where(writings.c.petition == slug))
    return {row.language: _writing(row) for row in found}


async def shown(db: AsyncConnection) -> Sequence[Writing]:
    """The texts that people see: of what was opened, or will open by itself."""
    is_shown = petitions.c.opened_at.is_not(None) | petitions.c.starts_at.is_not(None)
    query = sa.select(writings).join(petitions).where(is_shown)
    return [_writing(row) for row in await db.execute(query)]


async def stamp(db: AsyncConnection) -> Sequence[tuple[str, int]]:
    """Different whenever one of the texts may have become another one."""
    query = sa.select(petitions.c.slug, petitions.c.revision).where(petitions.c.is_written)
    return [(slug, revision) for slug, revision in await db.execute(query)]


async def put(
    db: AsyncConnection,
    slug: str,
    language: str,
    text: Mapping[str, str],
    proposed: Mapping[str, str] | None = None,
) -> None:
    values = {"text": text, "proposed": proposed}
    await db.execute(
        insert(writings)
        .values(petition=slug, language=language, **values)
        .on_conflict_do_update(index_elements=["petition", "language"], set_=values)
    )


async def drop_language(db: AsyncConnection, slug: str, language: str) -> None:
    await db.execute(
        sa.delete(writings).where(writings.c.petition == slug, writings.c.language == language)
    )


async def drop(db: AsyncConnection, slug: str) -> None:
    """Throw a draft away that nobody but the staff has ever seen."""
    await db.execute(sa.delete(writings).where(writings.c.petition == slug))
    await db.execute(sa.delete(petitions).where(petitions.c.slug == slug))


def _dossier(row: Sequence[Any]) -> Dossier:
    return Dossier(row[0], row[1], tuple(row[2] or ()), *row[3:])


def _writing(row: Any) -> Writing:
    return Writing(row.petition, row.language, row.text, row.proposed)
