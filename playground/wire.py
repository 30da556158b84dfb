"""What travels between a bot and the server: requests, uploads and refusals."""

from dataclasses import dataclass, field
from typing import Any

import orjson

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal in Telegram's own words; the bot sees status and description."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    description = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, description, {"retry_after": retry_after})


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    mime_type: str


@dataclass
class Request:
    """One call of a Bot API method.

    Parameters stand as they were received: a form has only strings, a JSON body has numbers,
    booleans and objects. The accessors take both, as Telegram does.
    """

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The parameter as text; empty when it is missing."""
        value = self.params.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a number; the default when it is missing or no number."""
        try:
            return int(self.params.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        return str(self.params.get(name, "")).lower() in {"true", "1", "yes"}

    def value(self, name: str) -> Any:
        """The parameter as an object, whether it came as one or as JSON text; else None."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def loggable(self) -> Json:
        """The parameters with each upload named by file name and size.

        A file that a nested object calls `attach://name` stays behind that name, since it is no
        parameter of the method.
        """
        attached = {name for name in self.files if self._is_attached(name)}
        uploads = {
            name: {"__file__": upload.name, "size": len(upload.content)}
            for name, upload in self.files.items()
        }
        shown = {
            name: uploads.get(str(value).removeprefix("attach://"), value)
            if str(value).startswith("attach://")
            else value
            for name, value in self.params.items()
        }
        return shown | {name: entry for name, entry in uploads.items() if name not in attached}

    def _is_attached(self, name: str) -> bool:
        mark = f"attach://{name}"
        return any(mark in self.text(other) for other in self.params)
