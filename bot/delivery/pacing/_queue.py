"""Those who wait: in rows by share, and aside while their chat takes nothing."""

from collections import deque
from heapq import heappop, heappush

from bot.delivery.pacing._chats import Chat
from bot.delivery.pacing._limits import Turn
from bot.delivery.pacing._window import NEVER

Entry = tuple[int, Turn]
"""By arrival, which is never the same twice."""


class Queue:
    """Each share in the order of arrival, and the shares by turns."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Entry]] = {}
        self._next: deque[int] = deque()

    def __bool__(self) -> bool:
        return bool(self._next)

    def push(self, turn: Turn) -> None:
        share = turn.ticket.share
        if share not in self._rows:
            self._rows[share] = []
            self._next.append(share)
        heappush(self._rows[share], (turn.arrival, turn))

    def pop(self) -> Turn:
        share = self._next.popleft()
        row = self._rows[share]
        _, turn = heappop(row)
        if row:
            self._next.append(share)
        else:
            del self._rows[share]
        return turn


class Aside:
    """Turns whose chat takes nothing before a certain time, or before an answer."""

    def __init__(self) -> None:
        self._until: list[tuple[float, int, Turn]] = []
        self._for_an_answer: dict[Chat, list[Turn]] = {}

    def put(self, turn: Turn, until: float) -> None:
        if until < NEVER:
            heappush(self._until, (until, turn.arrival, turn))
        else:
            self._for_an_answer.setdefault(turn.chat, []).append(turn)

    @property
    def next_at(self) -> float:
        return self._until[0][0] if self._until else NEVER

    def due(self, now: float) -> list[Turn]:
        found = []
        while self._until and self._until[0][0] <= now:
            found.append(heappop(self._until)[2])
        return found

    def answered(self, chat: Chat) -> list[Turn]:
        return self._for_an_answer.pop(chat, [])
