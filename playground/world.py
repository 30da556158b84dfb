"""What the people of the playground can do; tests and the control API call the same functions."""

import asyncio
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from playground.chats import Chat
from playground.control_error import ControlError
from playground.formatting import person_text, units
from playground.rooms import Rooms
from playground.state import Query
from playground.wire import ApiError, Json, Upload

LONGEST_MESSAGE = 4096  # UTF-16 code units


@dataclass(frozen=True)
class Said:
    """`update_ids` lacks what the bot does not see, so it may be empty."""

    message_id: int
    update_ids: list[int]

    def shown(self) -> Json:
        last = self.update_ids[-1] if self.update_ids else None
        return {"update_id": last, "message_id": self.message_id, "update_ids": self.update_ids}


class World(Rooms):
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
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
            raise ControlError("A start link holds up to 64 of A-Z, a-z, 0-9, _ and -.")
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

    def ask_inline(self, user: int, query: str) -> Json:
        """Type `@bot query` in some chat; returns update_id and inline_query_id.

        The answer appears in `inline_answers`; no result can be sent on from there.
        """
        query_id = str(secrets.randbelow(2**62))
        self.inline_answers[query_id] = None
        payload = {
            "id": query_id,
            "from": self.person(user).user,
            "query": query,
            "offset": "",
            "chat_type": "private",
        }
        update_id = self.updates.add("inline_query", payload)
        return {"update_id": update_id, "inline_query_id": query_id}

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
