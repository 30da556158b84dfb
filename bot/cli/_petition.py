"""`petition …`: opening and closing them beside a bot that may be running."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli._endings import day, sentences, settings
from bot.content import load
from bot.errors import StartRefused
from bot.models import Standing
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.services.petitions import Petitions

cli = typer.Typer(help="Open and close petitions; also while the bot is running.")

Slug = Annotated[
    str,
    typer.Argument(help="The name of its file in content/<language>/petitions/, or in its link."),
]
Deadline = Annotated[str, typer.Option(help="The last day to sign: 2027-01-31, in VIGIL_TIMEZONE.")]
Goal = Annotated[int | None, typer.Option(min=1, help="How many signatures to aim at.")]


@cli.command("open")
def open_petition(slug: Slug, deadline: Deadline = "", goal: Goal = None) -> None:
    """Let people sign; again, to set another deadline or goal."""
    with sentences():
        wished = settings()
        closes_at = _end_of(day(deadline), wished) if deadline else None
        if closes_at and closes_at <= datetime.now(UTC):
            raise StartRefused(f"{deadline} is over. Choose a day that is still to come.")
        standing = asyncio.run(
            _with_petitions(wished, lambda all_: all_.open(slug, closes_at, goal))
        )
    until = f" until the end of {deadline}" if deadline else ""
    typer.echo(f"{slug} is open{until}. It has {_count(standing)}.")


@cli.command("close")
def close_petition(slug: Slug) -> None:
    """Take no more signatures."""
    with sentences():
        standing = asyncio.run(_with_petitions(settings(), lambda all_: all_.close(slug)))
    typer.echo(f"{slug} is closed with {_count(standing)}.")


async def _with_petitions(
    wished: Settings, act: "Callable[[Petitions], Coroutine[Any, Any, Standing]]"
) -> Standing:
    from bot.journal import Journal
    from bot.keys import database_key, state_file
    from bot.services.petitions import Petitions
    from bot.services.petitions.written import written
    from bot.services.shelf import laid_over
    from bot.services.wishes import Wishes
    from bot.store import open_database

    files = load(wished.content, wished.languages)
    database = await open_database(wished.database, database_key(wished))
    try:
        async with database.read() as db:
            made_in_chat = await written(db, list(files.languages), _now())
        content = laid_over(files, "petitions", made_in_chat)
        wishes = Wishes(Journal(state_file(wished, "journal"), database_key(wished)), _now)
        return await act(Petitions(database, lambda: content, wishes, _now))
    finally:
        await database.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _count(standing: Standing) -> str:
    return f"{standing.signatures} signature{'s' if standing.signatures != 1 else ''}"


def _end_of(last: date, wished: Settings) -> datetime:
    """The midnight that ends a day, where the organisation is."""
    try:
        midnight = datetime.combine(last + timedelta(days=1), time(), wished.timezone)
        return midnight.astimezone(UTC)
    except OverflowError:
        raise StartRefused(f"{last} is too far away. Choose an earlier day.") from None
