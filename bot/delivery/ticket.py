"""What a request tells the limiter about itself: how urgent it is, and whether it may go yet."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.errors import VigilError


class Lane(IntEnum):
    """Who goes first; those after conversation are bulk."""

    CONVERSATION = 0
    URGENT = 1
    ROUTINE = 2


@dataclass(frozen=True, slots=True)
class Ticket:
    """PTB hands it to the limiter as `rate_limit_args`.

    Attributes:
        claim: Asked when the turn has come and before anything goes out; False gives the turn to
            the next one.
        is_paid: The message says `allow_paid_broadcast`: the paid rate bounds it, not the free one.
        share: Whoever sends. Those in one lane take turns, however much each has waiting.
    """

    lane: Lane = Lane.CONVERSATION
    claim: Callable[[], Awaitable[bool]] | None = None
    is_paid: bool = False
    share: int = 0


class NotClaimed(VigilError):
    """The turn had come, and the claim said no. Nothing went out."""
