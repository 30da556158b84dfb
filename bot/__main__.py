"""The command line. The only place that exits, and the only one that prints."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

if __name__ == "__main__":  # Ctrl-C amid the imports below ends us without a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.umask(0o077)  # what we write, the database first of all, is for its user alone
os.environ.setdefault("PTB_TIMEDELTA", "true")  # before PTB is imported: durations have a type

import typer

from bot import __version__, log
from bot.content import ContentError, load
from bot.errors import IllegalMove, PetitionUnknown, StartRefused
from bot.i18n import catalogue_faults
from bot.models import Standing
from bot.services.explainer import Encoder, Explainer, as_json, content_problems
from bot.services.petitions import Petitions
from bot.settings import Settings, read_settings, remarks

CROWD = 300  # people; at Telegram's pace an alert to them takes a good ten seconds

cli = typer.Typer(
    help="Vigil, a Telegram bot for a human-rights organisation.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print values of variables
)
content_cli = typer.Typer(help="What is said to people.")
petition_cli = typer.Typer(help="Open and close petitions; also while the bot is running.")
cli.add_typer(content_cli, name="content")
cli.add_typer(petition_cli, name="petition")

Port = Annotated[int, typer.Option(help="Where the playground's page listens; 0 = any free one.")]
Crowd = Annotated[
    int, typer.Option(min=0, max=100_000, help="How many simulated people get alerts.")
]
Slug = Annotated[str, typer.Argument(help="The name of its file in content/<language>/petitions/.")]


@cli.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: run on Telegram if there is a token, else open the playground."""
    log.set_up()
    if context.invoked_subcommand is not None:
        return
    with _sentences():
        settings = _settings()
    if settings.bot_token is None:
        playground()
    else:
        run()


@cli.command()
def run() -> None:
    """Run on Telegram, until Ctrl-C."""
    from bot import running  # noqa: PLC0415 - `ask` and `content check` start without PTB

    with _sentences():
        settings = _settings()
        if settings.bot_token is None:
            raise StartRefused(
                "VIGIL_BOT_TOKEN is not set. Ask @BotFather for one, or use make run without it "
                "to try Vigil in the playground."
            )
        asyncio.run(running.run(settings))


@cli.command()
def playground(port: Port = 8080, crowd: Crowd = CROWD) -> None:
    """Try Vigil in a browser: the real bot, no token, nothing leaves this computer."""
    from bot.rehearsal import rehearse  # noqa: PLC0415 - as above

    with _sentences():
        settings = _settings()
        asyncio.run(rehearse(settings, port, crowd))


@cli.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="A question to answer.")] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"q": …, "lang": …}, write one line each.')
    ] = False,
    day: Annotated[str, typer.Option("--date", help="Answer as on this day: 2027-01-31.")] = "",
    why: Annotated[bool, typer.Option("--why", help="Say how the answer was found.")] = False,
) -> None:
    """Answer questions here, without a token or a database."""
    with _sentences():
        settings = _settings()
        explainer = Explainer(load(settings.content, settings.languages), encoder=Encoder())
        today = _day(day) if day else datetime.now(UTC).date()
    if jsonl:
        for number, line in enumerate(sys.stdin, 1):
            reply = explainer.ask(*_asked(line, number), today)
            answer = as_json(reply, settings.organisation, settings.contact)
            typer.echo(json.dumps(answer, ensure_ascii=False))  # flushes each line
        return
    if not question:
        _refuse('Write a question behind it: python -m bot ask "What is torture?"')
    reply = explainer.ask(" ".join(question), "", today)
    answer = as_json(reply, settings.organisation, settings.contact)
    typer.echo(answer["text"])
    for option in reply.options:
        typer.echo(f"  [{option.title}]")
    if why:
        typer.echo(f"\n{reply.why}")


@content_cli.command("check")
def check_content() -> None:
    """Name every fault in the texts and their translations, with file, line and field."""
    with _sentences():
        settings = _settings()
        problems = [
            *content_problems(settings.content, settings.languages),
            *catalogue_faults(settings.languages),
        ]
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    typer.echo("The content is whole.")


@petition_cli.command("open")
def open_petition(
    slug: Slug,
    deadline: Annotated[
        str, typer.Option(help="The last day to sign: 2027-01-31, in VIGIL_TIMEZONE.")
    ] = "",
    goal: Annotated[int | None, typer.Option(min=1, help="How many signatures to aim at.")] = None,
) -> None:
    """Let people sign; again, to set another deadline or goal."""
    with _sentences():
        settings = _settings()
        closes_at = _end_of(_day(deadline), settings) if deadline else None
        if closes_at and closes_at <= datetime.now(UTC):
            raise StartRefused(f"{deadline} is over. Choose a day that is still to come.")
        standing = asyncio.run(
            _with_petitions(settings, lambda all_: all_.open(slug, closes_at, goal))
        )
    until = f" until the end of {deadline}" if deadline else ""
    typer.echo(f"{slug} is open{until}. It has {_count(standing)}.")


@petition_cli.command("close")
def close_petition(slug: Slug) -> None:
    """Take no more signatures."""
    with _sentences():
        settings = _settings()
        standing = asyncio.run(_with_petitions(settings, lambda all_: all_.close(slug)))
    typer.echo(f"{slug} is closed with {_count(standing)}.")


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def _asked(line: str, number: int) -> tuple[str, str]:
    """The question of a line, and its language."""
    try:
        asked = json.loads(line)
        question, language = asked["q"], asked.get("lang") or ""
    except (ValueError, TypeError, LookupError, AttributeError):
        question = language = None
    if not isinstance(question, str) or not isinstance(language, str):
        _refuse(f'Line {number} is no question. Write it like {{"q": "What is torture?"}}')
    return question, language


async def _with_petitions(
    settings: Settings, act: Callable[[Petitions], Coroutine[Any, Any, Standing]]
) -> Standing:
    from bot.keys import database_key  # noqa: PLC0415 - as above
    from bot.store import open_database  # noqa: PLC0415

    content = load(settings.content, settings.languages)
    database = await open_database(settings.database, database_key(settings))
    try:
        return await act(Petitions(database, lambda: content, lambda: datetime.now(UTC)))
    finally:
        await database.close()


def _count(standing: Standing) -> str:
    return f"{standing.signatures} signature{'s' if standing.signatures != 1 else ''}"


def _settings() -> Settings:
    settings = read_settings()
    for sentence in remarks():
        typer.echo(sentence, err=True)
    return settings


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise StartRefused(f"“{written}” is no day. Write it like 2027-01-31.") from None


def _end_of(day: date, settings: Settings) -> datetime:
    """The midnight that ends a day, where the organisation is."""
    try:
        midnight = datetime.combine(day + timedelta(days=1), time(), settings.timezone)
        return midnight.astimezone(UTC)
    except OverflowError:
        raise StartRefused(f"{day} is too far away. Choose an earlier day.") from None


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what an operator can mend into a sentence and an exit status."""
    try:
        yield
    except StartRefused as error:
        _refuse(str(error), error.code)
    except ContentError as error:
        _refuse(f"{error}\npython -m bot content check lists every fault.")
    except PetitionUnknown as error:
        _refuse(f"There is no petition “{error}” in the content folder, or it was never opened.")
    except IllegalMove as error:
        _refuse(f"{error.slug} is {error.state}, so it cannot become {error.wanted}.")


def _refuse(sentence: str, code: int = 2) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


if __name__ == "__main__":
    cli(prog_name=f"python -m {Path(__file__).parent.name}")
