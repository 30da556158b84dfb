"""How commands begin and end: settings are read, or a sentence says what to mend."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NoReturn

import typer

from bot.content import ContentError
from bot.errors import IllegalMove, PetitionUnknown, StartRefused
from bot.settings import Settings, read_settings, remarks


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what an operator can mend into a sentence and an exit status."""
    try:
        yield
    except StartRefused as error:
        refuse(str(error), error.code)
    except ContentError as error:
        refuse(f"{error}\npython -m bot content check lists every fault.")
    except PetitionUnknown as error:
        refuse(f"There is no petition “{error}” in the content folder, or it was never opened.")
    except IllegalMove as error:
        refuse(f"{error.slug} is {error.state}, so it cannot become {error.wanted}.")


def refuse(sentence: str, code: int = 2) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def settings() -> Settings:
    """What is set; what was ignored of it is told on the way.

    Raises:
        StartRefused: A setting cannot be used.
    """
    found = read_settings()
    for sentence in remarks():
        typer.echo(sentence, err=True)
    return found


def day(written: str) -> date:
    """Today when nothing is written.

    Raises:
        StartRefused: What is written is no day.
    """
    try:
        return date.fromisoformat(written) if written else datetime.now(UTC).date()
    except ValueError:
        raise StartRefused(f"“{written}” is no day. Write it like 2027-01-31.") from None
