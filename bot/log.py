"""Logs without secrets: no token, no id, no name, no message text, at any level.

Our own modules say only what may be said. Libraries do not know that rule (PTB prints whole
updates, aiosqlite prints parameters, aiohttp prints addresses, asyncio prints exceptions), so of
theirs only warnings come through: the sentence without the values it was to be filled with, or,
when it came filled, only the place it was said at.
"""

import logging
import re
import sys
import threading
from types import TracebackType

OURS = ("bot", "handlers")
_TOKEN = re.compile(r"\d{3,}(?::|%3A)[A-Za-z0-9_-]{10,}", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{5,}")


class DiscreetFormatter(logging.Formatter):
    """One line a record; of an exception the type and the places, never its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(_without_values(record))
        return _TOKEN.sub("<token>", line)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        assert isinstance(ei, tuple)
        kind, _, places = ei
        return trace(kind, places)


def trace(kind: type[BaseException] | None, places: TracebackType | None) -> str:
    """Where an exception came from: its type, and file, line and function of each frame."""
    lines = [f"  {kind.__name__ if kind else 'unknown'}"]
    while places is not None:
        code = places.tb_frame.f_code
        lines.append(f"    {code.co_filename}:{places.tb_lineno} in {code.co_name}")
        places = places.tb_next
    return "\n".join(lines)


def set_up(level: str = "INFO") -> None:
    """Send what we may say to standard error; libraries speak from warnings upward.

    What nobody catches is told as discreetly as everything else.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DiscreetFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in ("aiosqlite", "httpx", "httpcore", "sqlalchemy", "telegram", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # `settings.remarks` says it better
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # it would print the values of a record that cannot be filled
    _hook_uncaught()


def _hook_uncaught() -> None:
    log = logging.getLogger(__name__)

    def tell(kind: type[BaseException], _: object, places: TracebackType | None) -> None:
        log.critical("an error that nobody expected\n%s", trace(kind, places))

    sys.excepthook = tell
    sys.unraisablehook = lambda it: tell(it.exc_type, None, it.exc_traceback)
    threading.excepthook = lambda it: tell(it.exc_type, None, it.exc_traceback)


def _without_values(record: logging.LogRecord) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    copy.exc_text = None  # another handler may have formatted it in full
    if record.name.partition(".")[0] not in OURS:
        place = f"something in {record.module}, line {record.lineno}"
        sentence = str(record.msg) if record.args else place
        copy.msg, copy.args = _LONG_NUMBER.sub("…", sentence), None
    return copy
