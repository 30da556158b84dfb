"""Letters that people write themselves: `content/<language>/letters/<slug>.md`."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.content.review import Reviewed
from bot.content.texts import Line, Text


class Addressee(BaseModel):
    """To whom one writes, and how it gets there; nothing here is guessed by the program."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=80)]
    office: Annotated[str, Field(min_length=1, max_length=120)]
    send: Annotated[str, Field(min_length=1, max_length=120)]
    address: Annotated[str | None, Field(min_length=1, max_length=160)] = None


class Letter(Text, Reviewed):
    """What to write, to whom and how; the body is a letter to begin with, in the first person.

    Who writes, and what, nobody learns. The deadline is the last day on which it helps.
    """

    about: Line
    addressees: Annotated[
        tuple[Addressee, ...],
        Field(min_length=1, max_length=3, description="they share a card with all the rest"),
    ]
    tone: Line
    warning: Line | None = None
    deadline: date
    petition: str | None = Field(
        default=None, description="the id of the petition that asks for the same"
    )
    case: str | None = Field(
        default=None, description="the id of the case behind it, which ends the letter, too"
    )

    @property
    def slug(self) -> str:
        return self.id
