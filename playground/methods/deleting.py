"""deleteMessage, deleteMessages."""

from datetime import timedelta

from playground.chats import Chat
from playground.methods._targets import find_message, joined_chat
from playground.state import State
from playground.wire import Json, Request, bad_request

DELETABLE_FOR = timedelta(hours=48)


def delete_message(state: State, request: Request) -> bool:
    chat = joined_chat(state, request)
    message = find_message(chat, request, "message to delete not found")
    _check_deletable(state, chat, message)
    state.delete(chat, [message["message_id"]])
    return True


def delete_messages(state: State, request: Request) -> bool:
    """Delete up to 100; what is not there is skipped, what must not go refuses them all."""
    ids = request.value("message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if not all(isinstance(one, int) for one in ids):
        raise bad_request("message identifier is not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    chat = joined_chat(state, request)
    there = list(dict.fromkeys(one for one in ids if one in chat.by_id))
    for message_id in there:
        _check_deletable(state, chat, chat.by_id[message_id])
    if there:
        state.delete(chat, there)
    return True


def _check_deletable(state: State, chat: Chat, message: Json) -> None:
    age = state.clock.timestamp() - message["date"]
    own = message["from"]["id"] == state.bot["id"]
    allowed = own or chat.is_private or chat.bot_status == "administrator"
    if not allowed:
        raise bad_request("message can't be deleted")
    if age >= DELETABLE_FOR.total_seconds():
        raise bad_request("message can't be deleted for everyone")


METHODS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
