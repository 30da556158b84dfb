"""Everything that bounds how fast messages may follow each other, in one place to ask."""

from collections.abc import Iterator

from bot.delivery._window import NEVER, Outcome, Window

Chat = int | str | None
"""Inline messages have none; they count as one chat."""

_BURST = 0.05  # seconds by which bulk may catch up when it was held off
_GROUP_SHARE = 15  # of the 20 messages a minute that a group takes, so that people have the rest
_MINUTE = 60.0
_MANY = 1_000  # chats; from there on those that are quiet are forgotten


class Limits:
    """The rate of all messages, and what bulk keeps to beside it.

    Bulk leaves one by one, evenly, and steps back for each message of a conversation, so that
    whoever talks with the bot never meets a second that is used up. It writes to each person once
    a second at most, and leaves a part of what each group takes; and it stands still while
    Telegram has told anybody to wait.
    """

    def __init__(self, messages_per_second: float) -> None:
        slots, span = max(1, int(messages_per_second)), max(1.0, 1 / messages_per_second)
        self._all = Window(slots, span)
        self._chats: dict[Chat, Window] = {}
        self._many = _MANY
        self._step = 1 / messages_per_second
        self._next_bulk = -NEVER
        self._halted_until = -NEVER

    def free_at(self, now: float) -> float:
        """When the next message may go; never unless an answer comes, perhaps."""
        return self._all.free_at(now)

    def bulk_free_at(self, now: float) -> float:
        """When bulk may go, as far as it does not depend on the chat."""
        return max(now, self._next_bulk, self._halted_until)

    def chat_free_at(self, chat: Chat, now: float) -> float:
        """When bulk may write to this chat."""
        return self._chats[chat].free_at(now) if chat in self._chats else now

    def halted_for(self, now: float) -> float:
        """Seconds for which bulk still stands; 0 when it does not."""
        return max(0.0, self._halted_until - now)

    def halt(self, seconds: float, now: float) -> None:
        self._halted_until = max(self._halted_until, now + seconds)

    def take(self, chat: Chat, now: float) -> None:
        for window in self._windows(chat, now):
            window.take()
        self._next_bulk = max(self._next_bulk, now - _BURST) + self._step

    def give_back(self, chat: Chat, now: float) -> None:
        """Nobody sends: the one who waited has gone."""
        for window in self._windows(chat, now):
            window.give_back()
        self._next_bulk -= self._step

    def settle(self, chat: Chat, outcome: Outcome, sent: float, now: float) -> None:
        for window in self._windows(chat, now):
            window.settle(outcome, sent, now)

    def _windows(self, chat: Chat, now: float) -> Iterator[Window]:
        yield self._all
        if isinstance(chat, int):
            yield self._of(chat, now)

    def _of(self, chat: int, now: float) -> Window:
        if chat not in self._chats:
            if len(self._chats) >= self._many:
                self._forget_quiet_ones(now)
            self._chats[chat] = Window(1, 1.0) if chat > 0 else Window(_GROUP_SHARE, _MINUTE)
        return self._chats[chat]

    def _forget_quiet_ones(self, now: float) -> None:
        self._chats = {one: chat for one, chat in self._chats.items() if not chat.is_idle(now)}
        self._many = max(_MANY, 2 * len(self._chats))  # so that it is seldom done
