"""The programs that are laid beside each other, each in a process of its own until it is ended."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from benchmarks.delivery._crowd import KEY, LANGUAGES
from benchmarks.delivery._messages import TOKEN
from benchmarks.petitions import _naive
from benchmarks.petitions._server import Server
from bot import log, running
from bot.cli._loop import run_loop
from bot.settings import Settings

_GRACE = 30.0  # seconds to end in good order


@dataclass(frozen=True)
class Folder:
    """Of one program: its database, its log, its copy of the content."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "vigil.db"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def content(self) -> Path:
        return self.path / "content"

    def locked(self) -> int:
        """How often "database is locked" stands in the log, or the name of its exception."""
        lines = self.log.read_text("utf-8").splitlines()
        return sum(line.strip().startswith(_LOCKED) for line in lines)

    def errors(self) -> int:
        return self.log.read_text("utf-8").count(" ERROR ")


_LOCKED = ("OperationalError", "sqlite3.OperationalError")


def vigil(folder: Folder, url: str, per_second: float) -> None:
    """As `python -m bot run` does it, but for how many messages a second are allowed.

    Telegram takes 30 of those that nobody pays for, so that a hundred people a second would wait
    for it and not for us; no setting allows more.
    """
    os.environ["PTB_TIMEDELTA"] = "true"  # as bot/__main__.py does
    log.set_up()
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(TOKEN),
        api_url=url,
        database=folder.database,
        database_key=SecretStr(KEY),
        state=folder.path / "state",
        content=folder.content,
        languages=LANGUAGES,
        accept_unreviewed=True,
    )
    run_loop(running.run(settings.model_copy(update={"messages_per_second": per_second})))


def naive(folder: Folder, url: str, per_second: float) -> None:
    _naive.run(folder.database, url, per_second)


Program = Callable[[Folder, str, float], None]


@contextmanager
def started(program: Program, folder: Folder, server: Server, per_second: float) -> Iterator[None]:
    """From its first question for updates on; afterwards it has ended, and its log is whole.

    `per_second` is how many messages may go out; with `naive`, how many of them are the send's.
    """
    process = multiprocessing.get_context("spawn").Process(
        target=_logged, args=(program, folder, server.url, per_second), daemon=True
    )
    process.start()
    try:
        server.wait_for_poll()
        yield
        process.terminate()
        process.join(_GRACE)
    finally:
        process.kill()
        process.join()


def _logged(program: Program, folder: Folder, url: str, per_second: float) -> None:
    with folder.log.open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    program(folder, url, per_second)
