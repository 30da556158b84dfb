"""When an alert goes out and when it expires: read from a chat, and said again for checking.

Strict on purpose: general date parsers answer `24/3 18.00` with the year 2018, or `a` with the
first of this month. Here a text means one instant, or it is refused with what it could mean.
The same holds for hours of the day, and for the place whose clock somebody goes by.
"""

from bot.moments._echo import echo, length, until
from bot.moments._hours import read_hours
from bot.moments._places import REGIONS, city, find_zones, is_name, is_zone
from bot.moments._reading import Moment, read_moment

__all__ = [
    "REGIONS",
    "Moment",
    "city",
    "echo",
    "find_zones",
    "is_name",
    "is_zone",
    "length",
    "read_hours",
    "read_moment",
    "until",
]
