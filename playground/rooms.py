"""Who is where, and which messages reach the bot."""

from itertools import count

from playground.chats import Chat, group
from playground.control_error import ControlError
from playground.members import chat_member
from playground.people import ANONYMOUS, Person
from playground.state import State
from playground.wire import Json

FIRST_GROUP = -1002000000001
SERVICE = frozenset({"new_chat_members", "migrate_to_chat_id", "migrate_from_chat_id"})


class Rooms(State):
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
        if (self.bot["id"] in place.members) == (action == "add"):
            raise ControlError("Nothing would change: the bot is where it should be.")
        change = self._join if action == "add" else self._leave
        return {"chat_id": place.id, "update_id": change(person, place)}

    def migrate(self, user: int, chat: int) -> int:
        """Turn a basic group into a supergroup and return its new id; the old one goes stale."""
        old, person = self._place(user, chat), self.person(user)
        if old.info["type"] != "group":
            raise ControlError("Only a basic group can become a supergroup.")
        new = group(self._free_id(), old.info["title"], [*old.members], {*old.admins})
        new.bot_status, old.migrated_to = old.bot_status, new.id
        self.chats[new.id] = new
        self._speak(person.id, old, {"migrate_to_chat_id": new.id})
        self._speak(person.id, new, {"migrate_from_chat_id": old.id})
        return new.id

    def _speak(
        self, user: int, place: Chat, content: Json, anonymous: bool = False
    ) -> tuple[int, int | None]:
        person = self.person(user)
        if anonymous and user not in place.admins:
            raise ControlError("Only an administrator of a group can be anonymous in it.")
        if place.is_private and person.blocked:
            raise ControlError(f"{person.user['first_name']} has blocked the bot.")
        person.started = person.started or place.is_private
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

    def _is_seen(self, place: Chat, message: Json) -> bool:
        """Privacy mode: a bot that is no administrator sees only what is meant for it."""
        if place.is_private or place.bot_status == "administrator":
            return True
        if place.bot_status != "member":
            return False
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        entities = message.get("entities", [])
        sent_by_it = message.get("via_bot", {}).get("id") == self.bot["id"]
        command = any(e["type"] == "bot_command" and e["offset"] == 0 for e in entities)
        service = SERVICE & message.keys()
        return command or sent_by_it or replied == self.bot["id"] or bool(service)

    def _new_group(self, user: int, title: str) -> Chat:
        place = group(self._free_id(), title, [user], {user})
        place.bot_status = "left"
        self.chats[place.id] = place
        return place

    def _free_id(self) -> int:
        return next(number for number in count(FIRST_GROUP, -1) if number not in self.chats)

    def _join(self, person: Person, place: Chat) -> int | None:
        old, place.bot_status = place.bot_status, "member"
        place.members.append(self.bot["id"])
        update_id = self._bot_changed(person, place, old, "member")
        self._speak(person.id, place, {"new_chat_members": [self.bot]})
        return update_id

    def _leave(self, person: Person, place: Chat) -> int | None:
        old, place.bot_status = place.bot_status, "kicked"
        place.members.remove(self.bot["id"])
        self.post(place, person.user, {"left_chat_member": self.bot})
        return self._bot_changed(person, place, old, "kicked")

    def _bot_changed(self, person: Person, place: Chat, old: str, new: str) -> int | None:
        change = {
            "chat": place.info,
            "from": person.user,
            "date": self.clock.timestamp(),
            "old_chat_member": chat_member(self.bot, old),
            "new_chat_member": chat_member(self.bot, new),
        }
        return self.updates.add("my_chat_member", change)
