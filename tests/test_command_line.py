"""The commands as they are typed: what they print, and how they end."""

import asyncio
import json
import logging
import os
import re
import subprocess
import sys
import threading
from asyncio.subprocess import PIPE
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import __version__
from bot.cli import cli
from tests.conftest import PETITION
from tests.content.folder import FILES, write
from tests.process import PATIENCE, ROOT, environment, program

Command = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    """Type a command in an empty folder; keywords are settings."""
    root = logging.getLogger()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in root.manager.loggerDict}

    def type_in(*arguments: str, stdin: str | None = None, **settings: object) -> Result:
        gone = dict.fromkeys(os.environ)
        with chdir(tmp_path):
            given = gone | environment(tmp_path, **settings)
            return CliRunner().invoke(cli, arguments, input=stdin, env=given)

    yield type_in
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = True
    sys.excepthook, sys.unraisablehook, threading.excepthook, root.handlers[:], level = hooks
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


def refused(result: Result, sentence: str, code: int = 2) -> None:
    """It says this and ends, and no more."""
    assert sentence in result.stderr
    assert result.stdout == ""
    assert result.exit_code == code
    assert "Traceback" not in result.stderr


def test_the_version(command: Command) -> None:
    assert command("version").stdout == f"{__version__}\n"


def test_running_without_a_token(command: Command) -> None:
    refused(
        command("run"),
        "VIGIL_BOT_TOKEN is not set. Ask @BotFather for one, or use make run without it to try "
        "Vigil in the playground.\n",
    )


def test_a_setting_that_cannot_be_used(command: Command) -> None:
    for arguments in (("run",), ("ask", "x"), ("content", "check"), (), ("petition", "close", "x")):
        result = command(*arguments, owners="@hanna")
        refused(result, "VIGIL_OWNERS: write the numbers of the owners")
        assert "@hanna" not in result.stderr


def test_what_was_ignored_is_said(command: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("my password is geheim\n", encoding="utf-8")
    result = command("ask", "What is torture?", owner="12345678")

    assert result.exit_code == 0
    assert ".env, line 1: no setting can be read there." in result.stderr
    assert "Did you mean VIGIL_OWNERS?" in result.stderr
    assert "geheim" not in result.output
    assert "12345678" not in result.output


def test_languages_without_sentences(command: Command) -> None:
    result = command("run", bot_token="123:abcdefghijk", languages="en,de", accept_unreviewed="1")

    refused(result, "VIGIL_LANGUAGES names de, but the bot's own sentences are not translated")


def test_a_question(command: Command) -> None:
    result = command("ask", "What", "is", "torture?")

    assert result.exit_code == 0
    assert result.stdout.startswith("What torture is\n")
    assert "As of: late 2014" in result.stdout
    assert "\n\n" in command("ask", "What is torture?", "--why").stdout


def test_answers_need_neither_telegram_nor_a_database(tmp_path: Path) -> None:
    script = "import sys, bot.__main__; print(*sorted(sys.modules))"
    loaded = subprocess.check_output(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(tmp_path), text=True
    ).split()

    assert "bot.services.explainer" in loaded
    assert {"sqlalchemy", "alembic", "telegram", "aiohttp", "babel"}.isdisjoint(loaded)


def test_no_question(command: Command) -> None:
    refused(command("ask"), "Write a question behind it")


def test_a_day_that_is_none(command: Command) -> None:
    refused(command("ask", "x", "--date", "soon"), "“soon” is no day. Write it like 2027-01-31.")


def test_lines_of_questions(command: Command) -> None:
    lines = (
        {"q": "What is torture?", "lang": "en"},
        {"q": "gluten free pancakes"},
        {"q": "", "lang": None},
    )
    result = command("ask", "--jsonl", stdin="".join(f"{json.dumps(one)}\n" for one in lines))

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [sorted(one) for one in answers] == [["kind", "options", "passage", "text"]] * 3
    assert (answers[0]["kind"], answers[1]["passage"]) == ("answer", None)


@pytest.mark.parametrize(
    "line",
    [
        "not JSON geheim",
        '"geheim"',
        "[]",
        '{"lang": "en"}',
        '{"q": 7}',
        '{"q": "x", "lang": 7}',
        "",
    ],
)
def test_a_line_that_is_no_question(line: str, command: Command) -> None:
    result = command("ask", "--jsonl", stdin=f'{{"q": "What is torture?"}}\n{line}\n')

    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == 'Line 2 is no question. Write it like {"q": "What is torture?"}\n'
    assert result.exit_code == 2


async def test_each_line_is_answered_before_the_next_is_asked(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "ask", "--jsonl"),
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        for _ in range(2):
            process.stdin.write(b'{"q": "What is torture?"}\n')
            assert json.loads(await process.stdout.readline())["kind"] == "answer"
        process.stdin.close()
        assert await process.wait() == 0


def test_the_content_is_whole(command: Command) -> None:
    result = command("content", "check", "--no-notes")

    assert (result.exit_code, result.stdout) == (0, "The content is whole.\n")


@pytest.mark.parametrize("arguments", [("run",), ("ask", "x"), ("petition", "open", PETITION)])
def test_a_content_folder_that_is_not_there(arguments: tuple[str, ...], command: Command) -> None:
    result = command(*arguments, content="nowhere", bot_token="123:abcdefghijk")

    refused(result, "python -m bot content check lists every fault.")
    assert result.stderr.startswith("nowhere")


def test_a_fault_in_the_content_is_named(command: Command, tmp_path: Path) -> None:
    file = copy_of_content(tmp_path / "content") / "en" / "petitions" / f"{PETITION}.md"
    file.write_text(file.read_text("utf-8").replace("as_of:", "as_off:"), "utf-8")

    result = command("content", "check", content="content")
    assert result.exit_code == 1
    assert f"content/en/petitions/{PETITION}.md, line" in result.stdout
    assert "as_off" in result.stdout
    refused(command("run", content="content", bot_token="123:abcdefghijk"), "as_off")


def test_a_language_without_its_texts(command: Command, tmp_path: Path) -> None:
    german = {name.replace("en/", "de/"): text for name, text in FILES.items()}
    folder = write(tmp_path / "content", **german)
    (folder / "de" / "meta" / "stop.md").unlink()

    result = command("content", "check", content="content", languages="en,de")

    assert result.exit_code == 1
    assert "content/de/meta/stop.md: this is missing." in result.stdout
    assert "de/LC_MESSAGES/vigil.po: there is no such file" in result.stdout


def test_notes_are_no_faults(command: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "content")
    ban = folder / "en/explainer/law/ban.md"
    without = re.sub(r"synonyms:\n(  - .*\n)+", "", ban.read_text("utf-8"))
    ban.write_text(without.replace("is the ban old", "access to a lawyer"), "utf-8")

    result = command("content", "check", content="content")

    synonyms, example, *others = [line for line in result.stdout.splitlines() if "ban.md" in line]
    assert synonyms == (
        "note: content/en/explainer/law/ban.md: it has no synonyms. "
        "Add words by which people may look for it."
    )
    assert example.startswith("note: content/en/explainer/law/ban.md, line 9: only its exact words")
    assert "finds lawyer (content/en/explainer/protection/lawyer.md)" in example
    assert others == []
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "The content is whole.")


def test_an_editor_sees_what_led_to_an_answer(command: Command) -> None:
    settings = {"content": ROOT / "content", "languages": "en,fr"}
    told = command("content", "explain", "Qui a interdi la tortre ?", "--lang", "fr", **settings)

    assert told.exit_code == 0
    assert re.search(r"^decision +(answer|suggest): .+ \(fr\)$", told.stdout, re.MULTILINE)
    for sign in ("sureness", "danger", "repaired   tortre → torture", "first", "runner-up"):
        assert f"\n{sign}" in told.stdout
    assert re.search(r"stems +interd \d\.\d", told.stdout)
    assert "nearest  by meaning “" in told.stdout
    assert "How to read this" in told.stdout


def test_an_editor_sees_which_rule_heard_danger(command: Command) -> None:
    told = command("content", "explain", "soldiers took my brother an hour ago").stdout

    assert told.startswith("decision   support: ")
    assert re.search(r"because +distress rule .+ \(en\): “took my brother”", told)


def test_explaining_in_a_language_that_is_not_set(command: Command) -> None:
    refused(
        command("content", "explain", "x", "--lang", "fr"),
        "“fr” is not among the languages that are set: en.\n",
    )


def copy_of_content(to: Path) -> Path:
    for file in (ROOT / "content").rglob("*"):
        if file.is_file():
            target = to / file.relative_to(ROOT / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return to


def test_opening_and_closing_a_petition(command: Command) -> None:
    opened = command("petition", "open", PETITION, "--deadline", "2199-01-31", "--goal", "500")
    assert opened.stdout == (
        f"{PETITION} is open until the end of 2199-01-31. It has 0 signatures.\n"
    )
    assert "Its key is in" in opened.stderr
    again = command("petition", "open", PETITION)
    assert again.stdout == f"{PETITION} is open. It has 0 signatures.\n"
    assert again.stderr == ""
    closed = command("petition", "close", PETITION)
    assert closed.stdout == f"{PETITION} is closed with 0 signatures.\n"
    refused(
        command("petition", "close", PETITION),
        f"{PETITION} is closed, so it cannot become closed.\n",
    )
    refused(
        command("petition", "open", PETITION), f"{PETITION} is closed, so it cannot become open.\n"
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--deadline", "31.01.2199"), "“31.01.2199” is no day. Write it like 2027-01-31."),
        (("--deadline", "2199-02-30"), "“2199-02-30” is no day."),
        (("--deadline", "2020-01-31"), "2020-01-31 is over. Choose a day that is still to come."),
        (("--deadline", "9999-12-31"), "9999-12-31 is too far away. Choose an earlier day."),
        (("--goal", "0"), "--goal"),
        (("--goal", "many"), "--goal"),
    ],
)
def test_terms_that_cannot_be(
    options: tuple[str, ...], sentence: str, command: Command, tmp_path: Path
) -> None:
    refused(command("petition", "open", PETITION, *options), sentence)
    assert list(tmp_path.iterdir()) == []  # nothing was made


@pytest.mark.parametrize("what", ["open", "close"])
def test_a_petition_that_is_none(what: str, command: Command) -> None:
    refused(command("petition", what, "free-nobody"), "There is no petition “free-nobody”")


@pytest.mark.parametrize("database", ["/dev/null/vigil.db", "content"])
def test_no_place_for_the_database(database: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    settings = {"bot_token": "123:abcdefghijk", "accept_unreviewed": 1, "database": database}
    result = command("run", **settings, database_key="5e" * 32)

    assert result.exit_code == 2
    assert "VIGIL_DATABASE" in result.stderr or "cannot be opened as a database" in result.stderr


async def test_no_arguments_and_a_token_run_on_telegram(tmp_path: Path) -> None:
    async with program(tmp_path, bot_token="123:abcdefghijk") as running:
        assert await running.ended() == 2
    assert "have not been reviewed by a person" in running.output


async def test_no_arguments_and_no_token_open_the_playground(tmp_path: Path) -> None:
    async with program(tmp_path) as running:
        # Open, or another program is at its port on this computer: it was tried either way.
        await running.says("The playground")
