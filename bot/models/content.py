"""What becomes of a text that was corrected or reviewed from the chat."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeState(StrEnum):
    WAITING = "waiting"  # for somebody to accept it
    COOLING = "cooling"  # accepted by the only one there is, who may think it over
    WRITING = "writing"  # the file is being replaced at this moment, or a kill came between
    DONE = "done"
    DROPPED = "dropped"
    VOID = "void"  # the file is no longer the one it was compared with


@dataclass(frozen=True, slots=True)
class Change:
    """The exact bytes that a file shall have.

    Attributes:
        place: The file's path inside the content folder, with slashes.
        base: The digest of the file it was compared with; None when there was none.
        former: That file's bytes, once they are replaced.
        author: The pseudonym of who wrote it; None where only the review's fields are new.
        reviewer: The pseudonym of who says that she has checked the whole text.
    """

    id: int
    place: str
    state: ChangeState
    body: bytes
    base: str | None
    former: bytes | None
    author: str | None
    accepted_by: str | None
    reviewer: str | None
    made_at: datetime
    not_before: datetime | None
    ended_at: datetime | None

    @property
    def digest(self) -> str:
        return digest(self.body)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
