"""Goes through the record of what the staff did."""

from bot.models.audit import BEGINNING, Entry
from bot.services.integrity._proof import Break, Flaw, Proof
from bot.store import Connection, audit

RECORD = ""
"""In the place of a petition's name."""


async def prove(db: Connection) -> Proof:
    """All the questions have to see the same moment."""
    last: Entry | None = None
    broken: Break | None = None
    async for entry in audit.entries(db):
        number, digest = (last.number, last.digest) if last else (0, BEGINNING)
        if entry.number != number + 1 or not entry.follows(digest):
            broken = Break(Flaw.LINK, entry.at.date(), number + 1)
            break
        last = entry
    number, digest = (last.number, last.digest) if last else (0, BEGINNING)
    if broken is None and await audit.last(db) != (number, digest):
        broken = Break(Flaw.CUT, last.at.date() if last else None, number)
    return Proof(RECORD, number, 0, 0, digest if last else "", broken)
