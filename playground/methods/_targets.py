"""Finds what a request is about, or says in Telegram's words why it cannot."""

from playground.chats import Chat
from playground.state import State
from playground.wire import ApiError, Json, Request, bad_request, forbidden


def known_chat(state: State, request: Request, name: str = "chat_id") -> Chat:
    """A chat the bot has met: people count from their first message on."""
    if not request.text(name):
        raise bad_request(f"{name} is empty")
    chat = state.chats.get(request.integer(name))
    if chat is None or (chat.is_private and not state.people[chat.id].started):
        raise bad_request("chat not found")
    if chat.migrated_to:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, description, {"migrate_to_chat_id": chat.migrated_to})
    return chat


def joined_chat(state: State, request: Request) -> Chat:
    """A known chat in which the bot still is."""
    chat = known_chat(state, request)
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.info['type']} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {chat.info['type']} chat")
    return chat


def open_chat(state: State, request: Request) -> Chat:
    """A chat the bot may write to."""
    person = state.people.get(request.integer("chat_id"))
    if person and not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    if person and person.blocked:
        raise forbidden("bot was blocked by the user")
    return joined_chat(state, request)


def find_message(chat: Chat, request: Request, missing: str, name: str = "message_id") -> Json:
    """The message, or 400 with the text in `missing`."""
    message_id = request.integer(name)
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    if message_id not in chat.by_id:
        raise bad_request(missing)
    return chat.by_id[message_id]
