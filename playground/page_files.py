"""Serves the web page that stands beside this code."""

import mimetypes
from pathlib import Path

from aiohttp import web

BYTES = "application/octet-stream"
PAGE = Path(__file__).parent / "page"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def routes() -> list[web.RouteDef]:
    return [web.get("/", index), web.get("/page/{name:.+}", asset)]


async def index(_: web.Request) -> web.StreamResponse:
    return _file("index.html")


async def asset(http: web.Request) -> web.StreamResponse:
    return _file(http.match_info["name"])


def _file(name: str) -> web.StreamResponse:
    path = (PAGE / name).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    kind, _ = mimetypes.guess_type(path.name)
    # In one piece: a browser that leaves amid a streamed file would leave the file open.
    return web.Response(
        body=path.read_bytes(), content_type=kind or BYTES, charset="utf-8", headers=HEADERS
    )
