"""Petitions of Vigil's own in a database of its own, with as many signatures as are wanted."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from benchmarks.delivery._crowd import KEY, LANGUAGES
from benchmarks.delivery._stub import FIRST_PERSON, STEP
from benchmarks.petitions._programs import Folder
from bot.content import load
from bot.journal import Journal
from bot.models.chains import BEGINNING, Event, Link, commitment, new_salt
from bot.services.integrity import Integrity, Proof
from bot.services.petitions import Petitions
from bot.services.wishes import Wishes
from bot.store import Connection, Database, open_database
from bot.store.schema import petitions, signature_chain, signatures, supporters

_CONTENT = Path("content")
_LIKE = Path("en/petitions/cameroon-torture.md")
_BATCH = 5_000
_NAME = "Samira"


def prepare(folder: Folder, signed: Mapping[str, int]) -> None:
    """Make petitions of these names, open them, and let so many people have signed each."""
    folder.path.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_CONTENT, folder.content, dirs_exist_ok=True)
    for slug in signed:
        shutil.copyfile(_CONTENT / _LIKE, (folder.content / _LIKE).with_stem(slug))
    asyncio.run(_prepare(folder, signed))


async def _prepare(folder: Folder, signed: Mapping[str, int]) -> None:
    content = load(folder.content, LANGUAGES)
    database = await open_database(folder.database, KEY)
    try:
        wishes = Wishes(Journal(folder.database.with_suffix(".journal"), KEY), _now)
        rules = Petitions(database, lambda: content, wishes, _now)
        for slug in signed:
            await rules.open(slug)
        async with database.write() as db:
            await _enrol(db, max(signed.values()))
            for slug, number in signed.items():
                await _sign(db, slug, number)
        await database.truncate_log()
    finally:
        await database.close()


async def _enrol(db: Connection, people: int) -> None:
    for first in range(0, people, _BATCH):
        ids = (_person(n) for n in range(first, min(people, first + _BATCH)))
        rows = [{"supporter_id": one, "language": "en", "since": _now()} for one in ids]
        await db.execute(sa.insert(supporters), rows)


async def _sign(db: Connection, slug: str, people: int) -> None:
    """As signing does it, link by link, in large steps."""
    digest = BEGINNING
    for first in range(0, people, _BATCH):
        names, links = [], []
        for n in range(first, min(people, first + _BATCH)):
            now, salt, number = _now(), new_salt(), n + 1
            row = {"supporter_id": _person(n), "number": number, "name": _NAME, "version": 1}
            names.append(row | {"petition": slug, "signed_at": now, "salt": salt})
            tie = commitment(salt, _person(n), number, _NAME, 1, now)
            link = Link(number, Event.SIGNED, number, 1, now.date(), tie).after(digest)
            digest = link.digest
            links.append({"petition": slug, **asdict(link)})
        await db.execute(sa.insert(signatures), names)
        await db.execute(sa.insert(signature_chain), links)
    counts = {"signatures": people, "last_number": people}
    await db.execute(sa.update(petitions).where(petitions.c.slug == slug).values(counts))


def numbers(folder: Folder) -> dict[int, int]:
    """Everybody who has signed, with her number."""
    return asyncio.run(_numbers(folder))


async def _numbers(folder: Folder) -> dict[int, int]:
    database = Database(folder.database, KEY)
    try:
        async with database.read() as db:
            found = await db.execute(sa.select(signatures.c.supporter_id, signatures.c.number))
            return {row.supporter_id: row.number for row in found}
    finally:
        await database.close()


def proofs(folder: Folder) -> list[Proof]:
    """As `python -m bot db verify` finds them."""
    return asyncio.run(_proofs(folder))


async def _proofs(folder: Folder) -> list[Proof]:
    database = Database(folder.database, KEY)
    try:
        return list(await Integrity(database, _now).proofs())
    finally:
        await database.close()


def _person(n: int) -> int:
    return FIRST_PERSON + n * STEP


def _now() -> datetime:
    return datetime.now(UTC)
