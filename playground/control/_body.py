"""Reads the JSON of a control request and answers in JSON."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler

from playground.control_error import ControlError
from playground.wire import Json


class Body:
    """The fields of a control request; each accessor refuses what has another type."""

    def __init__(self, fields: Json) -> None:
        self.fields = fields

    def integer(self, name: str) -> int:
        value = self.optional_integer(name)
        if value is None:
            raise ControlError(f"The field {name} is missing.")
        return value

    def optional_integer(self, name: str) -> int | None:
        value = self.fields.get(name)
        if isinstance(value, str) and value.lstrip("-").isdigit():
            return int(value)  # a form has only strings
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise ControlError(f"The field {name} must be a whole number.")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise ControlError(f"The field {name} must be a text.")
        return value

    def flag(self, name: str) -> bool:
        value = self.fields.get(name, False)
        if not isinstance(value, bool):
            raise ControlError(f"The field {name} must be true or false.")
        return value

    def objects(self, name: str) -> list[Json]:
        """A list, or in a form the JSON text of one; empty when it is missing."""
        value = self.fields.get(name, [])
        if isinstance(value, str):
            value = _json_in(value)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise ControlError(f"The field {name} must be a list of objects.")
        return value

    def numbers(self, name: str) -> dict[str, float]:
        """An object whose values are numbers."""
        value = self.fields.get(name)
        if not isinstance(value, dict) or not all(
            type(one) in {int, float} for one in value.values()
        ):
            raise ControlError(f"The field {name} must be an object of numbers.")
        return value


def _json_in(text: str | bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ControlError("This is not JSON.") from error


async def read_body(http: web.Request) -> Body:
    """The JSON object that was posted.

    Only application/json is taken: a foreign web page cannot send it without being asked first.
    """
    if http.content_type != "application/json":
        raise ControlError("Send JSON with the content type application/json.")
    fields = _json_in(await http.read() or b"{}")
    if not isinstance(fields, dict):
        raise ControlError("Send a JSON object.")
    return Body(fields)


def answering(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """A handler that returns what to answer, or raises ControlError."""

    async def answer(http: web.Request) -> web.StreamResponse:
        try:
            return _json(200, await handler(http))
        except ControlError as error:
            return _json(400, {"error": str(error)})

    return answer


def _json(status: int, body: Any) -> web.Response:
    return web.Response(
        body=orjson.dumps(body), status=status, content_type="application/json", charset="utf-8"
    )
