"""`db …`: looking into the database beside a bot that may be running."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli._endings import sentences, settings
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.services.integrity import Integrity, Proof

T = TypeVar("T")
cli = typer.Typer(help="Look into the database; also while the bot is running.")

Slug = Annotated[str, typer.Argument(help="The petition's name, as `db verify` shows it.")]


@cli.command()
def verify() -> None:
    """Prove the counts of signatures and the record of the staff's acts; exit 1 if one breaks."""
    with sentences():
        proofs = asyncio.run(_with_integrity(settings(), lambda it: it.proofs()))
    for proof in proofs:
        typer.echo(_sentence(proof))
    if any(proof.broken for proof in proofs):
        typer.echo(_ADVICE, err=True)
        raise typer.Exit(1)


@cli.command()
def chain(slug: Slug) -> None:
    """Print a petition's chain, for tools/verify_signatures.py and for others to check."""

    async def print_all(integrity: "Integrity") -> None:
        async for line in integrity.lines(slug):
            typer.echo(line)

    with sentences():
        asyncio.run(_with_integrity(settings(), print_all))


async def _with_integrity(
    wished: Settings, ask: "Callable[[Integrity], Coroutine[Any, Any, T]]"
) -> T:
    from bot.keys import database_key
    from bot.services.integrity import Integrity
    from bot.store import look_into

    database = await look_into(wished.database, database_key(wished))
    try:
        return await ask(Integrity(database, lambda: datetime.now(UTC)))
    finally:
        await database.close()


_ADVICE = (
    "Somebody, or something, has changed what is only ever added to. Keep this file as it is, look "
    "who can open it, and compare it with the last backup for which `db verify` finds nothing."
)


def _sentence(proof: "Proof") -> str:
    name = proof.subject or "the record of the staff's acts"
    if proof.broken:
        since = f" since {proof.broken.since}" if proof.broken.since else ""
        return f"{name}: BROKEN{since}. {str(proof.broken).capitalize()}."
    if not proof.entries:
        return f"{name}: nothing to prove yet."
    end = f"It ends with {proof.head}."
    if not proof.subject:
        return f"{name}: proven, {proof.entries} entries. {end}"
    return (
        f"{name}: proven, {proof.counting} signatures count; "
        f"{proof.given} were given and {proof.withdrawn} withdrawn. {end}"
    )
