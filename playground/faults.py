"""Failures that a person or a test orders in advance, one by one or mixed in by a seed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from playground.control_error import ControlError
from playground.wire import ApiError, Json, Request, bad_request, forbidden, too_many_requests

KINDS = (
    "blocked",
    "deactivated",
    "not_found",
    "flood",
    "server",
    "bad_gateway",
    "reset",
    "timeout",
)


@dataclass
class Fault:
    """The next `times` fitting calls fail in this way.

    `method` "*" stands for every method but getUpdates, which must be named. With `after_effect`
    the call is carried out and only its answer is replaced.
    """

    kind: str
    method: str = "*"
    chat: int | None = None
    times: int = 1
    retry_after: int = 3
    after_effect: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ControlError(f"There is no fault {self.kind!r}. Known: {', '.join(KINDS)}.")
        if self.times < 1:
            raise ControlError("A fault happens at least once.")

    def fits(self, request: Request) -> bool:
        method = request.method.lower()
        named = method == self.method.lower() or (self.method == "*" and method != "getupdates")
        return named and self.chat in {None, request.integer("chat_id")}

    def error(self) -> ApiError | None:
        """What the bot is told; None when the connection simply fails it."""
        match self.kind:
            case "blocked":
                return forbidden("bot was blocked by the user")
            case "deactivated":
                return forbidden("user is deactivated")
            case "not_found":
                return bad_request("chat not found")
            case "flood":
                return too_many_requests(self.retry_after)
            case "server":
                return ApiError(500, "Internal Server Error")
            case "bad_gateway":
                return ApiError(502, "Bad Gateway")
        return None


# 429 and 403 are answers; of the others a bot cannot know whether its message was sent.
INGREDIENTS: Mapping[str, Fault] = {
    "429": Fault("flood", retry_after=1),
    "403": Fault("blocked"),
    "500": Fault("server"),
    "502": Fault("bad_gateway", after_effect=True),
    "reset": Fault("reset"),
    "lost": Fault("reset", after_effect=True),
}
SENDING = frozenset({"sendmessage", "sendphoto", "senddocument", "copymessage", "forwardmessage"})


class Mixture:
    """A share of all messages to people fails, for each of `INGREDIENTS` its own.

    Which ones they are depends on the seed, the chat and how many went to it before, and on
    nothing else: neither on time nor on the order of the chats. Groups are left in peace, since
    nobody there can block a bot.
    """

    def __init__(self, seed: int, shares: Mapping[str, float]) -> None:
        if unknown := sorted(shares.keys() - INGREDIENTS.keys()):
            known = ", ".join(INGREDIENTS)
            raise ControlError(f"There is no fault {unknown[0]!r} to mix in. Known: {known}.")
        if min(shares.values(), default=0) < 0 or sum(shares.values()) > 1:
            raise ControlError("A share lies between 0 and 1, and so does their sum.")
        self._seed = seed
        self._shares = dict(shares)
        self._tries: Counter[int] = Counter()

    def take(self, request: Request) -> Fault | None:
        chat = request.integer("chat_id")
        if request.method.lower() not in SENDING or chat <= 0:
            return None
        self._tries[chat] += 1
        drawn = Random(f"{self._seed} {chat} {self._tries[chat]}").random()
        for kind, share in self._shares.items():
            drawn -= share
            if drawn < 0:
                return INGREDIENTS[kind]
        return None

    def shown(self) -> Json:
        return {"seed": self._seed, "shares": self._shares}


class Faults:
    """What is ordered comes first, and the mixture meets the rest."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.mixture: Mixture | None = None

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def clear(self) -> None:
        self.waiting.clear()
        self.mixture = None

    def take(self, request: Request) -> Fault | None:
        for fault in self.waiting:
            if fault.fits(request):
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return self.mixture.take(request) if self.mixture else None

    def shown(self) -> Json:
        ordered = [vars(fault) for fault in self.waiting]
        return {"faults": ordered, "mixture": self.mixture.shown() if self.mixture else None}
