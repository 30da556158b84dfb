"""copyMessage, forwardMessage."""

from playground.chats import content_of
from playground.methods._content import read_caption
from playground.methods._targets import find_message, known_chat
from playground.methods.sending import deliver
from playground.state import State
from playground.wire import Json, Request, bad_request


def copy_message(state: State, request: Request) -> Json:
    content = content_of(_source(state, request, "copied", "message to copy not found"))
    if "caption" in request.params and "text" not in content:
        content = {name: value for name, value in content.items() if "caption" not in name}
        content |= read_caption(state, request)
    return {"message_id": deliver(state, request, content)["message_id"]}


def forward_message(state: State, request: Request) -> Json:
    source = _source(state, request, "forwarded", "message to forward not found")
    origin = source.get("forward_origin") or {
        "type": "user",
        "date": source["date"],
        "sender_user": source["from"],
    }
    return deliver(state, request, {"forward_origin": origin} | content_of(source))


def _source(state: State, request: Request, done: str, missing: str) -> Json:
    chat = known_chat(state, request, "from_chat_id")
    source = find_message(chat, request, missing)
    if source.get("has_protected_content") or not content_of(source):
        raise bad_request(f"message can't be {done}")
    return source


METHODS = {"copyMessage": copy_message, "forwardMessage": forward_message}
