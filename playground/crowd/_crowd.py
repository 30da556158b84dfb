"""The crowd: what came to each of them, and what they did about it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from playground.crowd._agenda import Agenda
from playground.crowd._habits import FIRST_ID, Habit, habit, the_crowd, wanted_button
from playground.wire import Json

MOMENT = 2.0  # seconds before the quickest reacts
SPREAD = 20.0  # seconds until the slowest has
GAP = 0.2  # seconds between two acts, so that the bot is not flooded
QUIET = timedelta(minutes=1)  # what comes within it answers what somebody did


class Crowd:
    """Reads what comes, and now and then taps a button, stops alerts or blocks the bot.

    A person reacts to a message with buttons, and to no other within a minute of the playground's
    clock: what comes then is taken for the bot's answer. With `acts` false they only read.
    """

    def __init__(self, size: int, acts: bool, haste: float) -> None:
        self.ids = range(FIRST_ID, FIRST_ID + size)
        self.people = {person.id: person for person in the_crowd(size)}
        self.received: Counter[int] = Counter()  # messages by person, answers among them
        self.tapped: Counter[int] = Counter()
        self.stopped: Counter[int] = Counter()
        self.answers = 0
        self._acts = acts
        self._haste = haste
        self._agenda = Agenda(GAP / haste)
        self._moved: set[int] = set()  # who is about to act
        self._acted_at: dict[int, datetime] = {}

    def __contains__(self, user: int) -> bool:
        return user in self.ids

    @property
    def blocked(self) -> set[int]:
        """Who blocks the bot now."""
        return {person.id for person in self.people.values() if person.blocked}

    def shown(self) -> Json:
        """Numbers for the page; `received` counts no answers."""
        return {
            "people": len(self.ids),
            "received": self.received.total() - self.answers,
            "tapped": self.tapped.total(),
            "stopped": self.stopped.total(),
            "blocked": len(self.blocked),
        }

    def receive(self, message: Json, now: datetime, react: Callable[[], None]) -> None:
        """Note a message; `react` is called later when it moves the person to act."""
        user = int(message["chat"]["id"])
        self.received[user] += 1
        if user in self._acted_at and now < self._acted_at[user] + QUIET:
            self.answers += 1
        elif self._acts and user not in self._moved and _moves(user, message):
            self._moved.add(user)
            self._agenda.add((MOMENT + SPREAD * _slowness(user)) / self._haste, react)

    def act(self, user: int, message: Json | None, now: datetime) -> Json | None:
        """The button that is tapped now, if it is still there; note the act."""
        self._moved.discard(user)
        self._acted_at[user] = now
        button = wanted_button(user, message) if message else None
        if button:
            (self.stopped if habit(user) is Habit.STOP else self.tapped)[user] += 1
        return button

    def hurry(self) -> int:
        """Let everybody who is about to act do so now, and say how many they were."""
        return self._agenda.do_all()

    def close(self) -> None:
        self._agenda.close()


def _moves(user: int, message: Json) -> bool:
    if habit(user) is Habit.LEAVE:
        return "reply_markup" in message
    return wanted_button(user, message) is not None


def _slowness(user: int) -> float:
    """Between 0 and 1, and different for neighbours."""
    return (user - FIRST_ID) * 37 % 100 / 100
