"""What joins a person and the team's answers, for a week."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Relay:
    """Who is behind an alias; the only place where it stands.

    Attributes:
        alias: As the team reads it behind a “#”: “amber_heron”.
        language: What the team's answers are wrapped in.
    """

    person: int
    alias: str
    language: str
    given_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody who may not write to the team.

    Attributes:
        handle: What the admin group calls it. It tells neither the account nor the alias.
    """

    person: int
    handle: str
    since: datetime
