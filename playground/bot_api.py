"""Serves the Bot API: reads a call, carries it out, answers in Telegram's form."""

import asyncio
import time
from typing import Any

import orjson
from aiohttp import web

from playground.calls import Call
from playground.faults import Fault
from playground.keys import WORLD
from playground.methods import METHODS
from playground.transfer import as_download, received
from playground.wire import ApiError, Json, Request, Upload, bad_request
from playground.world import World

BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


async def call_method(http: web.Request) -> web.StreamResponse:
    world = http.app[WORLD]
    started = time.monotonic()
    request = Request(http.match_info["method"], {})
    if http.match_info["token"] != world.token:
        return _answer(ApiError(401, "Unauthorized"))
    try:
        request = await _read(http)
    except ApiError as error:
        return _answer(error)
    world.log.write(request)
    fault = world.faults.take(request)
    outcome = None if fault and not fault.after_effect else await _outcome(world, request)
    if fault:
        outcome = fault.error()
    _record(world, request, outcome, fault, started)
    return await _failed(http, fault) if fault else _answer(outcome)


async def download(http: web.Request) -> web.Response:
    world = http.app[WORLD]
    stored = world.files.by_path.get(http.match_info["path"])
    if http.match_info["token"] != world.token:
        return _answer(ApiError(401, "Unauthorized"))
    if stored is None:
        return _answer(ApiError(404, "Not Found"))
    return as_download(stored)


async def _read(http: web.Request) -> Request:
    method, params = http.match_info["method"], dict(http.query)
    try:
        if http.content_type == "application/json":
            return Request(method, params | _object(await http.read()))
        form = await http.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    files: dict[str, Upload] = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = received(value)
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
    return Request(method, params, files)


def _object(body: bytes) -> Json:
    try:
        given = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse request JSON object") from error
    if not isinstance(given, dict):
        raise bad_request("object expected as request")
    return given


async def _outcome(world: World, request: Request) -> Any:
    """The result, or the ApiError that stands in its place."""
    name = request.method.lower()
    if name == "getupdates":
        return await _get_updates(world, request)
    if name not in METHODS:
        return ApiError(404, "Not Found")
    try:
        world.limits.check(request)
        result = METHODS[name](world, request)
    except ApiError as error:
        return error
    world.limits.count(request, len(result) if isinstance(result, list) else 1)
    return result


async def _get_updates(world: World, request: Request) -> Any:
    world.updates.note_poll(request.params)
    try:
        return await world.updates.take(
            request.integer("offset"),
            request.integer("limit"),
            request.integer("timeout"),
            request.value("allowed_updates"),
        )
    except ApiError as error:
        return error


def _answer(outcome: Any) -> web.Response:
    if not isinstance(outcome, ApiError):
        return _json(200, {"ok": True, "result": outcome})
    body = {"ok": False, "error_code": outcome.status, "description": outcome.description}
    extra = {"parameters": outcome.parameters} if outcome.parameters else {}
    return _json(outcome.status, body | extra)


def _json(status: int, body: Json) -> web.Response:
    return web.Response(
        body=orjson.dumps(body), status=status, content_type="application/json", charset="utf-8"
    )


async def _failed(http: web.Request, fault: Fault) -> web.Response:
    error = fault.error()
    if fault.kind == "bad_gateway":  # comes from the proxy in front, which knows no JSON
        return web.Response(body=BAD_GATEWAY, status=502, content_type="text/html")
    if error:
        return _answer(error)
    if fault.kind == "timeout":
        await http.app[WORLD].closing.wait()  # until the bot gives up
    if http.transport:
        http.transport.abort()
    raise asyncio.CancelledError


def _record(
    world: World, request: Request, outcome: Any, fault: Fault | None, started: float
) -> None:
    """Note the call for the page and the tests; polls are too many to be of use there."""
    if request.method.lower() == "getupdates":
        return
    status, description = _verdict(outcome, fault)
    call = Call(
        n=world.calls[-1].n + 1 if world.calls else 1,
        at=world.clock.now().isoformat(),
        method=request.method,
        chat_id=request.integer("chat_id") or None,
        params=request.loggable(),
        status=status,
        description=description,
        ms=round((time.monotonic() - started) * 1000, 1),
    )
    world.calls.append(call)
    if world.calls_kept and len(world.calls) > 2 * world.calls_kept:
        del world.calls[: -world.calls_kept]
    if world.events.has_listeners:  # shortening costs more than the rest of a call
        world.events.publish("call", call=call.shown())


def _verdict(outcome: Any, fault: Fault | None) -> tuple[int, str]:
    """Status and description as the bot heard them; status 0 when it heard nothing."""
    if isinstance(outcome, ApiError):
        return outcome.status, outcome.description
    return (0, fault.kind) if fault else (200, "")
