"""Rules of the house that import-linter cannot see."""

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from telegram import Bot

import bot
import handlers
import playground

ROOT = Path(__file__).parent.parent
# The only places that may speak to people; everything else asks them to.
SPEAKERS = ("bot/context.py", "bot/delivery/", "handlers/")
SENDING = ("send_", "edit_message_", "reply_", "forward_", "copy_", "delete_message", "answer_")
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp)
SEVERAL = {"gather", "map", "create_task", "ensure_future", "as_completed", "start_soon"}
# What a handler's context says goes to the one chat that asked.
SPEAKING = {name for name in dir(Bot) if name.startswith(SENDING)}
FEW = {
    "handlers/admin/cards/keeper.py": "the admin group: a card for each alert",
    "handlers/admin/cards/people.py": "the authors of one alert",
    "handlers/admin/cases/_endings.py": "the admin group: what followers will get",
    "handlers/admin/content/_corrections.py": "the admin group: corrections that took effect",
    "handlers/admin/copies.py": "the owners",
    "handlers/admin/staff/_picker.py": "whom an owner has picked",
    "handlers/organiser/_post.py": "the author and the admin group: an alert in each language",
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
    """Nothing sends again and again but the few above, and the doors for bulk of the limiter and
    of the HTTP client have one caller."""
    trees = dict(sources())
    doors = {
        place
        for place, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "send"
        and ast.unparse(node.value)
        in {"self.pace", "self.request", "pace", "request", "bot.request"}
    }

    assert repeating(trees) == FEW.keys()
    assert doors == {"bot/delivery/wire.py"}


@pytest.mark.parametrize(
    "body",
    [
        "for one in people:\n        await bot.send_message(one, words)",
        "for one in people:\n        await _one(bot, one)",
        "for one in people:\n        await imported(bot, one)",
        "await gather(*map(partial(bot.send_message, text=words), people))",
        "[create_task(_one(bot, one)) for one in people]",
    ],
)
def test_another_one_who_sends_to_many_would_be_found(body: str) -> None:
    there = "handlers/there.py", "async def imported(bot, one):\n    await bot.copy_message(one)\n"
    text = (
        "from handlers.there import imported\n"
        "async def _one(bot, one):\n    await bot.send_message(one, words)\n"
        f"async def tell(bot, people):\n    {body}\n"
    )
    trees = {name: ast.parse(source) for name, source in (("handlers/here.py", text), there)}

    assert repeating(trees) == {"handlers/here.py"}


def repeating(trees: Mapping[str, ast.Module]) -> set[str]:
    """Where something that sends is named in a loop of a coroutine, or started several at once."""
    sending = {place: senders(tree) for place, tree in trees.items()}
    return {
        place
        for place, tree in trees.items()
        for each in ast.walk(tree)
        if isinstance(each, ast.AsyncFunctionDef)
        for loop in ast.walk(each)
        if isinstance(loop, LOOPS) or called(loop) in SEVERAL
        for name in named(loop)
        if name in SPEAKING | sending[place] | borrowed(tree, sending)
    }


def senders(tree: ast.Module) -> set[str]:
    """Functions of a module that send, themselves or by one another."""
    bodies = {
        each.name: set(named(each))
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    found = {name for name, used in bodies.items() if used & SPEAKING}
    while more := {name for name, used in bodies.items() if used & found} - found:
        found |= more
    return found


def borrowed(tree: ast.Module, sending: Mapping[str, set[str]]) -> set[str]:
    """Names in a module that are senders of another one, also by way of a package."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        for place, names in sending.items()
        if place.startswith(node.module.replace(".", "/")) and alias.name in names
    }


def called(node: ast.AST) -> str:
    return next(named(node.func), "") if isinstance(node, ast.Call) else ""


def named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


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
