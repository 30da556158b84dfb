"""Changes messages that the bot has sent."""

from playground.chats import Chat
from playground.keyboards import read_keyboard
from playground.methods._content import read_caption, read_text
from playground.methods._targets import find_message, joined_chat
from playground.methods.sending import media_content
from playground.state import State
from playground.wire import Json, Request, bad_request

TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
MEDIA = ("photo", "document", "has_media_spoiler", *CAPTION)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(state: State, request: Request) -> Json:
    content = read_text(state, request)
    chat, message = _own_message(state, request)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(state, request, chat, message, TEXT, content)


def edit_caption(state: State, request: Request) -> Json:
    content = read_caption(state, request)
    chat, message = _own_message(state, request)
    if "photo" not in message and "document" not in message:
        raise bad_request("there is no caption in the message to edit")
    return _change(state, request, chat, message, CAPTION, content)


def edit_media(state: State, request: Request) -> Json:
    chat, message = _own_message(state, request)
    content = media_content(state, request, request.value("media"))
    return _change(state, request, chat, message, TEXT + MEDIA, content)


def edit_keyboard(state: State, request: Request) -> Json:
    chat, message = _own_message(state, request)
    return _change(state, request, chat, message, (), {})


def _own_message(state: State, request: Request) -> tuple[Chat, Json]:
    if request.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")  # no inline message was ever sent from here
    if not request.text("chat_id") or not request.text("message_id"):
        raise bad_request("message identifier is not specified")
    chat = joined_chat(state, request)
    message = find_message(chat, request, "message to edit not found")
    if message["from"]["id"] != state.bot["id"] or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    state: State,
    request: Request,
    chat: Chat,
    message: Json,
    replaced: tuple[str, ...],
    content: Json,
) -> Json:
    """Swap the replaced fields for the content; a keyboard that is not given goes away."""
    keyboard = read_keyboard(request, inline_only=True)
    old = {*replaced, "reply_markup", "edit_date"}
    kept = {name: value for name, value in message.items() if name not in old}
    changed = kept | content | ({"reply_markup": keyboard} if keyboard else {})
    if changed == {name: value for name, value in message.items() if name != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    changed["edit_date"] = state.clock.timestamp()
    state.replace(chat, changed)
    return changed


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_keyboard,
}
