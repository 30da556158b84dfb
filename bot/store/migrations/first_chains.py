"""Chains for signatures that are older than chains: as if each link had been added in its time.

Revision 0005 asks for them. This says what a link was in that revision, whatever it is today.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, TypeAlias

import sqlalchemy as sa

_SIGNED, _WITHDRAWN = 0, 1
_NAMES = ("signed", "withdrawn")
_SIGNATURES = sa.text(
    "SELECT number, supporter_id, name, version, signed_at FROM signatures "
    "WHERE petition = :slug ORDER BY number"
).columns(signed_at=sa.DateTime)
_SALT = sa.text("UPDATE signatures SET salt = :salt WHERE petition = :slug AND number = :number")
_CHAIN = sa.table(
    "signature_chain",
    *(sa.column(name) for name in ("petition", "place", "event", "number", "version")),
    sa.column("day", sa.Date),
    sa.column("commitment", sa.LargeBinary),
    sa.column("digest", sa.LargeBinary),
)
_Row: TypeAlias = Mapping[str, Any]


def make(connection: sa.Connection) -> None:
    petitions = connection.execute(sa.text("SELECT slug, last_number FROM petitions")).all()
    for slug, last_number in petitions:
        found = connection.execute(_SIGNATURES, {"slug": slug}).mappings()
        rows = {row["number"]: {**row, "salt": secrets.token_hex(16)} for row in found}
        links = list(_chain(slug, last_number, rows))
        salts = [{"slug": slug, "number": one, "salt": rows[one]["salt"]} for one in rows]
        if salts:
            connection.execute(_SALT, salts)
        if links:
            connection.execute(sa.insert(_CHAIN), links)


def _chain(slug: str, last_number: int, rows: Mapping[int, _Row]) -> Iterator[_Row]:
    former = bytes(32)
    for place, (event, number, version, day, tie) in enumerate(_events(last_number, rows), 1):
        said = [former.hex(), place, _NAMES[event], number, version, day.isoformat()]
        former = sha256(json.dumps([*said, tie.hex()]).encode()).digest()
        yield {
            "petition": slug,
            "place": place,
            "event": event,
            "number": number,
            "version": version,
            "day": day,
            "commitment": tie,
            "digest": former,
        }


def _events(
    last_number: int, rows: Mapping[int, _Row]
) -> Iterator[tuple[int, int, int, date, bytes]]:
    """Who has withdrawn left a number only: it gets the day of the signature before it."""
    day = min((row["signed_at"].date() for row in rows.values()), default=datetime.now(UTC).date())
    for number in range(1, last_number + 1):
        if row := rows.get(number):
            day = max(day, row["signed_at"].date())
            yield _SIGNED, number, row["version"], day, _commitment(row)
        else:
            yield _SIGNED, number, 0, day, secrets.token_bytes(32)
            yield _WITHDRAWN, number, 0, day, b""


def _commitment(row: _Row) -> bytes:
    signed_at = row["signed_at"].replace(tzinfo=UTC).isoformat()
    said = [row["salt"], row["supporter_id"], row["number"], row["name"], row["version"], signed_at]
    return sha256(json.dumps(said).encode()).digest()
