"""The text that people sign: frozen once it stands, and a new version when it changes."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime

from bot.content import Petition
from bot.store import Connection
from bot.store import petitions as store

_SIGNED_FIELDS = ("title", "addressee", "ask", "body", "source", "as_of")
_FORMER_FIELDS = ("title", "addressee", "ask", "body")  # by which an earlier Vigil told texts apart


async def keep_text(db: Connection, petition: Petition, now: datetime) -> int:
    """Make sure that a text is on record, and the current one; the number of its version."""
    version = await record_text(db, petition, now)
    await store.change(db, petition.slug, version=version)
    return version


async def record_text(db: Connection, petition: Petition, now: datetime) -> int:
    """Make sure that a text is on record; the number of its version.

    One that an earlier Vigil recorded without its source keeps its number, and gets the source
    that it has now: from then on another source is another version.
    """
    text, slug = signed_fields(petition), petition.slug
    digest, former = digests_of(petition)
    version = await store.version_of(db, slug, digest)
    if version is None:
        version = await store.complete_text(db, slug, former, digest, text)
    if version is None:
        version = await store.add_text(db, slug, digest, text, now)
    return version


def digests_of(petition: Petition) -> tuple[str, str]:
    """By one of them the version is found of the text that this process shows, once opened.

    It is not the current one where the file was edited since, and the petition opened again
    beside us: then people here still read, and sign, the one from before. The second digest is
    that of an earlier Vigil; it stands only where the text has not been recorded again since.
    """
    return _digest(signed_fields(petition)), _digest(_fields(petition, _FORMER_FIELDS))


def signed_fields(petition: Petition) -> dict[str, str]:
    """What people read on the card and put their name to; a change of it is a new version."""
    return _fields(petition, _SIGNED_FIELDS)


def _fields(petition: Petition, names: Collection[str]) -> dict[str, str]:
    return {name: getattr(petition, name) for name in names}


def _digest(text: dict[str, str]) -> str:
    written = json.dumps(text, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()
