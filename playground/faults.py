"""Failures that a person or a test orders in advance."""

from dataclasses import dataclass

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


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, request: Request) -> Fault | None:
        for fault in self.waiting:
            if fault.fits(request):
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return None

    def shown(self) -> list[Json]:
        return [vars(fault) for fault in self.waiting]
