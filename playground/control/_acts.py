"""What somebody at the page does."""

from aiohttp import web

from playground.control._body import Body, read_body
from playground.control_error import ControlError
from playground.faults import Fault, Mixture
from playground.keys import WORLD
from playground.speech import Said
from playground.transfer import received
from playground.wire import Json, Upload
from playground.world import World


async def say(http: web.Request) -> Json:
    body = await read_body(http)
    said = http.app[WORLD].say(
        body.integer("user"),
        body.text("text"),
        body.optional_integer("chat"),
        entities=body.objects("entities"),
        reply_to=body.optional_integer("reply_to"),
        forwarded=body.flag("forwarded"),
        anonymous=body.flag("anonymous"),
    )
    return said.shown()


async def forward(http: web.Request) -> Json:
    body = await read_body(http)
    user, message_id = body.integer("user"), body.integer("message_id")
    return http.app[WORLD].forward(user, message_id, body.optional_integer("chat")).shown()


async def tap(http: web.Request) -> Json:
    body = await read_body(http)
    return http.app[WORLD].tap(
        body.integer("user"),
        body.integer("chat"),
        body.integer("message_id"),
        body.text("data"),
    )


async def link(http: web.Request) -> Json:
    body = await read_body(http)
    return http.app[WORLD].link(body.integer("user"), body.text("payload", "")).shown()


async def photo(http: web.Request) -> Json:
    if http.content_type != "multipart/form-data":
        raise ControlError("Send the file as multipart/form-data.")
    try:
        form = await http.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise ControlError("This file is too big to be sent.") from error
    files = [received(file) for file in form.getall("file", []) if isinstance(file, web.FileField)]
    if not files:
        raise ControlError("The file is missing.")
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return _attached(http.app[WORLD], files, Body(fields)).shown()


def _attached(world: World, files: list[Upload], body: Body) -> Said:
    """Several pictures are an album; of several files each is a message of its own."""
    user, chat = body.integer("user"), body.optional_integer("chat")
    caption, entities = body.text("caption", ""), body.objects("caption_entities")
    as_document = body.text("as", "photo") == "document"
    if len(files) > 1 and not as_document:
        return world.album(user, files, caption, chat, caption_entities=entities)
    sent = [world.photo(user, file, chat, as_document=as_document) for file in files[:-1]]
    last = world.photo(
        user,
        files[-1],
        chat,
        caption,
        as_document,
        caption_entities=entities,
        reply_to=body.optional_integer("reply_to"),
    )
    return Said(last.message_id, [one for said in (*sent, last) for one in said.update_ids])


async def inline(http: web.Request) -> Json:
    body = await read_body(http)
    user, query = body.integer("user"), body.text("query")
    return http.app[WORLD].ask_inline(user, query, body.optional_integer("chat"))


async def choose(http: web.Request) -> Json:
    body = await read_body(http)
    user, query_id = body.integer("user"), body.text("inline_query_id")
    return http.app[WORLD].choose_inline(user, query_id, body.text("result_id")).shown()


async def share_users(http: web.Request) -> Json:
    body = await read_body(http)
    users = body.fields.get("users")
    if not isinstance(users, list) or not all(type(one) is int for one in users):
        raise ControlError("The field users must be a list of whole numbers.")
    user, request_id = body.integer("user"), body.integer("request_id")
    return http.app[WORLD].share_users(user, request_id, users).shown()


async def block(http: web.Request) -> Json:
    body = await read_body(http)
    return {"update_id": http.app[WORLD].block(body.integer("user"), body.flag("blocked"))}


async def membership(http: web.Request) -> Json:
    body = await read_body(http)
    return http.app[WORLD].membership(
        body.integer("user"),
        body.optional_integer("chat"),
        body.text("action"),
        body.text("title", "A new group"),
    )


async def order_fault(http: web.Request) -> Json:
    body = await read_body(http)
    fault = Fault(
        body.text("kind"),
        body.text("method", "*"),
        body.optional_integer("chat"),
        body.optional_integer("times") or 1,
        body.optional_integer("retry_after") or 3,
        body.flag("after_effect"),
    )
    http.app[WORLD].faults.add(fault)
    return http.app[WORLD].faults.shown()


async def mix_faults(http: web.Request) -> Json:
    body = await read_body(http)
    faults = http.app[WORLD].faults
    faults.mixture = Mixture(body.integer("seed"), body.numbers("shares"))
    return faults.shown()


async def clear_faults(http: web.Request) -> Json:
    http.app[WORLD].faults.clear()
    return http.app[WORLD].faults.shown()


ACTS = (
    ("POST", "say", say),
    ("POST", "forward", forward),
    ("POST", "tap", tap),
    ("POST", "link", link),
    ("POST", "photo", photo),
    ("POST", "inline", inline),
    ("POST", "choose", choose),
    ("POST", "share_users", share_users),
    ("POST", "block", block),
    ("POST", "membership", membership),
    ("POST", "faults", order_fault),
    ("POST", "faults/mixture", mix_faults),
    ("DELETE", "faults", clear_faults),
)
