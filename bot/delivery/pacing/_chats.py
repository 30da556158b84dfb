"""What each chat takes, whoever writes to it."""

from dataclasses import dataclass

from bot.delivery.pacing._window import MARGIN, NEVER, Window

Chat = int | str | None
"""Inline messages have none; those in channels go by a name. Neither has bounds of its own."""

_SPACING = 1.0 + MARGIN  # seconds between two messages in a chat, in the long run
_MINUTE = 60.0
_GROUP_SHARE = 0.75  # of what a group takes is for bulk, so that people have the rest
_MANY = 4_096  # chats; from there on those that are quiet are forgotten


@dataclass(frozen=True, slots=True)
class Bounds:
    """Attributes:
    burst: So many messages of a conversation may follow each other at once in one chat.
    group_minute: So many messages may arrive in one group in any minute.
    """

    burst: int
    group_minute: int


USUAL = Bounds(burst=3, group_minute=20)
"""What Telegram is known to take."""


class Chats:
    """One message a second to each chat, with a short burst for conversation.

    A chat's messages are paid off one a second; conversation may owe for a few, and bulk waits
    until nothing is owed. What is on the wire is owed from its answer on.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._paid_off: dict[Chat, float] = {}  # when all that has arrived will be
        self._on_the_wire: dict[Chat, int] = {}
        self._groups: dict[int, Window] = {}
        self._many = _MANY

    def free_at(self, chat: Chat, is_bulk: bool, now: float) -> float:
        """When to ask again, or `now` if a message may leave. Never, if it takes an answer."""
        if not isinstance(chat, int):
            return now
        allowed = 1 if is_bulk else self._bounds.burst
        owed = self._on_the_wire.get(chat, 0)
        if owed >= allowed:
            return NEVER
        free = max(now, self._paid_off.get(chat, now) - (allowed - 1 - owed) * _SPACING)
        if chat > 0:
            return free
        return max(free, self._group(chat).free_at(now, self._reserve if is_bulk else 0))

    def take(self, chat: Chat, now: float) -> None:
        if isinstance(chat, int):
            self._on_the_wire[chat] = self._on_the_wire.get(chat, 0) + 1
            if chat < 0:
                self._group(chat).take(now)

    def give_back(self, chat: Chat, now: float) -> None:
        """Nothing has arrived."""
        if isinstance(chat, int):
            self._land(chat)
            if chat < 0:
                self._group(chat).give_back(now)

    def settle(self, chat: Chat, counts_from: float, now: float) -> None:
        if not isinstance(chat, int):
            return
        self._land(chat)
        if len(self._paid_off) >= self._many:
            self._forget_quiet_ones(now)
        self._paid_off[chat] = max(self._paid_off.get(chat, counts_from), counts_from) + _SPACING
        if chat < 0:
            self._group(chat).settle(counts_from)

    @property
    def _reserve(self) -> int:
        return self._bounds.group_minute - int(self._bounds.group_minute * _GROUP_SHARE)

    def _land(self, chat: int) -> None:
        left = self._on_the_wire.pop(chat) - 1
        if left:
            self._on_the_wire[chat] = left

    def _group(self, chat: int) -> Window:
        if chat not in self._groups:
            self._groups[chat] = Window(self._bounds.group_minute, _MINUTE)
        return self._groups[chat]

    def _forget_quiet_ones(self, now: float) -> None:
        self._paid_off = {chat: at for chat, at in self._paid_off.items() if at > now}
        self._groups = {one: group for one, group in self._groups.items() if not group.is_idle(now)}
        self._many = max(_MANY, 2 * len(self._paid_off))  # so that it is seldom done
