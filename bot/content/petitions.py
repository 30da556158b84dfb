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
    subject: str = Field(description="the id of the passage that explains the background")
    case: str | None = Field(
        default=None,
        description="the id of the case behind it, whose updates reach signers who said yes",
    )
    body: Annotated[
        Body, Field(max_length=900, description="it shares a card with demand, deadline and count")
    ]

    @property
    def slug(self) -> str:
        return self.id
