"""The chain of a petition's signatures: what proves their number and order, and names nobody."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

BEGINNING = bytes(32)
"""In the place of the former digest in the first link of a chain."""


class Event(StrEnum):
    """What happened to a signature. Their order is stored: new ones come last."""

    SIGNED = "signed"
    WITHDRAWN = "withdrawn"  # it counts no more
    DELIVERED = "delivered"  # so many were handed over


@dataclass(frozen=True, slots=True)
class Link:
    """One event of one petition.

    Attributes:
        place: 1 for the first one, without gaps.
        number: Of the signature; with DELIVERED, how many signatures were handed over.
        version: Of the text that was signed; 0 where it was not recorded, and for other events.
        day: In UTC. The hour would help to tell whose it is.
        commitment: Ties it to a signature for whoever holds that, with its salt, and for nobody
            else; empty for other events.
    """

    place: int
    event: Event
    number: int
    version: int
    day: date
    commitment: bytes
    digest: bytes = b""

    def after(self, former: bytes) -> "Link":
        """The same with the digest that it has when it comes after `former`."""
        said = [
            former.hex(),
            self.place,
            self.event.value,
            self.number,
            self.version,
            self.day.isoformat(),
            self.commitment.hex(),
        ]
        return replace(self, digest=sha256(json.dumps(said).encode()).digest())


def new_salt() -> str:
    """A secret of a signature, which is erased with it: 128 random bits, in hexadecimal."""
    return secrets.token_hex(16)


def commitment(
    salt: str, person: int, number: int, name: str | None, version: int, signed_at: datetime
) -> bytes:
    """What a link says of a signature: all of it, and nothing that could be guessed."""
    said = [salt, person, number, name, version, signed_at.astimezone(UTC).isoformat()]
    return sha256(json.dumps(said).encode()).digest()
