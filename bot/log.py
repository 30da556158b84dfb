"""Logs without secrets: no token, no id, no name, no message text, at any level.

Our own modules say only what may be said. Libraries do not know that rule (PTB prints whole
updates, aiosqlite prints parameters, aiohttp prints addresses), so of theirs only warnings come
through, without the values they were filled with.
"""

import logging
import re
import sys
from types import TracebackType

OURS = ("bot", "handlers")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
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
    """Send what we may say to standard error; libraries speak from warnings upward."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DiscreetFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in ("aiosqlite", "httpx", "httpcore", "sqlalchemy", "telegram", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _without_values(record: logging.LogRecord) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    copy.exc_text = None  # another handler may have formatted it in full
    if record.name.partition(".")[0] not in OURS:
        copy.msg, copy.args = _LONG_NUMBER.sub("…", str(record.msg)), None
    return copy
