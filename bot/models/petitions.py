"""A petition as it stands, and a signature under it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PetitionState(StrEnum):
    """The states that a petition passes through; the legal moves stand in `services.petitions`."""

    DRAFT = "draft"
    REVIEW = "review"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    DELIVERED = "delivered"
    WON = "won"
    NOT_WON = "not won"
    WITHDRAWN = "withdrawn"


class NamesFor(StrEnum):
    """Who is given the names of those who signed with their name, when the list is handed over."""

    ADDRESSEE = "addressee"
    NOBODY = "nobody"  # the addressee is told how many have signed


@dataclass(frozen=True, slots=True)
class Standing:
    """How a petition stands in the database: what its content file cannot say.

    Attributes:
        signatures: Rows that there are; counted in the transaction that adds or drops one.
        starts_at: When it opens by itself, once somebody has approved that.
        delivered: How many signatures were handed over. What is taken back later changes
            `signatures` and not this.
        outcome: One sentence in some languages: how it ended, or why it was withdrawn.
        case: The one behind it, as it was chosen in the chat; files may name one, too.
    """

    slug: str
    state: PetitionState
    version: int
    signatures: int
    goal: int | None = None
    closes_at: datetime | None = None
    opened_at: datetime | None = None
    starts_at: datetime | None = None
    moved_at: datetime | None = None
    delivered_at: datetime | None = None
    delivered: int | None = None
    names_for: NamesFor = NamesFor.ADDRESSEE
    outcome: Mapping[str, str] = field(default_factory=dict)
    case: str | None = None

    @property
    def published(self) -> int:
        """The number that is told to people."""
        return self.signatures if self.delivered is None else self.delivered


@dataclass(frozen=True, slots=True)
class Dossier:
    """What only the staff sees of a petition.

    Attributes:
        revision: Goes up with each act; a button names the one that the person saw.
        authors: The pseudonyms of those whose words wait for somebody else's yes; at the end of
            those who wrote the sentence that says so.
        is_written: Its text was made in the chat; else it stands in content files.
        opens_at: The date wished for its opening, which `Standing.starts_at` makes real.
        consent: On what basis the story behind it may be told, where no case says so.
        approved_by: Who said yes to what waits: for its date, or for ten minutes.
        moved_by: Who brought it into the state it is in.
        reviewed_by: Who accepted the words that people see, and wrote none of them.
    """

    slug: str
    revision: int = 0
    authors: tuple[str, ...] = ()
    is_written: bool = False
    opens_at: datetime | None = None
    case: str | None = None
    subject: str | None = None
    consent: str | None = None
    approved_by: str | None = None
    moved_by: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """A petition's text in one language, made in the chat.

    Attributes:
        text: By field; what people see, once it has been opened.
        proposed: What shall replace it, when somebody else has accepted that.
    """

    petition: str
    language: str
    text: Mapping[str, str]
    proposed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One account's signature under one petition.

    Attributes:
        number: Given once, in order, and never given to anybody else, also after a withdrawal.
        name: As the person confirmed it; None for “count me without my name”.
        version: Of the petition's text that was signed.
    """

    petition: str
    number: int
    name: str | None
    version: int
    signed_at: datetime
    is_new: bool = False
