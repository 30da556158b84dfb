"""Chats and what stands in them."""

from dataclasses import dataclass, field

from playground.wire import Json

CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "photo",
    "document",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
)


@dataclass
class Chat:
    """A private chat or a group; `messages` are Bot API messages, oldest first."""

    info: Json
    members: list[int]
    admins: set[int] = field(default_factory=set)
    bot_status: str = "member"
    typing: str | None = None
    keyboard: Json | None = None  # the ReplyKeyboardMarkup that is showing
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    migrated_to: int | None = None
    by_id: dict[int, Json] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # ids of deleted messages
    silent: set[int] = field(default_factory=set)  # ids of messages sent without a sound
    most: int | None = None  # messages that are kept, the newest; None keeps all

    @property
    def id(self) -> int:
        return int(self.info["id"])

    @property
    def is_private(self) -> bool:
        return bool(self.info["type"] == "private")

    @property
    def messages(self) -> list[Json]:
        return list(self.by_id.values())

    @property
    def last(self) -> Json:
        """The newest message; an error in an empty chat."""
        return self.by_id[next(reversed(self.by_id))]

    def shown(self, message: Json) -> Json:
        """The message for the page, which also hears whether it came without a sound."""
        silent = message["message_id"] in self.silent
        return message | {"disable_notification": True} if silent else message

    def keep(self, message: Json) -> None:
        self.by_id[message["message_id"]] = message
        if self.most and len(self.by_id) > self.most:
            self._forget(next(iter(self.by_id)))

    def remove(self, message_ids: list[int]) -> None:
        for message_id in message_ids:
            self._forget(message_id)
            self.gone.add(message_id)

    def _forget(self, message_id: int) -> None:
        del self.by_id[message_id]
        self.silent.discard(message_id)
        self.pinned = [pinned for pinned in self.pinned if pinned != message_id]


def private_chat(user: Json, most: int | None = None) -> Chat:
    names: Json = {
        name: user[name] for name in ("first_name", "last_name", "username") if name in user
    }
    return Chat({"id": user["id"], **names, "type": "private"}, [user["id"]], most=most)


def group(
    chat_id: int, title: str, members: list[int], admins: set[int], kind: str = "supergroup"
) -> Chat:
    """A group; `kind` "group" is the basic one, which can become a supergroup."""
    return Chat({"id": chat_id, "title": title, "type": kind}, members, admins=admins)


def without_reply(message: Json) -> Json:
    """Telegram nests a replied message one deep."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def content_of(message: Json) -> Json:
    """What a copy or a forward of the message takes along."""
    return {name: message[name] for name in CONTENT if name in message}
