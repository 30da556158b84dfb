"""The command line. The only place that exits, and the only one that prints.

A command imports what it works with when it runs: `ask` and `content …` need neither Telegram nor a
database, whose libraries would cost each of them half a second and fifty megabytes.
"""

from typing import Annotated

import typer

from bot import __version__, log
from bot.cli import _content, _db, _petition
from bot.cli._ask import ask
from bot.cli._endings import sentences, settings
from bot.cli._loop import run_loop
from bot.errors import StartRefused

__all__ = ["cli"]

CROWD = 300  # people; at Telegram's pace an alert to them takes a good ten seconds

cli = typer.Typer(
    help="Vigil, a Telegram bot for a human-rights organisation.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print values of variables
)

Port = Annotated[int, typer.Option(help="Where the playground's page listens; 0 = any free one.")]
Crowd = Annotated[
    int, typer.Option(min=0, max=100_000, help="How many simulated people get alerts.")
]


@cli.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: run on Telegram if there is a token, else open the playground."""
    log.set_up()
    if context.invoked_subcommand is not None:
        return
    with sentences():
        token = settings().bot_token
    if token is None:
        playground()
    else:
        run()


@cli.command()
def run() -> None:
    """Run on Telegram, until Ctrl-C."""
    from bot import running

    with sentences():
        wished = settings()
        if wished.bot_token is None:
            raise StartRefused(
                "VIGIL_BOT_TOKEN is not set. Ask @BotFather for one, or use make run without it "
                "to try Vigil in the playground."
            )
        run_loop(running.run(wished))


@cli.command()
def playground(port: Port = 8080, crowd: Crowd = CROWD) -> None:
    """Try Vigil in a browser: the real bot, no token, nothing leaves this computer."""
    from bot.rehearsal import rehearse

    with sentences():
        run_loop(rehearse(settings(), port, crowd))


cli.command()(ask)
cli.add_typer(_content.cli, name="content")
cli.add_typer(_petition.cli, name="petition")
cli.add_typer(_db.cli, name="db")


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
