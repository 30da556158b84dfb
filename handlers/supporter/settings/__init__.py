"""/settings: the language, the clock, quiet hours, how many messages a week, and their sound."""

import asyncio

from telegram.ext import CallbackQueryHandler

from bot import moments
from bot.context import App, Command, Context
from bot.i18n import N_
from bot.services.preferences import LIMITS
from handlers.supporter.settings._hours import (
    ask_for_hours,
    ask_to_write,
    choose_hours,
    choose_none,
    read_hours,
)
from handlers.supporter.settings._language import buttons, choose
from handlers.supporter.settings._limit import (
    ask_for_day,
    ask_for_limit,
    ask_from_alert,
    choose_day,
    choose_limit,
)
from handlers.supporter.settings._screen import (
    DIALOG,
    choose_language,
    choose_sound,
    follow_telegram,
    show,
)
from handlers.supporter.settings._zone import (
    ask_for_city,
    ask_for_name,
    ask_for_region,
    choose_zone,
    read_name,
)

__all__ = ["COMMANDS", "DIALOG", "STEPS", "buttons", "choose", "register", "take"]

STEPS = {"zone": read_name, "hours": read_hours}
COMMANDS = (Command("settings", N_("Language, quiet hours and how often I write"), show),)


async def take(words: str, context: Context) -> bool:
    """Take a place or two times, when one of them is waited for and there is no word beside them.

    Says whether it was so: then there is nothing else to hear in it.
    """
    dialog = context.dialog
    if dialog is None or dialog.name != DIALOG:
        return False
    if dialog.step == "hours":
        is_answer = moments.read_hours(words) is not None
    else:
        is_answer = await asyncio.to_thread(moments.is_name, words)
    if is_answer:
        await STEPS[dialog.step](words, context)
    return is_answer


def register(app: App) -> None:
    limits = "|".join(map(str, LIMITS))
    regions = "Africa|America|Asia|Australia|Europe|Pacific"
    for pattern, handler in (
        (r"language:(?P<language>[a-z]+)", choose_language),
        (r"telegram", follow_telegram),
        (r"sound:(?P<sound>on|off)", choose_sound),
        (r"zone", ask_for_region),
        (r"zone:write", ask_for_name),
        (rf"zone:in:(?P<region>{regions})", ask_for_city),
        (r"zone:(?P<zone>[A-Z][A-Za-z0-9_+/-]{1,40})", choose_zone),
        (r"hours", ask_for_hours),
        (r"hours:write", ask_to_write),
        (r"hours:none", choose_none),
        (r"hours:(?P<begin>[0-9]{1,4}):(?P<end>[0-9]{1,4})", choose_hours),
        (rf"limit:(?P<limit>{limits}|none)", choose_limit),
        (r"limit", ask_for_limit),
        (r"day", ask_for_day),
        (r"day:(?P<day>[0-6])", choose_day),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=rf"^settings:{pattern}$"))
    app.add_handler(CallbackQueryHandler(ask_from_alert, pattern=r"^alert:limit$"))
