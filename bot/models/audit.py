"""What the staff did, as a chain: nobody can change an entry without breaking all later ones."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

BEGINNING = "0" * 64
"""In the place of the former digest in the first entry of a chain."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. It holds nobody's name, number or words.

    Attributes:
        number: 1 for the first one, without gaps.
        pseudonym: Of whoever did it; of no person, when it happened by itself.
        subject: What it was done to: "alert:12", "petition:free-samira", "staff:S-1A2B" …
    """

    number: int
    at: datetime
    pseudonym: str
    act: str
    subject: str
    detail: str
    digest: str

    def follows(self, former: str) -> bool:
        """Whether it is as it was written, after an entry with the digest `former`."""
        return self.digest == digest_of(
            former, self.number, self.at, self.pseudonym, self.act, self.subject, self.detail
        )


def digest_of(former: str, number: int, at: datetime, *words: str) -> str:
    """SHA-256, in hexadecimal, of all that an entry says and of the entry before it."""
    said = [former, number, at.astimezone(UTC).isoformat(), *words]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
