"""sendMessage and its like."""

from typing import Any

from playground.keyboards import read_keyboard
from playground.methods._content import read_caption, read_file, read_reply, read_text
from playground.methods._targets import open_chat
from playground.reply_keyboards import read_reply_keyboard
from playground.state import State
from playground.wire import Json, Request, bad_request

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def deliver(state: State, request: Request, content: Json) -> Json:
    """Send the content with the options that every sending method has."""
    keyboard = read_keyboard(request)
    chat = open_chat(state, request)
    replacing = read_reply_keyboard(request, chat)
    extra = read_reply(chat, request)
    if request.flag("protect_content"):
        extra["has_protected_content"] = True
    if keyboard:
        extra["reply_markup"] = keyboard
    state.show_typing(chat, None)
    silent = request.flag("disable_notification")
    message = state.post(chat, state.bot, content | extra, silent)
    if replacing:
        state.show_keyboard(chat, replacing)
    return message


def send_message(state: State, request: Request) -> Json:
    return deliver(state, request, read_text(state, request))


def send_photo(state: State, request: Request) -> Json:
    return _send_file(state, request, "photo")


def send_document(state: State, request: Request) -> Json:
    return _send_file(state, request, "document")


def _send_file(state: State, request: Request, kind: str) -> Json:
    caption = read_caption(state, request)
    open_chat(state, request)  # a file that cannot be sent is not kept
    veil = _veil(request, kind)
    return deliver(state, request, read_file(state, request, kind).fields() | caption | veil)


def _veil(request: Request, kind: str) -> Json:
    veiled = kind == "photo" and request.flag("has_spoiler")
    return {"has_media_spoiler": True} if veiled else {}


def send_media_group(state: State, request: Request) -> list[Json]:
    media = request.value("media")
    if not isinstance(media, list) or not 1 <= len(media) <= 10:
        raise bad_request("media group must include 1-10 items")
    open_chat(state, request)
    contents = [media_content(state, request, item) for item in media]
    album = {"media_group_id": state.files.album_id()}
    return [deliver(state, request, content | album) for content in contents]


def media_content(state: State, request: Request, item: Any) -> Json:
    """The fields of one InputMedia object, of which photos and documents are known here."""
    kind = str(item.get("type")) if isinstance(item, dict) else ""
    if kind not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: the playground knows photo and document")
    caption = read_caption(state, Request(request.method, item))
    stored = read_file(state, request, kind, str(item.get("media", "")))
    return stored.fields() | caption | _veil(Request(request.method, item), kind)


def send_chat_action(state: State, request: Request) -> bool:
    chat = open_chat(state, request)
    action = request.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.show_typing(chat, action)
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
