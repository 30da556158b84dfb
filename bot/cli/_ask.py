"""`ask`: questions are answered here, without a token or a database."""

import json
import sys
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._endings import day, refuse, sentences, settings
from bot.content import load
from bot.services.explainer import Explainer, Reply, Speech, as_json, usual_encoder
from bot.services.explainer.saying import UNREADABLE

if TYPE_CHECKING:
    from bot.i18n import Catalogues  # with Babel, which takes its time

Question = Annotated[list[str] | None, typer.Argument(help="A question to answer.")]
Lines = Annotated[
    bool, typer.Option("--jsonl", help='Read lines {"q": …, "lang": …}, write one line each.')
]
Day = Annotated[str, typer.Option("--date", help="Answer as on this day: 2027-01-31.")]
Why = Annotated[bool, typer.Option("--why", help="Say how the answer was found.")]


def ask(question: Question = None, *, jsonl: Lines = False, on: Day = "", why: Why = False) -> None:
    """Answer questions here, without a token or a database."""
    with sentences():
        wished = settings()
        encoder = usual_encoder()
        if encoder:
            Thread(target=encoder.warm, daemon=True).start()  # while the texts are read
        explainer = Explainer(load(wished.content, wished.languages), encoder=encoder)
        from bot.i18n import Catalogues

        catalogues = Catalogues(wished.languages)
        today, house = day(on), (wished.organisation, wished.contact)
    if jsonl:
        for number, line in enumerate(sys.stdin, 1):
            reply = explainer.ask(*_asked(line, number), today)
            answer = as_json(reply, speech(reply, *house, catalogues))
            typer.echo(json.dumps(answer, ensure_ascii=False))  # flushes each line
        return
    if not question:
        refuse('Write a question behind it: python -m bot ask "What is torture?"')
    reply = explainer.ask(" ".join(question), "", today)
    typer.echo(speech(reply, *house, catalogues).text(reply))
    for option in reply.options:
        typer.echo(f"  [{option.title}]")
    if why:
        typer.echo(f"\n{reply.why}")


def speech(reply: Reply, organisation: str, contact: str, catalogues: "Catalogues") -> Speech:
    """In the language of the reply."""
    t = catalogues[reply.language]
    return Speech(organisation, contact, t.plain, t.date, _unreadable(catalogues))


def _unreadable(catalogues: "Catalogues") -> str:
    """The line of each language that names itself."""
    spoken = (catalogues[code] for code in catalogues)
    return "\n".join(
        t.plain(UNREADABLE).replace("{language}", t.name_of(t.language)) for t in spoken
    )


def _asked(line: str, number: int) -> tuple[str, str]:
    """The question of a line, and its language."""
    try:
        asked = json.loads(line)
        question, language = asked["q"], asked.get("lang") or ""
    except (ValueError, TypeError, LookupError, AttributeError):
        question = language = None
    if not isinstance(question, str) or not isinstance(language, str):
        refuse(f'Line {number} is no question. Write it like {{"q": "What is torture?"}}')
    return question, language
