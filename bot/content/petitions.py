"""Petitions as written by editors: `content/<language>/petitions/<slug>.md`."""

from typing import Annotated

from pydantic import Field

from bot.content.review import Reviewed
from bot.content.texts import AsOf, Body, Line, Text


class Petition(Text, Reviewed):
    """What is asked of whom, and why. Deadline, goal and state live in the database."""

    title: Annotated[
        str, Field(min_length=1, max_length=80, description="it heads the petition's card")
    ]
    addressee: Line
    ask: Annotated[
        str, Field(min_length=1, max_length=300, description="it is what people put their name to")
    ]
    source: Line
    as_of: AsOf
    subject: str | None = Field(
        default=None, description="the id of the passage that explains the background"
    )
    case: str | None = Field(
        default=None,
        description="the id of the case behind it, whose updates reach signers who said yes",
    )
    body: Annotated[
        Body, Field(max_length=900, description="it shares a card with demand, deadline and count")
    ]

    formerly: Annotated[
        str | None,
        Field(
            pattern=r"^[a-z0-9-]{1,40}$",
            description="the first name of its file, when that was renamed: it keeps signatures "
            "and old links together",
        ),
    ] = None

    @property
    def slug(self) -> str:
        """What it is called everywhere but in the name of its file; never changes."""
        return self.formerly or self.id
