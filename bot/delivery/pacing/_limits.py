"""Everything that bounds how fast messages may follow each other, in one place to ask."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from telegram.error import RetryAfter

from bot.delivery.pacing._chats import Bounds, Chat, Chats
from bot.delivery.pacing._floods import Floods
from bot.delivery.pacing._rate import Rate
from bot.delivery.pacing._window import Line, Outcome
from bot.delivery.ticket import Lane, Ticket

_LEAD = 1.25  # of what a claim usually takes
_LONGEST_LEAD = 0.1  # seconds
_WEIGHT = 1 / 16


@dataclass(slots=True, eq=False)
class Turn:
    """A request's place in the queue; granted, its slot, with the time when it may leave."""

    ticket: Ticket
    chat: Chat
    arrival: int
    is_paid: bool
    granted: asyncio.Future[None] = field(init=False)
    leaves_at: float = 0.0

    @property
    def is_bulk(self) -> bool:
        return self.ticket.lane is not Lane.CONVERSATION


class Limits:
    """The free rate, the paid one that holds all messages, what chats take, and Telegram's word.

    Bulk books its slots as long ahead as a claim usually takes, so that no slot waits for one.
    """

    def __init__(self, free: float, paid: float | None, bounds: Bounds) -> None:
        self.floods = Floods()
        self.line = Line()
        self._chats = Chats(bounds)
        self.free = Rate(free)
        self.paid = Rate(paid, spare=1) if paid else self.free
        self.takes_payment = self.paid is not self.free
        self._both = [self.free, self.paid] if self.takes_payment else [self.free]
        self._only_paid = [self.paid]
        self._claiming = 0.0

    def ease(self, now: float) -> None:
        """Let the rates be what Telegram's last words allow."""
        share = self.floods.share(now)
        for rate in self._both:
            rate.ease(share)

    def free_at(self, is_bulk: bool, is_paid: bool, now: float) -> float:
        """When messages of this kind may go, whatever their chats; see `Window.free_at`."""
        lead = min(_LONGEST_LEAD, _LEAD * self._claiming)
        at = self.floods.opens_at(is_bulk)
        for rate in self._rates(is_paid):
            at = max(at, rate.free_at(is_bulk, now, lead))
        return max(at, now)

    def chat_free_at(self, turn: Turn, now: float) -> float:
        """When its chat takes it."""
        closed = now + self.floods.closed_for(turn.chat, now)
        return max(closed, self._chats.free_at(turn.chat, turn.is_bulk, now))

    def refusal(self, chat: Chat, patience: float, now: float) -> RetryAfter | None:
        """What to raise, if the chat stays closed for longer than anybody would wait."""
        seconds = self.floods.closed_for(chat, now)
        return RetryAfter(timedelta(seconds=ceil(seconds))) if seconds > patience else None

    def take(self, turn: Turn, now: float) -> None:
        rates = self._rates(turn.is_paid)
        turn.leaves_at = max(rate.take(turn.is_bulk, now) for rate in rates)
        self._chats.take(turn.chat, now)

    def give_back(self, turn: Turn, now: float) -> None:
        """Nobody sends: the one who waited has gone."""
        for rate in self._rates(turn.is_paid):
            rate.give_back(turn.leaves_at)
        self._chats.give_back(turn.chat, now)

    def settle(self, turn: Turn, outcome: Outcome, sent: float, now: float) -> None:
        """Its request is over, and may have arrived."""
        counts_from = self.line.counts_from(outcome, sent, now)
        for rate in self._rates(turn.is_paid):
            rate.window.settle(counts_from)
        self._chats.settle(turn.chat, counts_from, now)

    def note_claim(self, seconds: float) -> None:
        """A claim took so long."""
        self._claiming += (seconds - self._claiming) * _WEIGHT

    def _rates(self, is_paid: bool) -> list[Rate]:
        return self._only_paid if is_paid else self._both
