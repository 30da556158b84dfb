"""What every text has in common: where it comes from, its name, and how it is shown."""

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

TELEGRAM_LIMIT = 4096  # UTF-16 code units in one message
ROOM = 500  # kept free below it for a warning, a safety line and the like

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
PLACEHOLDERS = ("contact", "organisation")


def _known_placeholders(text: str) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            raise ValueError(
                f"the text holds {{{name}}}, which nobody fills in. Only {{contact}} and "
                "{organisation} are filled in."
            )
    return text


def _has_year(text: str) -> str:
    if not _YEAR.search(text):
        raise ValueError(f"as_of names no year: “{text}”. Write for example: as_of: late 2014")
    return text


def _plain(value: object) -> object:
    """YAML reads `as_of: 2014` as a number; a person meant text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Body = Annotated[
    str,
    Field(
        min_length=1, max_length=3_000, description="a message holds 4096, with title and source"
    ),
    AfterValidator(_known_placeholders),
]
AsOf = Annotated[
    str, BeforeValidator(_plain), Field(min_length=1, max_length=60), AfterValidator(_has_year)
]
Title = Annotated[str, Field(min_length=1, max_length=60, description="it stands on a button")]
Line = Annotated[
    str, Field(min_length=1, max_length=300, description="it is one line of a message")
]
Example = Annotated[
    str,
    BeforeValidator(_plain),
    Field(min_length=1, max_length=300, description="it is one question"),
]


class Text(BaseModel):
    """One file. `id` is the file's name without its ending."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    given: ClassVar[frozenset[str]] = frozenset({"path", "id", "body"})  # not from the header

    path: Path = Field(repr=False)
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    title: Title
    body: Body
    translated_by: Literal["machine", "person"] | None = None  # None: written in its language

    def shown(self, organisation: str = "", contact: str = "") -> str:
        """Title and body as plain text, with the placeholders filled in."""
        return fill(f"{self.title}\n\n{self.body}", organisation, contact)


class Entry(Text):
    """A text that a question can find."""

    examples: Annotated[
        tuple[Example, ...], Field(min_length=1, description="they are how a question finds it")
    ]
    synonyms: tuple[Example, ...] = ()


def fill(text: str, organisation: str, contact: str) -> str:
    """Replace the placeholders; done by hand, since `str.format` would trust the text."""
    filled = {"organisation": organisation, "contact": contact}

    def value(found: re.Match[str]) -> str:
        return filled.get(found[1]) or found[0]

    return _PLACEHOLDER.sub(value, text)


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def without_given(model: type[Text]) -> dict[str, Any]:
    """The fields of a model that an editor writes in the header."""
    return {name: info for name, info in model.model_fields.items() if name not in model.given}
