"""Talks with the running bot as a person does: says, taps, and reads what comes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from playground.wire import Upload
from playground.world import World

Message = Mapping[str, Any]


class Chat:
    """One person's private chat with the bot, or her place in a group.

    Every act waits until the bot has handled it, and returns the newest thing the bot said or
    changed ("" when it said nothing).
    """

    def __init__(self, world: World, user: int, chat: int | None = None) -> None:
        self.world = world
        self.user = user
        self.id = chat or user
        self.replies: list[str] = []  # all that the last act brought, oldest first

    async def say(self, text: str, **extra: Any) -> str:
        return await self._after(lambda: self.world.say(self.user, text, self.id, **extra))

    async def send_file(
        self, name: str, content: bytes, caption: str = "", reply_to: int | None = None
    ) -> str:
        """Send a file, as it is, with words below it."""
        file = Upload(name, content, "text/plain")
        return await self._after(
            lambda: self.world.photo(
                self.user, file, self.id, caption, as_document=True, reply_to=reply_to
            )
        )

    async def link(self, payload: str = "") -> str:
        """Open `t.me/<bot>?start=<payload>` and press Start."""
        return await self._after(lambda: self.world.link(self.user, payload))

    async def tap(self, label: str) -> str:
        """Press the newest button with this label."""
        return await self._after(lambda: self.world.press(self.user, label, self.id))

    async def send_data(self, data: str, message_id: int | None = None) -> str:
        """Press a button that need not exist, as a forged client can."""
        under = message_id or self.last["message_id"]
        return await self._after(lambda: self.world.tap(self.user, self.id, under, data))

    @property
    def messages(self) -> Sequence[Message]:
        return self.world.chat(self.id).messages

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return next(one for one in reversed(self.messages) if one["from"]["is_bot"])

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message of the bot, row by row."""
        rows = self.last.get("reply_markup", {}).get("inline_keyboard", [])
        return [one["text"] for row in rows for one in row]

    @property
    def popups(self) -> list[str]:
        mine = (one for one in self.world.popups if one["user_id"] == self.user)
        return [one["text"] for one in mine if one["text"]]

    async def _after(self, act: Any) -> str:
        before = {id(message) for message in self.messages}
        act()
        await self.world.settled()
        self.replies = [
            words(one) for one in self.messages if id(one) not in before and one["from"]["is_bot"]
        ]
        return self.replies[-1] if self.replies else ""


def plain(text: str) -> str:
    """The text as it is read: without marks of direction, and with spaces that are spaces."""
    marks = dict.fromkeys((0x200F, 0x2066, 0x2067, 0x2068, 0x2069), "")
    return text.translate(marks | {0x00A0: " ", 0x202F: " "})


def words(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")
