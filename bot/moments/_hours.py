"""From one time of day to another: “22–7”, “10:30 pm to 6 am”, “de 22h à 7h”, «من ٢٢ إلى ٧»."""

import re

from bot.models import QuietHours
from bot.moments._names import HALVES, any_of, folded, is_afternoon
from bot.moments._reading import MAX_LENGTH, plain_words

_FROM = any_of(map(folded, ("from", "between", "de", "entre", "desde", "من", "بين")))
_TO = any_of(
    map(folded, ("to", "until", "till", "and", "à", "a", "et", "y", "hasta", "إلى", "حتى", "و"))
)
_AT = r"(?:(?:las|la|الساعه) )?"
_CLOCK = rf"{_AT}(\d\d?)(?: ?[:.h] ?([0-5]\d))?(?: ?h)?(?: ?({HALVES}))?"
_BETWEEN = rf"(?: ?[-–—] ?| (?:{_TO}) ?| )"
_FORM = re.compile(rf"(?:(?:{_FROM}) )?{_CLOCK}{_BETWEEN}{_CLOCK}\.?")


def read_hours(text: str) -> QuietHours | None:
    """The two times that it is made of; None when it says anything else, or both are the same."""
    found = _FORM.fullmatch(folded(plain_words(text))) if len(text) <= MAX_LENGTH else None
    if found is None:
        return None
    begin, end = _minutes(*found.groups()[:3]), _minutes(*found.groups()[3:])
    return None if begin is None or end is None or begin == end else QuietHours(begin, end)


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    """After midnight; None where no clock shows it. 24:00 is midnight, too."""
    hours = int(hour)
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if is_afternoon(half) else 0)
    total = hours * 60 + int(minute or 0)
    return total % 1440 if total <= 1440 else None
