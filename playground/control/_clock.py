"""Reads and moves the playground's clock."""

from datetime import timedelta

from aiohttp import web

from playground.clock import moment
from playground.control._body import read_body
from playground.control_error import ControlError
from playground.keys import WORLD
from playground.wire import Json
from playground.world import World

LONGEST_WAIT = 25.0  # seconds


async def show(http: web.Request) -> Json:
    """The clock; with `after`, as soon as its version is newer or the wait is over."""
    clock = http.app[WORLD].clock
    if "after" in http.query:
        try:
            after, wait = int(http.query["after"]), float(http.query.get("wait", LONGEST_WAIT))
        except ValueError as error:
            raise ControlError("The fields after and wait must be numbers.") from error
        await clock.newer_than(after, min(max(wait, 0), LONGEST_WAIT))
    return clock.shown()


async def set_due(http: web.Request) -> Json:
    due = (await read_body(http)).fields.get("due")
    if not isinstance(due, list) or not all(_is_due(entry) for entry in due):
        raise ControlError('The field due must be a list of {"at", "what"}.')
    http.app[WORLD].clock.set_due(due)
    return _announced(http.app[WORLD])


async def jump(http: web.Request) -> Json:
    body, clock = await read_body(http), http.app[WORLD].clock
    if "to" in body.fields:
        clock.jump_to(moment(body.text("to")))
    elif "seconds" in body.fields:
        clock.jump(timedelta(seconds=body.integer("seconds")))
    else:
        clock.jump_to_due()
    return _announced(http.app[WORLD])


async def reset(http: web.Request) -> Json:
    await read_body(http)
    http.app[WORLD].clock.reset()
    return _announced(http.app[WORLD])


def _is_due(entry: object) -> bool:
    return isinstance(entry, dict) and {"at", "what"} <= entry.keys()


def _announced(world: World) -> Json:
    shown = world.clock.shown()
    world.events.publish("clock", clock=shown)
    return shown


CLOCK = (
    ("GET", "clock", show),
    ("PUT", "clock/due", set_due),
    ("POST", "clock/jump", jump),
    ("POST", "clock/reset", reset),
)
