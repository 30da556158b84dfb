"""What is found when a chain is gone through, and how it is put in words for an operator."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Flaw(StrEnum):
    """What can be wrong with a chain, or between it and what is stored beside it."""

    LINK = "link"
    ORDER = "order"
    CUT = "cut"
    MISSING = "missing"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    COUNT = "count"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing that is wrong.

    Attributes:
        since: The day of the entry, or of the signature, at which it shows; None without any.
        place: Of that entry; with MISSING, ALTERED and UNKNOWN the number of the signature.
    """

    flaw: Flaw
    since: date | None
    place: int

    def __str__(self) -> str:
        return _WORDS[self.flaw].format(place=self.place)


_WORDS = {
    Flaw.LINK: "entry {place} does not follow from the one before it: an entry was changed, "
    "taken out, put in or moved",
    Flaw.ORDER: "entry {place} cannot be: it gives a number again or out of order, or takes back "
    "what is not there",
    Flaw.CUT: "entries after number {place} are gone: the last ones were cut off",
    Flaw.MISSING: "signature {place} is in the chain and not in the database",
    Flaw.ALTERED: "signature {place} is not as it was given",
    Flaw.UNKNOWN: "signature {place} is in the database and not in the chain",
    Flaw.COUNT: "the stored count, {place}, is not the chain's",
    Flaw.DELIVERED: "the number that was handed over is stored as {place}, and the chain says "
    "another one",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a chain says up to its end, or up to where it breaks.

    Attributes:
        subject: The petition's name; "" for the record of what the staff did.
        entries: How many links it has.
        given: Signatures that were ever given; `withdrawn` of them were taken back.
        head: The digest of the last entry, in hexadecimal: noted elsewhere, it proves later that
            what came before it still stands. "" without any entry.
    """

    subject: str
    entries: int
    given: int
    withdrawn: int
    head: str
    broken: Break | None

    @property
    def counting(self) -> int:
        return self.given - self.withdrawn
