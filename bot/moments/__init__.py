"""When an alert goes out and when it expires: read from a chat, and said again for checking.

Strict on purpose: general date parsers answer `24/3 18.00` with the year 2018, or `a` with the
first of this month. Here a text means one instant, or it is refused with what it could mean.
"""

from bot.moments._echo import echo, length, until
from bot.moments._reading import Moment, read_moment

__all__ = ["Moment", "echo", "length", "read_moment", "until"]
