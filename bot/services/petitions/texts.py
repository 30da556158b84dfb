"""The text that people sign: frozen once it stands, and a new version when it changes."""

import hashlib
import json
from datetime import datetime

from bot.content import Petition
from bot.store import Connection
from bot.store import petitions as store

_SIGNED_FIELDS = ("title", "addressee", "ask", "body")


async def keep_text(db: Connection, petition: Petition, now: datetime) -> int:
    """Make sure that a text is on record, and the current one; the number of its version."""
    version = await record_text(db, petition, now)
    await store.change(db, petition.slug, version=version)
    return version


async def record_text(db: Connection, petition: Petition, now: datetime) -> int:
    """Make sure that a text is on record; the number of its version."""
    text = signed_fields(petition)
    digest = _digest(text)
    version = await store.version_of(db, petition.slug, digest)
    if version is None:
        version = await store.add_text(db, petition.slug, digest, text, now)
    return version


def digest_of(petition: Petition) -> str:
    """By it the version is found of the text that this process shows, once that was opened.

    It is not the current one where the file was edited since, and the petition opened again
    beside us: then people here still read, and sign, the one from before.
    """
    return _digest(signed_fields(petition))


def signed_fields(petition: Petition) -> dict[str, str]:
    """What people put their name to; a change of it is a new version."""
    return {field: getattr(petition, field) for field in _SIGNED_FIELDS}


def _digest(text: dict[str, str]) -> str:
    written = json.dumps(text, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()
