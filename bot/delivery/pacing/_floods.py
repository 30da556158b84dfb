"""What follows when Telegram says "too many requests"."""

from bot.delivery.pacing._chats import Chat
from bot.delivery.pacing._window import NEVER

_QUIET = 60.0  # seconds
_EASED = 0.75
_LOWEST = 4  # steps; a third of the rate is left


class Floods:
    """Who stands still for how long, and how much less is sent afterwards.

    A refusal does not say whether it is meant for the chat or for the bot. Bulk takes it for the
    bot's, and stands still for all of it. Conversation takes it for the chat's: somebody waits.

    Who is refused again within a quiet minute after a halt, in another chat, is too fast for
    Telegram: a quarter less is sent from then on, and each quiet minute brings a step back.
    """

    def __init__(self) -> None:
        self._halted_until = -NEVER
        self._closed: dict[Chat, float] = {}
        self._last: Chat = None
        self._steps = 0
        self._step_at = -NEVER

    def share(self, now: float) -> float:
        """The part of the rate that is used at present."""
        while self._steps and self._step_at <= now:
            self._steps -= 1
            self._step_at += _QUIET
        return float(_EASED**self._steps)

    def halted_for(self, now: float) -> float:
        """Seconds for which no bulk may go out; 0 when it may."""
        return max(0.0, self._halted_until - now)

    def opens_at(self, is_bulk: bool) -> float:
        """When anything of this kind may go out."""
        return self._halted_until if is_bulk else -NEVER

    def closed_for(self, chat: Chat, now: float) -> float:
        """Seconds for which nothing may go to this chat."""
        return self._closed[chat] - now if chat in self._closed else 0.0

    def refuse(self, chat: Chat, seconds: float, now: float) -> None:
        """Telegram said to wait so long."""
        if now >= self._halted_until:  # the others of one flood come while bulk stands already
            self._ease(chat, now)
        self._halted_until = max(self._halted_until, now + seconds)
        self._step_at = self._halted_until + _QUIET
        self._closed = {one: until for one, until in self._closed.items() if until > now}
        self._closed[chat] = max(now + seconds, self._closed.get(chat, now))

    def _ease(self, chat: Chat, now: float) -> None:
        self.share(now)  # takes back what is due
        if now < self._step_at and chat != self._last:
            self._steps = min(_LOWEST, self._steps + 1)
        self._last = chat
