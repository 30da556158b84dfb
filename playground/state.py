"""Everything the playground knows, and the three things that happen to messages."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playground.calls import Call, RequestLog
from playground.chats import Chat, group, private_chat
from playground.clock import Clock, real_time
from playground.commands import CommandMenus
from playground.control_error import ControlError
from playground.crowd import Crowd
from playground.events import Events
from playground.faults import Faults
from playground.files import Files
from playground.limits import Limits
from playground.people import ADMIN_CHAT, BASIC_ADMIN_CHAT, Person, the_bot, the_cast
from playground.updates import Updates
from playground.wire import Json

TYPING_LASTS = 5.0  # seconds of real time, as Telegram says
CALLBACK_EXPIRY = 60.0  # seconds of the playground's clock
CROWD_TOLD_EVERY = 0.25  # seconds
CROWD_KEEPS = 10  # messages in each chat of the crowd


@dataclass
class Query:
    """A tap that waits for its answer."""

    user_id: int
    asked_at: datetime


@dataclass
class InlineQuery:
    """Words after the bot's name; `messages` are what each offered card would send, by its id."""

    user_id: int
    chat_id: int
    asked_at: datetime
    answer: Json | None = None
    messages: dict[str, Json] = field(default_factory=dict)


class State:
    """Plain attributes to look at; one object is one playground."""

    def __init__(
        self,
        token: str | None = None,
        rate: int = 30,
        group_rate: int = 20,
        private_burst: int | None = None,
        log: Path | None = None,
        now: Callable[[], datetime] = real_time,
        monotonic: Callable[[], float] = time.monotonic,
        callback_expiry: float = CALLBACK_EXPIRY,
        basic_admin_group: bool = False,
        crowd: int = 0,
        crowd_acts: bool = True,
        crowd_haste: float = 1.0,
        calls_kept: int | None = None,
    ) -> None:
        self.bot = the_bot()
        self.token = token or f"{self.bot['id']}:{secrets.token_urlsafe(26)}"
        self.people = {person.id: person for person in the_cast()}
        self.chats = {person.id: private_chat(person.user) for person in self.people.values()}
        self.crowd = Crowd(crowd, crowd_acts, crowd_haste)
        self.people |= self.crowd.people
        self.chats |= {
            person.id: private_chat(person.user, CROWD_KEEPS)
            for person in self.crowd.people.values()
        }
        self.admin_chat = self._admin_group(basic_admin_group)
        self.chats[self.admin_chat.id] = self.admin_chat
        self.clock = Clock(now)
        self.updates = Updates(self.clock)
        self.limits = Limits(rate, group_rate, monotonic, private_burst)
        self.faults = Faults()
        self.files = Files()
        self.menus = CommandMenus()
        self.profile: dict[tuple[str, str], str] = {}  # (field, language) -> text
        self.events = Events()
        self.calls: list[Call] = []
        self.calls_kept = calls_kept
        self.popups: list[Json] = []
        self.log = RequestLog(log)
        self.callback_expiry = callback_expiry
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.closing = asyncio.Event()
        self._last_private_id = 0
        self._telling: asyncio.TimerHandle | None = None
        self._typing: dict[int, asyncio.TimerHandle] = {}

    @property
    def supporters(self) -> list[Person]:
        return self._in_role("supporter")

    @property
    def organiser(self) -> Person:
        return self._in_role("organiser")[0]

    @property
    def admins(self) -> list[Person]:
        return self._in_role("admin")

    def person(self, user_id: int) -> Person:
        if user_id not in self.people:
            raise ControlError(f"Nobody here has the id {user_id}.")
        return self.people[user_id]

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise ControlError(f"There is no chat {chat_id}.")
        return self.chats[chat_id]

    def post(self, chat: Chat, sender: Json, content: Json, silent: bool = False) -> Json:
        """Put a new message into the chat, dated now, and return it.

        Messages are never changed in place: updates that wait for the bot share them.
        """
        message_id = self._next_message_id(chat)
        head = {"message_id": message_id, "from": sender, "chat": chat.info}
        message = head | {"date": self.clock.timestamp()} | content
        if silent:
            chat.silent.add(message_id)
        chat.keep(message)
        self._tell(chat, "message", message=chat.shown(message))
        if sender is self.bot:
            self._arrived(chat, message)
        return message

    def replace(self, chat: Chat, message: Json) -> None:
        chat.keep(message)
        self._tell(chat, "edited", message=chat.shown(message))

    def delete(self, chat: Chat, message_ids: list[int]) -> None:
        chat.remove(message_ids)
        self._tell(chat, "deleted", message_ids=message_ids)

    def show_typing(self, chat: Chat, action: str | None) -> None:
        """Show what the bot is doing, until it sends something or five seconds are over."""
        if chat.id in self._typing:
            self._typing.pop(chat.id).cancel()
        if chat.typing != action:
            chat.typing = action
            self._tell(chat, "typing", action=action)
        if action:
            loop = asyncio.get_running_loop()
            self._typing[chat.id] = loop.call_later(TYPING_LASTS, self.show_typing, chat, None)

    def show_keyboard(self, chat: Chat, markup: Json) -> None:
        """Put up a ReplyKeyboardMarkup, or with a ReplyKeyboardRemove take it away."""
        chat.keyboard = markup if "keyboard" in markup else None
        self._tell(chat, "keyboard", keyboard=chat.keyboard)

    def use_keyboard(self, chat: Chat) -> None:
        """Somebody has pressed one of its buttons: a client then hides a one-time keyboard."""
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            self.show_keyboard(chat, {"remove_keyboard": True})

    def shown_user(self, user_id: int) -> Json | None:
        if user_id == self.bot["id"]:
            return self.bot
        return self.people[user_id].user if user_id in self.people else None

    def close(self) -> None:
        """Let go of every poll, stream and timer, so that a server can end at once."""
        self.closing.set()
        self.updates.close()
        self.clock.close()
        self.crowd.close()
        self.events.close()
        self.log.close()
        for timer in (*self._typing.values(), self._telling):
            if timer:
                timer.cancel()

    def _arrived(self, chat: Chat, message: Json) -> None:
        """A message of the bot has come to somebody, who may want to do something about it."""

    def _tell_crowd(self) -> None:
        """Tell the page the crowd's numbers, some times a second at most."""
        if self.events.has_listeners and not self._telling:
            loop = asyncio.get_running_loop()
            self._telling = loop.call_later(CROWD_TOLD_EVERY, self._publish_crowd)

    def _publish_crowd(self) -> None:
        self._telling = None
        self.events.publish("crowd", crowd=self.crowd.shown())

    def _tell(self, chat: Chat, kind: str, **facts: object) -> None:
        """Tell the page, which knows the crowd by its numbers alone."""
        if chat.id not in self.crowd:
            self.events.publish(kind, chat_id=chat.id, **facts)

    def _in_role(self, role: str) -> list[Person]:
        return [person for person in self.people.values() if person.role == role]

    def _admin_group(self, basic: bool) -> Chat:
        admins = [person.id for person in self.admins]
        members = [*admins, self.bot["id"]]
        chat_id, kind = (BASIC_ADMIN_CHAT, "group") if basic else (ADMIN_CHAT, "supergroup")
        chat = group(chat_id, "Vigil admins", members, set(admins), kind)
        chat.bot_status = "administrator"
        return chat

    def _next_message_id(self, chat: Chat) -> int:
        """Ids grow by account in private chats and by chat in supergroups."""
        if chat.is_private:
            self._last_private_id += 1
            return self._last_private_id
        chat.last_id += 1
        return chat.last_id
