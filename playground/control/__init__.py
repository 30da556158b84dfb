"""The control API: what the page, the tests and the bot's playground mode ask for."""

from aiohttp import web

from playground.control._acts import ACTS
from playground.control._body import answering
from playground.control._clock import CLOCK
from playground.control._views import VIEWS, events, file

__all__ = ["routes"]


def routes() -> list[web.RouteDef]:
    answered = [
        web.route(method, f"/playground/{path}", answering(handler))
        for method, path, handler in (*VIEWS, *ACTS, *CLOCK)
    ]
    streamed = [
        web.get("/playground/events", events),
        web.get("/playground/file/{file_id}", file),
    ]
    return [*answered, *streamed]
