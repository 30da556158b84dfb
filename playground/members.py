"""What Telegram says about a member of a chat."""

from playground.wire import Json

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


def chat_member(user: Json, status: str, anonymous: bool = False) -> Json:
    """A ChatMember object with the fields that its status asks for."""
    member: Json = {"user": user, "status": status}
    match status:
        case "administrator":
            rights = dict.fromkeys(RIGHTS, True)
            return member | {"can_be_edited": False, "is_anonymous": anonymous} | rights
        case "creator":
            return member | {"is_anonymous": anonymous}
        case "kicked":
            return member | {"until_date": 0}
    return member
