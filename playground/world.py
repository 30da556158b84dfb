"""What the people of the playground can do; tests and the control API call the same functions."""

import asyncio
import secrets
from collections.abc import Iterator
from functools import partial

from playground.chats import Chat
from playground.control_error import ControlError
from playground.crowd import Habit, habit
from playground.inline import Inline
from playground.state import Query
from playground.wire import Json


class World(Inline):
    """A playground. People are named by user id, and `chat` left out is their private chat.

    Every function that refuses raises ControlError with a sentence.
    """

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

    def _arrived(self, chat: Chat, message: Json) -> None:
        if chat.id in self.crowd:
            react = partial(self._react, chat, message["message_id"])
            self.crowd.receive(message, self.clock.now(), react)
            self._tell_crowd()

    def _react(self, chat: Chat, message_id: int) -> None:
        """Somebody of the crowd acts on a message, which may have changed or gone by now."""
        button = self.crowd.act(chat.id, chat.by_id.get(message_id), self.clock.now())
        if habit(chat.id) is Habit.LEAVE:
            self.block(chat.id)
        elif button:
            self.tap(chat.id, chat.id, message_id, button["callback_data"])
        self._tell_crowd()

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


def _buttons(message: Json) -> Iterator[Json]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from row
