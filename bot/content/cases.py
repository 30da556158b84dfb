"""Cases that people follow: `content/<language>/cases/<slug>.md`."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo

from bot.content.review import Reviewed
from bot.content.texts import AsOf, Body, Line, Text


def _not_closed(outcome: object, info: ValidationInfo) -> object:
    """A file would only hide the story: petitions, sends and messages are ended by a stop."""
    if str(outcome).casefold() != "closed":
        return outcome
    slug = info.data.get("id", "…")
    raise ValueError(
        f"outcome is “{outcome}”, and no file can stop what a family wants stopped. An admin "
        f"writes in the admin group: /case stop {slug}. That ends it everywhere, whatever this "
        "line says; it must be one of these: open, released, justice, died."
    )


Outcome = Annotated[Literal["open", "released", "justice", "died"], BeforeValidator(_not_closed)]


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
