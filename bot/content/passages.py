"""Vetted answers: `content/<language>/explainer/<subject>/<id>.md`."""

from typing import Annotated, ClassVar

from pydantic import Field

from bot.content.review import Reviewed
from bot.content.texts import AsOf, Entry, Example, Line


class Passage(Entry, Reviewed):
    """An answer, shown word for word. `takes_arguments`: the one that hostile remarks get."""

    given: ClassVar[frozenset[str]] = Entry.given | {"subject"}

    subject: str
    source: Line
    as_of: AsOf
    related: tuple[str, ...] = ()
    takes_arguments: bool = False
    examples: Annotated[
        tuple[Example, ...], Field(min_length=6, description="they are how a question finds it")
    ]

    def shown(
        self,
        organisation: str = "",
        contact: str = "",
        wording: str = "Source: {source}\nAs of: {as_of}",
    ) -> str:
        """Title, body, then source and date as `wording` puts them in the reader's language."""
        origin = wording.replace("{source}", self.source).replace("{as_of}", self.as_of)
        return f"{super().shown(organisation, contact)}\n\n{origin}"
