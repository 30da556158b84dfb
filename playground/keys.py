"""Where the handlers find the playground they serve."""

from aiohttp import web

from playground.world import World

WORLD = web.AppKey("world", World)
