"""`content …`: what editors ask of the texts."""

from typing import Annotated

import typer

from bot.cli._endings import day, sentences, settings
from bot.cli._explanation import explained
from bot.content import load
from bot.content.check import check, without_synonyms
from bot.errors import StartRefused
from bot.services.explainer import Explainer, losing_examples, usual_encoder

cli = typer.Typer(help="What is said to people.")

Notes = Annotated[
    bool,
    typer.Option(
        help="When all is whole, tell what could be better, too. It takes some seconds, and the "
        "exit status stays 0."
    ),
]
Question = Annotated[str, typer.Argument(help="A message as somebody might write it.")]
Language = Annotated[str, typer.Option("--lang", help="The language that the person has set: fr.")]
Day = Annotated[str, typer.Option("--date", help="As on this day: 2027-01-31.")]


@cli.command("check")
def check_content(*, notes: Notes = True) -> None:
    """Name every fault in the texts and their translations, with file, line and field."""
    from bot.i18n import catalogue_faults

    with sentences():
        wished = settings()
        faults = [
            *check(wished.content, wished.languages),
            *catalogue_faults(wished.languages),
        ]
        for fault in faults:
            typer.echo(str(fault))
        if faults:
            raise typer.Exit(1)
        found = []
        if notes:
            content = load(wished.content, wished.languages)
            found = [*without_synonyms(content), *losing_examples(content, encoder=usual_encoder())]
    for note in found:
        typer.echo(f"note: {note}")
    typer.echo("The content is whole.")


@cli.command("explain")
def explain(question: Question, language: Language = "", on: Day = "") -> None:
    """Show how a message is answered: what was found, how sure that is, and what came second."""
    with sentences():
        wished = settings()
        if language and language not in wished.languages:
            known = ", ".join(wished.languages)
            raise StartRefused(f"“{language}” is not among the languages that are set: {known}.")
        content, today = load(wished.content, wished.languages), day(on)
    explanation = Explainer(content, encoder=usual_encoder()).explain(question, language, today)
    for line in explained(explanation, content):
        typer.echo(line)
