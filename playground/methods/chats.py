"""What a bot may ask about chats and do in them besides sending."""

from playground.chats import Chat
from playground.members import chat_member
from playground.methods._targets import find_message, joined_chat
from playground.state import State
from playground.wire import Json, Request, bad_request


def get_chat(state: State, request: Request) -> Json:
    chat = joined_chat(state, request)
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        True,
    )
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    names = {"active_usernames": [chat.info["username"]]} if "username" in chat.info else {}
    pinned = {"pinned_message": chat.by_id[chat.pinned[-1]]} if chat.pinned else {}
    return chat.info | full | names | pinned


def get_chat_member(state: State, request: Request) -> Json:
    chat = joined_chat(state, request)
    user_id = request.integer("user_id")
    user = state.shown_user(user_id)
    if user is None:
        raise bad_request("user not found")
    return chat_member(user, _status(state, chat, user_id))


def get_chat_administrators(state: State, request: Request) -> list[Json]:
    chat = joined_chat(state, request)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    statuses = {member: _status(state, chat, member) for member in chat.members}
    return [
        chat_member(user, status)
        for member, status in statuses.items()
        if status in {"creator", "administrator"} and (user := state.shown_user(member))
    ]


def get_chat_member_count(state: State, request: Request) -> int:
    chat = joined_chat(state, request)
    return 2 if chat.is_private else len(chat.members)


def leave_chat(state: State, request: Request) -> bool:
    chat = joined_chat(state, request)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    chat.members.remove(state.bot["id"])
    state.post(chat, state.bot, {"left_chat_member": state.bot})
    return True


def pin_chat_message(state: State, request: Request) -> bool:
    chat = joined_chat(state, request)
    _check_right_to_pin(chat)
    message = find_message(chat, request, "message to pin not found")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        state.post(chat, state.bot, {"pinned_message": message})
    return True


def unpin_chat_message(state: State, request: Request) -> bool:
    """Unpin the named message, else the newest pinned one."""
    chat = joined_chat(state, request)
    _check_right_to_pin(chat)
    message_id = request.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def unpin_all_chat_messages(state: State, request: Request) -> bool:
    chat = joined_chat(state, request)
    _check_right_to_pin(chat)
    chat.pinned.clear()
    return True


def set_message_reaction(state: State, request: Request) -> bool:
    """Checked and accepted; nobody is shown the reaction."""
    chat = joined_chat(state, request)
    find_message(chat, request, "message to react not found")
    return True


def _check_right_to_pin(chat: Chat) -> None:
    if not chat.is_private and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _status(state: State, chat: Chat, user_id: int) -> str:
    if not chat.is_private and user_id == state.bot["id"]:
        return chat.bot_status
    if user_id in chat.admins:
        return "creator" if user_id == min(chat.admins) else "administrator"
    return "member" if user_id in (*chat.members, state.bot["id"]) else "left"


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
