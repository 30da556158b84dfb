"""Reads the content of a message from a request: words, files, the message replied to."""

import re

from playground.chats import Chat, without_reply
from playground.files import StoredFile
from playground.formatting import LONGEST_CAPTION, LONGEST_MESSAGE, Formatted, read_formatted
from playground.mentions import named
from playground.state import State
from playground.wire import ApiError, Json, Request, bad_request

LARGEST_UPLOAD = 50 * 1024 * 1024


def read_text(state: State, request: Request) -> Json:
    """The text fields of a message; an empty or over-long text is refused."""
    words = _formatted(request, "text", "entities")
    if not words.text:
        raise bad_request("message text is empty")
    if words.length > LONGEST_MESSAGE:
        raise bad_request("message is too long")
    fields = words.fields()
    preview = request.value("link_preview_options")
    if request.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    if preview and isinstance(preview, dict):
        fields["link_preview_options"] = preview
    return named(state, fields, "entities")


def read_caption(state: State, request: Request) -> Json:
    words = _formatted(request, "caption", "caption_entities")
    if words.length > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    fields = words.fields("caption", "caption_entities")
    if request.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return named(state, fields, "caption_entities")


def read_file(state: State, request: Request, kind: str, given: str | None = None) -> StoredFile:
    """The photo or document of a request, uploaded now or named by its file id.

    `given` stands for the parameter when the file is named inside another object.
    """
    given = request.text(kind) if given is None else given
    upload = request.files.get(given.removeprefix("attach://") or kind)
    if upload is not None:
        if len(upload.content) > LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        if not upload.content:
            raise bad_request("file must be non-empty")
        return state.files.keep(upload, as_photo=kind == "photo")
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    return _stored(state, kind, given)


def _stored(state: State, kind: str, given: str) -> StoredFile:
    if re.match(r"https?://", given):
        raise bad_request("failed to get HTTP URL content")  # nothing here reaches the network
    stored = state.files.find(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.is_photo != (kind == "photo"):
        raise bad_request("type of file mismatch")
    return stored


def read_reply(chat: Chat, request: Request) -> Json:
    """The `reply_to_message` field, from `reply_parameters` or the older parameters."""
    given = request.value("reply_parameters")
    wanted = Request(request.method, given if isinstance(given, dict) else {})
    message_id = wanted.integer("message_id") or request.integer("reply_to_message_id")
    if message_id in chat.by_id:
        return {"reply_to_message": without_reply(chat.by_id[message_id])}
    optional = any(one.flag("allow_sending_without_reply") for one in (wanted, request))
    if not message_id or optional:
        return {}
    raise bad_request("message to be replied not found")


def _formatted(request: Request, text: str, entities: str) -> Formatted:
    mode = request.text("parse_mode")
    given = None if mode else request.value(entities)
    if given is not None and not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array")
    return read_formatted(request.text(text), mode, given)
