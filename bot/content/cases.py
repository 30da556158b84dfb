"""Cases that people follow: `content/<language>/cases/<slug>.md`."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.review import Reviewed
from bot.content.texts import AsOf, Body, Line, Text

Outcome = Literal["open", "released", "justice", "died", "closed"]


class Case(Text, Reviewed):
    """One person's story, with the basis on which it may be told."""

    person: Line
    country: Line
    outcome: Outcome
    outcome_text: Annotated[str, Field(max_length=600, description="it is one part of a message")]
    consent: Line
    source: Line
    as_of: AsOf
    body: Annotated[
        Body, Field(max_length=1_200, description="updates follow it in the same message")
    ]

    @property
    def slug(self) -> str:
        return self.id
