"""What the people of the playground can do; tests and the control API call the same functions."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from playground.chats import Chat, group
from playground.control_error import ControlError
from playground.formatting import person_text, units
from playground.members import chat_member
from playground.people import ANONYMOUS, Person
from playground.state import Query, State
from playground.wire import ApiError, Json, Upload

LONGEST_MESSAGE = 4096  # UTF-16 code units
FIRST_GROUP = -1002000000001


@dataclass(frozen=True)
class Said:
    """`update_ids` lacks what the bot does not see, so it may be empty."""

    message_id: int
    update_ids: list[int]

    def shown(self) -> Json:
        last = self.update_ids[-1] if self.update_ids else None
        return {"update_id": last, "message_id": self.message_id, "update_ids": self.update_ids}


class World(State):
    """A playground. People are named by user id, and `chat` left out is their private chat.

    Every function that refuses raises ControlError with a sentence.
    """

    def say(
        self,
        user: int,
        text: str,
        chat: int | None = None,
        *,
        reply_to: int | None = None,
        forwarded: bool = False,
        anonymous: bool = False,
    ) -> Said:
        """Send a text; one over 4096 becomes several messages, as clients do it."""
        place = self._place(user, chat)
        parts = [formatted for part in _parts(text) if (formatted := person_text(part)).text]
        if not parts:
            raise ControlError("An empty message cannot be sent.")
        extra = self._extra(place, reply_to, forwarded)
        sent = [
            self._speak(user, place, part.fields() | extra, anonymous=anonymous) for part in parts
        ]
        updates = [update_id for _, update_id in sent if update_id is not None]
        return Said(sent[-1][0], updates)

    def link(self, user: int, payload: str) -> Said:
        """Follow a t.me/<bot>?start=<payload> link and press Start."""
        return self.say(user, f"/start {payload}".rstrip())

    def photo(
        self,
        user: int,
        file: Upload,
        chat: int | None = None,
        caption: str = "",
        as_document: bool = False,
    ) -> Said:
        place = self._place(user, chat)
        try:
            stored = self.files.keep(file, as_photo=not as_document)
        except ApiError as error:
            raise ControlError("This file cannot be sent as a photo.") from error
        words = person_text(caption).fields("caption", "caption_entities")
        message_id, update_id = self._speak(user, place, stored.fields() | words)
        return Said(message_id, [] if update_id is None else [update_id])

    def tap(self, user: int, chat: int, message_id: int, data: str) -> Json:
        """Press a button, even one that is not there; returns update_id and callback_query_id."""
        place = self._place(user, chat)
        if message_id not in place.by_id and message_id not in place.gone:
            raise ControlError(f"There was never a message {message_id} in this chat.")
        inaccessible = {"chat": place.info, "message_id": message_id, "date": 0}
        query_id = str(secrets.randbelow(2**62))
        self.queries[query_id] = Query(user, self.clock.now())
        payload = {
            "id": query_id,
            "from": self.people[user].user,
            "message": place.by_id.get(message_id, inaccessible),
            "chat_instance": str(abs(place.id) * 2_654_435_761 % 2**63),
            "data": data,
        }
        update_id = self.updates.add("callback_query", payload)
        return {"update_id": update_id, "callback_query_id": query_id}

    def press(self, user: int, label: str, chat: int | None = None) -> Json:
        """Tap the newest button in the chat that is labelled like this."""
        place = self._place(user, chat)
        for message in reversed(place.messages):
            for button in _buttons(message):
                if button["text"] == label and "callback_data" in button:
                    return self.tap(user, place.id, message["message_id"], button["callback_data"])
        raise ControlError(f"No button in this chat says “{label}”.")

    def block(self, user: int, blocked: bool = True) -> int | None:
        """Block the bot or let it in again; returns the id of the my_chat_member update."""
        person = self.person(user)
        if person.blocked == blocked:
            return None
        person.blocked = blocked
        self.events.publish("person", user_id=user, blocked=blocked)
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        return self._bot_changed(person, self.chats[user], old, new)

    def membership(
        self, user: int, chat: int | None, action: str, title: str = "A new group"
    ) -> Json:
        """Let somebody add the bot to a group, or remove it; no chat stands for a new group."""
        person = self.person(user)
        if action not in {"add", "remove"}:
            raise ControlError("The action is either add or remove.")
        if chat is None and action == "remove":
            raise ControlError("The bot can only be removed from a group that exists.")
        place = self._new_group(user, title) if chat is None else self._place(user, chat)
        if place.is_private:
            raise ControlError("The bot can only be added to groups.")
        old, new = place.bot_status, "member" if action == "add" else "kicked"
        if (old in {"member", "administrator"}) == (action == "add"):
            raise ControlError("Nothing would change: the bot is where it should be.")
        update_id = self._join(person, place, old) if action == "add" else None
        return {
            "chat_id": place.id,
            "update_id": update_id or self._leave(person, place, old, new),
        }

    def redeliver(self, update_id: int) -> None:
        """Hand out an update again that the bot has confirmed; LookupError when it has not."""
        self.updates.redeliver(update_id)

    def restart_ids(self, at: int) -> None:
        """Number the next update like this, as Telegram does after a quiet week."""
        self.updates.next_id = at

    async def settled(self, within: float = 20) -> None:
        """Return once the bot has confirmed every update; TimeoutError after so many seconds."""
        async with asyncio.timeout(within):
            await self.updates.settled()

    def _speak(
        self, user: int, place: Chat, content: Json, anonymous: bool = False
    ) -> tuple[int, int | None]:
        person = self.person(user)
        if place.is_private:
            if person.blocked:
                raise ControlError(f"{person.user['first_name']} has blocked the bot.")
            person.started = True
        if anonymous and user not in place.admins:
            raise ControlError("Only an administrator of a group can be anonymous in it.")
        sender = ANONYMOUS if anonymous else person.user
        hidden = {"sender_chat": place.info} if anonymous else {}
        message = self.post(place, sender, hidden | content)
        seen = self._is_seen(place, message)
        return message["message_id"], self.updates.add("message", message) if seen else None

    def _place(self, user: int, chat: int | None) -> Chat:
        place = self.chat(self.person(user).id if chat is None else chat)
        if user not in place.members:
            name = self.people[user].user["first_name"]
            raise ControlError(f"{name} is not a member of this chat.")
        return place

    def _extra(self, place: Chat, reply_to: int | None, forwarded: bool) -> Json:
        extra: Json = {}
        if reply_to is not None:
            if reply_to not in place.by_id:
                raise ControlError("The message to reply to is not there.")
            extra["reply_to_message"] = without_reply(place.by_id[reply_to])
        if forwarded:
            extra["forward_origin"] = {
                "type": "hidden_user",
                "date": self.clock.timestamp(),
                "sender_user_name": "Somebody",
            }
        return extra

    def _is_seen(self, place: Chat, message: Json) -> bool:
        """Privacy mode: a bot that is no administrator sees only what is meant for it."""
        if place.is_private or place.bot_status == "administrator":
            return True
        if place.bot_status != "member":
            return False
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        entities = message.get("entities", [])
        command = any(e["type"] == "bot_command" and e["offset"] == 0 for e in entities)
        return command or replied == self.bot["id"] or "new_chat_members" in message

    def _new_group(self, user: int, title: str) -> Chat:
        chat_id = next(number for number in count(FIRST_GROUP, -1) if number not in self.chats)
        place = group(chat_id, title, [user], {user})
        place.bot_status = "left"
        self.chats[chat_id] = place
        return place

    def _join(self, person: Person, place: Chat, old: str) -> int | None:
        place.bot_status = "member"
        place.members.append(self.bot["id"])
        update_id = self._bot_changed(person, place, old, "member")
        self._speak(person.id, place, {"new_chat_members": [self.bot]})
        return update_id

    def _leave(self, person: Person, place: Chat, old: str, new: str) -> int | None:
        place.bot_status = new
        place.members.remove(self.bot["id"])
        self.post(place, person.user, {"left_chat_member": self.bot})
        return self._bot_changed(person, place, old, new)

    def _bot_changed(self, person: Person, place: Chat, old: str, new: str) -> int | None:
        change = {
            "chat": place.info,
            "from": person.user,
            "date": self.clock.timestamp(),
            "old_chat_member": chat_member(self.bot, old),
            "new_chat_member": chat_member(self.bot, new),
        }
        return self.updates.add("my_chat_member", change)


def without_reply(message: Json) -> Json:
    """Telegram nests a replied message one deep."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def _buttons(message: Json) -> Iterator[Json]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from row


def _parts(text: str) -> Iterator[str]:
    """Pieces that each fit into one message."""
    part: list[str] = []
    length = 0
    for character in text.strip():
        if length + units(character) > LONGEST_MESSAGE:
            yield "".join(part)
            part, length = [], 0
        part.append(character)
        length += units(character)
    yield "".join(part)
