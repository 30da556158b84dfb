"""The text that people sign: frozen once it stands, and a new version when it changes."""

import hashlib
import json
from datetime import datetime

from bot.content import Petition
from bot.models import Standing
from bot.store import Connection
from bot.store import petitions as store

_SIGNED_FIELDS = ("title", "addressee", "ask", "body")


async def keep_text(db: Connection, petition: Petition, standing: Standing, now: datetime) -> int:
    """Make sure that the current text is on record; the number of its version."""
    text = {field: getattr(petition, field) for field in _SIGNED_FIELDS}
    written = json.dumps(text, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(written.encode()).hexdigest()
    if await store.text_digest(db, petition.slug, standing.version) == digest:
        return standing.version
    await store.add_text(db, petition.slug, standing.version + 1, digest, text, now)
    return standing.version + 1
