"""The record of what the bot asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import orjson

from playground.wire import Json, Request

LONGEST_SHOWN = 300  # characters of a parameter in the page's list of calls


@dataclass(frozen=True)
class Call:
    """One request but getUpdates; `status` 0 means that the bot got no answer at all."""

    n: int
    at: str
    method: str
    chat_id: int | None
    params: Json
    status: int
    description: str
    ms: float

    def shown(self) -> Json:
        return vars(self) | {"params": {name: _short(v) for name, v in self.params.items()}}


class RequestLog:
    """Writes each request as a JSON line, in the form in which it was received."""

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    def write(self, request: Request) -> None:
        if self._file:
            line = {"method": request.method, "params": request.loggable()}
            self._file.write(orjson.dumps(line).decode() + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file:
            self._file.close()


def _short(value: object) -> object:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return value if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
