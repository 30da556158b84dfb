"""`python -m bot run`, at a pace that no operator may set: only a playground allows it.

Everything else is as it really runs. The bound of the setting stays what Telegram gives to
everybody, and there is no switch in the program that a person could find.
"""

import asyncio
import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # as bot/__main__.py does

from bot import log, running
from bot.settings import read_settings

RATE = 1_000

if __name__ == "__main__":
    log.set_up()
    settings = read_settings().model_copy(update={"messages_per_second": RATE})
    asyncio.run(running.run(settings))
