"""Rules of the house that import-linter cannot see."""

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import handlers
import playground

ROOT = Path(__file__).parent.parent
# The only places that may speak to people; everything else asks them to.
SPEAKERS = ("bot/context.py", "bot/delivery/", "handlers/")
SENDING = ("send_", "edit_message_", "reply_", "forward_", "copy_", "delete_message", "answer_")
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp)
FEW = {
    "handlers/admin/cards/people.py": "the authors of one alert",
    "handlers/admin/copies.py": "the owners",
    "handlers/admin/questions/_drafts.py": "the files of one answer",
    "handlers/supporter/letters/_reminding.py": "who asked for it: twenty at a tick at most",
    "handlers/supporter/alerts/_quiet.py": "whose chosen quiet is over: twenty at a tick at most",
}
STARTERS = ("__main__", "migrations")


def modules() -> list[str]:
    """Every module of ours; those that act when they are imported are left out."""
    found = [
        one.name
        for package in (bot, handlers, playground)
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [name for name in found if not set(STARTERS) & set(name.split("."))]


def test_every_module_imports_with_an_empty_environment_and_does_nothing(tmp_path: Path) -> None:
    """Nor does it need a folder: there is no content, no `.env` and nothing to write in here."""
    names = modules()
    assert len(names) > 100
    script = f"import sys, importlib; sys.path.insert(0, {str(ROOT)!r})\n" + "".join(
        f"importlib.import_module({name!r})\n" for name in (*names, "bot.__main__")
    )
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", script],
        cwd=tmp_path,
        env={},
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_only_the_speakers_send() -> None:
    calls = {(place, name) for place, name in sent() if not place.startswith(SPEAKERS)}

    assert calls == set()
    assert {place for place, _ in sent()}  # so that the search finds any


def test_what_goes_to_many_goes_through_delivery() -> None:
    """No loop over people sends, and the limiter's and the HTTP client's doors for bulk have one
    caller. The few loops go over staff, or over what stands in one chat."""
    loops = {
        place
        for place, tree in sources()
        for loop in ast.walk(tree)
        if isinstance(loop, LOOPS)
        for name in methods(loop)
        if name.startswith(SENDING)
    }
    doors = {
        place
        for place, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "send"
        and ast.unparse(node.value)
        in {"self.pace", "self.request", "pace", "request", "bot.request"}
    }

    assert loops == FEW.keys()
    assert doors == {"bot/delivery/wire.py"}


@pytest.mark.parametrize("name", ["print", "breakpoint", "exit"])
def test_only_the_command_line_prints_and_exits(name: str) -> None:
    sinners = {
        place
        for place, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    }

    assert sinners - {"bot/__main__.py"} == set()


def sent() -> Iterator[tuple[str, str]]:
    """Where a method of Telegram's is called that people see."""
    for place, tree in sources():
        yield from ((place, name) for name in methods(tree) if name.startswith(SENDING))


def methods(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("bot", "handlers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
