"""The HTTP server: the Bot API, its files, the control API and the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from playground.bot_api import call_method, download
from playground.control import routes as control_routes
from playground.keys import WORLD
from playground.page_files import routes as page_routes
from playground.world import World

LARGEST_BODY = 64 * 1024 * 1024  # more than Telegram takes, so that its own refusal is heard


def make_app(world: World) -> web.Application:
    app = web.Application(client_max_size=LARGEST_BODY)
    app[WORLD] = world
    app.router.add_route("GET", "/bot{token:[^/]+}/{method}", call_method)
    app.router.add_route("POST", "/bot{token:[^/]+}/{method}", call_method)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", download)
    app.add_routes(control_routes())
    app.add_routes(page_routes())
    return app


@asynccontextmanager
async def serve(world: World, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Listen and give the root URL; port 0 takes any free one. The world is closed at the end."""
    runner = web.AppRunner(
        make_app(world), handler_cancellation=True, shutdown_timeout=1, access_log=None
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        world.close()
        await runner.cleanup()
