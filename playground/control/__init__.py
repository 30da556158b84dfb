"""The control API: what the page, the tests and the bot's playground mode ask for."""

from aiohttp import web

from playground.control._acts import ACTS
from playground.control._body import answering
from playground.control._clock import CLOCK
from playground.control._views import VIEWS, events

__all__ = ["routes"]


def routes() -> list[web.RouteDef]:
    answered = [
        web.route(method, f"/playground/{path}", answering(handler))
        for method, path, handler in (*VIEWS, *ACTS, *CLOCK)
    ]
    return [*answered, web.get("/playground/events", events)]
