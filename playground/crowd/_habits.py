"""Who is in the crowd and what each of them does; both follow from the id alone."""

from enum import Enum

from playground.people import Person
from playground.wire import Json

FIRST_ID = 700_000_001
LANGUAGES = ("en", "en", "fr", "en", "es", "en", "ar", "fr", "en", "es")
NAMES = {"en": "Grace", "fr": "Camille", "es": "Lucía", "ar": "سارة"}
STOP = "stop"


class Habit(Enum):
    READ = "reads"
    TAP = "taps the first button"
    STOP = "taps the button that stops alerts"
    LEAVE = "blocks the bot once something came"
    BLOCKED = "has blocked the bot from the beginning"


def habit(user: int) -> Habit:
    """Of a hundred, about 12 tap, 2 or 3 stop, 1 leaves and 2 have blocked the bot before."""
    number = user - FIRST_ID
    if number % 50 == 7:
        return Habit.BLOCKED
    if number % 40 == 10:
        return Habit.STOP
    if number % 100 == 17:
        return Habit.LEAVE
    return Habit.TAP if number % 8 == 3 else Habit.READ


def the_crowd(size: int) -> list[Person]:
    return [_person(user) for user in range(FIRST_ID, FIRST_ID + size)]


def _person(user: int) -> Person:
    number = user - FIRST_ID
    language = LANGUAGES[number % len(LANGUAGES)]
    facts = {
        "id": user,
        "is_bot": False,
        "first_name": NAMES[language],
        "last_name": str(number + 1),
        "language_code": language,
    }
    return Person(facts, "crowd", started=True, blocked=habit(user) is Habit.BLOCKED)


def wanted_button(user: int, message: Json) -> Json | None:
    """The button this person would tap; None when nothing in the message moves them."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row if button.get("callback_data")]
    match habit(user):
        case Habit.TAP:
            return next((one for one in buttons if not _stops(one)), None)
        case Habit.STOP:
            return next((one for one in buttons if _stops(one)), None)
    return None


def _stops(button: Json) -> bool:
    """Labels are in the person's language, so what is behind them counts, too."""
    return STOP in button["text"].lower() or STOP in button["callback_data"].lower()
