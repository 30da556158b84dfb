"""Petitions, the versions of their text, and the signatures under them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import NamesFor, PetitionState, Signature, Standing
from bot.models.chains import Event, commitment, new_salt
from bot.store import chains
from bot.store.schema import petition_texts, petitions, signatures

_STANDING = sa.select(
    petitions.c.slug,
    petitions.c.state,
    petitions.c.version,
    petitions.c.signatures,
    petitions.c.goal,
    petitions.c.closes_at,
    petitions.c.opened_at,
    petitions.c.starts_at,
    petitions.c.moved_at,
    petitions.c.delivered_at,
    petitions.c.delivered,
    petitions.c.names_for,
    petitions.c.outcome,
    petitions.c.case_slug,
)
_RUNS = petitions.c.state.in_((PetitionState.OPEN, PetitionState.PAUSED))
_SIGNATURE = sa.select(
    signatures.c.petition,
    signatures.c.number,
    signatures.c.name,
    signatures.c.version,
    signatures.c.signed_at,
)
_SEEN = (
    sa.select(*_STANDING.selected_columns, petition_texts.c.version, *_SIGNATURE.selected_columns)
    .select_from(petitions)
    .outerjoin(
        petition_texts,
        (petition_texts.c.petition == petitions.c.slug)
        & petition_texts.c.digest.in_(sa.bindparam("digests", expanding=True)),
    )
    .outerjoin(
        signatures,
        (signatures.c.petition == petitions.c.slug)
        & (signatures.c.supporter_id == sa.bindparam("person")),
    )
    .where(petitions.c.slug == sa.bindparam("slug"))
)

_TAKE = (
    sa.update(petitions)
    .where(petitions.c.slug == sa.bindparam("asked"))
    .values(signatures=petitions.c.signatures + 1, last_number=petitions.c.last_number + 1)
    .returning(petitions.c.last_number)
)
_SIGN = sa.insert(signatures)


def _standing(row: Sequence[Any]) -> Standing:
    slug, state, *middle, names, outcome, case = row
    return Standing(*[slug, PetitionState(state), *middle, NamesFor(names), outcome or {}, case])


async def standing(db: AsyncConnection, slug: str) -> Standing | None:
    row = (await db.execute(_STANDING.where(petitions.c.slug == slug))).one_or_none()
    return None if row is None else _standing(row)


async def standings(db: AsyncConnection) -> Sequence[Standing]:
    """All petitions that have a row, oldest first."""
    found = await db.execute(_STANDING.order_by(petitions.c.opened_at, petitions.c.slug))
    return [_standing(row) for row in found]


async def _all(db: AsyncConnection, *conditions: sa.ColumnElement[bool]) -> Sequence[Standing]:
    return [_standing(row) for row in await db.execute(_STANDING.where(*conditions))]


async def add(db: AsyncConnection, slug: str, *, is_written: bool = False) -> bool:
    """Make a draft of this name; False when there is a petition of that name."""
    row = {"slug": slug, "state": PetitionState.DRAFT, "version": 0, "is_written": is_written}
    added = await db.execute(
        insert(petitions).values(row).on_conflict_do_nothing().returning(petitions.c.slug)
    )
    return added.one_or_none() is not None


async def change(db: AsyncConnection, slug: str, **columns: object) -> None:
    await db.execute(sa.update(petitions).where(petitions.c.slug == slug).values(**columns))


async def act(db: AsyncConnection, slug: str, **columns: object) -> None:
    """Change it, and make void the buttons that were made before."""
    await change(db, slug, revision=petitions.c.revision + 1, **columns)


async def to_open(db: AsyncConnection, now: datetime) -> Sequence[Standing]:
    """What was approved and whose time to open has come."""
    return await _all(db, petitions.c.state == PetitionState.REVIEW, petitions.c.starts_at <= now)


async def to_correct(db: AsyncConnection, now: datetime) -> Sequence[Standing]:
    """What runs, and has a correction that was accepted and has waited long enough."""
    return await _all(db, _RUNS, petitions.c.approved_by.is_not(None), petitions.c.starts_at <= now)


async def to_close(db: AsyncConnection, now: datetime) -> Sequence[Standing]:
    """What is open or paused past its deadline."""
    return await _all(db, _RUNS, petitions.c.closes_at <= now)


async def next_opening(db: AsyncConnection) -> datetime | None:
    moment: datetime | None = await db.scalar(
        sa.select(sa.func.min(petitions.c.starts_at)).where(
            petitions.c.state == PetitionState.REVIEW
        )
    )
    return moment


async def next_deadline(db: AsyncConnection) -> datetime | None:
    moment: datetime | None = await db.scalar(
        sa.select(sa.func.min(petitions.c.closes_at)).where(petitions.c.state == PetitionState.OPEN)
    )
    return moment


async def version_of(db: AsyncConnection, slug: str, digest: str) -> int | None:
    """Which version of the petition's text this is; None for one that is not on record."""
    version: int | None = await db.scalar(
        sa.select(petition_texts.c.version).where(
            petition_texts.c.petition == slug, petition_texts.c.digest == digest
        )
    )
    return version


async def add_text(
    db: AsyncConnection, slug: str, digest: str, text: Mapping[str, Any], now: datetime
) -> int:
    """Keep a text as the next version; the number of that."""
    highest = sa.func.coalesce(sa.func.max(petition_texts.c.version), 0)
    query = sa.select(highest).where(petition_texts.c.petition == slug)
    version = int(await db.scalar(query) or 0) + 1
    values = {"petition": slug, "version": version, "digest": digest, "text": text, "since": now}
    await db.execute(sa.insert(petition_texts).values(values))
    return version


async def complete_text(
    db: AsyncConnection, slug: str, former: str, digest: str, text: Mapping[str, Any]
) -> int | None:
    """Keep a recorded text with more of it, under another digest; the number that it keeps."""
    version: int | None = await db.scalar(
        sa.update(petition_texts)
        .where(petition_texts.c.petition == slug, petition_texts.c.digest == former)
        .values(digest=digest, text=text)
        .returning(petition_texts.c.version)
    )
    return version


async def signature(db: AsyncConnection, slug: str, person: int) -> Signature | None:
    found = await db.execute(
        _SIGNATURE.where(signatures.c.petition == slug, signatures.c.supporter_id == person)
    )
    row = found.one_or_none()
    return None if row is None else Signature(*row)


async def seen(
    db: AsyncConnection, slug: str, person: int, digests: Collection[str]
) -> tuple[Standing, int | None, Signature | None] | None:
    """A petition as somebody sees it: how it stands, which version this text is, her signature.

    At most one of the digests is on record. None where there is no such petition. One question,
    since a hundred people may ask in a second.
    """
    asked = {"slug": slug, "person": person, "digests": digests}
    row = (await db.execute(_SEEN, asked)).one_or_none()
    if row is None:
        return None
    width = len(_STANDING.selected_columns)
    mine = row[width + 1 :]
    return _standing(row[:width]), row[width], None if mine[0] is None else Signature(*mine)


async def signatures_of(
    db: AsyncConnection, person: int
) -> Sequence[tuple[Signature, Standing, str]]:
    """What a person signed, newest first: signature, petition, and the title that was signed."""
    found = await db.execute(
        sa.select(*_SIGNATURE.selected_columns, *_STANDING.selected_columns, petition_texts.c.text)
        .select_from(signatures)
        .join(petitions, petitions.c.slug == signatures.c.petition)
        .join(
            petition_texts,
            (petition_texts.c.petition == signatures.c.petition)
            & (petition_texts.c.version == signatures.c.version),
        )
        .where(signatures.c.supporter_id == person)
        .order_by(signatures.c.signed_at.desc(), signatures.c.petition)
    )
    width = len(_SIGNATURE.selected_columns)
    return [(Signature(*row[:width]), _standing(row[width:-1]), row[-1]["title"]) for row in found]


async def take_number(db: AsyncConnection, slug: str) -> int:
    """Count one more signature and say which number it gets; numbers are never given twice."""
    number = await db.scalar(_TAKE, {"asked": slug})
    assert isinstance(number, int)  # the caller has read the row in this transaction
    return number


async def add_signature(db: AsyncConnection, person: int, made: Signature) -> None:
    """With its link in the petition's chain."""
    salt = new_salt()
    row = {
        "petition": made.petition,
        "supporter_id": person,
        "number": made.number,
        "name": made.name,
        "version": made.version,
        "signed_at": made.signed_at,
        "salt": salt,
    }
    await db.execute(_SIGN, row)
    tie = commitment(salt, person, made.number, made.name, made.version, made.signed_at)
    await chains.add(
        db, made.petition, Event.SIGNED, made.number, made.signed_at, made.version, tie
    )


async def everything_signed(db: AsyncConnection) -> Sequence[tuple[int, str]]:
    """Who has signed what."""
    found = await db.execute(sa.select(signatures.c.supporter_id, signatures.c.petition))
    return [(person, petition) for person, petition in found]


async def drop_signature(db: AsyncConnection, slug: str, person: int, now: datetime) -> bool:
    """Take a signature back and count one less; says whether there was one."""
    gone = await db.execute(
        sa.delete(signatures)
        .where(signatures.c.petition == slug, signatures.c.supporter_id == person)
        .returning(signatures.c.number)
    )
    number = gone.scalar_one_or_none()
    if number is None:
        return False
    await change(db, slug, signatures=petitions.c.signatures - 1)
    await chains.add(db, slug, Event.WITHDRAWN, number, now)
    return True
