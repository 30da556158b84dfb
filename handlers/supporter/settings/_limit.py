"""How many messages somebody wants in a week, and on which day what goes beyond comes in one."""

from telegram import InlineKeyboardButton, Update

from bot.context import Context, button
from bot.services.preferences import LIMITS
from handlers.supporter.settings import _words

_DAYS = range(7)


async def ask_for_limit(_: Update, context: Context) -> None:
    t = context.t
    chosen = await context.services.preferences.of(context.supporter)
    none = _label(t("No limit"), is_mine=chosen.per_week is None)
    numbers = [
        button(_label(t.number(n), is_mine=n == chosen.per_week), f"settings:limit:{n}")
        for n in LIMITS
    ]
    day = [button(t("Another day"), "settings:day")] if chosen.per_week else []
    await context.reply(
        t(
            "<b>Messages a week</b>\n\nAt the moment: {limit}.\n\nThe limit is for any "
            "seven days. What goes beyond it comes in one message, once a week, as far as it still "
            "holds then. Urgent actions always come: they say when they go beyond, and they count.",
            limit=_words.limit(chosen, context),
        ),
        [
            numbers,
            [button(none, "settings:limit:none")],
            [*day, button(t("Back"), "go:settings")],
        ],
    )


async def ask_from_alert(update: Update, context: Context) -> None:
    """The alert itself stays as it is."""
    context.anew()
    await ask_for_limit(update, context)


async def choose_limit(update: Update, context: Context) -> None:
    wanted = context.group("limit")
    per_week = None if wanted == "none" else int(wanted)
    await context.services.preferences.change(context.supporter, per_week=per_week)
    await ask_for_limit(update, context)


async def ask_for_day(_: Update, context: Context) -> None:
    t = context.t
    chosen = await context.services.preferences.of(context.supporter)
    rows = [[_day(day, chosen.digest_on, context)] for day in _DAYS]
    await context.reply(
        t("On which day shall what goes beyond the limit come, in one message?"),
        [*rows, [button(t("Back"), "settings:limit")]],
    )


async def choose_day(update: Update, context: Context) -> None:
    day = int(context.group("day"))
    await context.services.preferences.change(context.supporter, digest_on=day)
    await ask_for_limit(update, context)


def _day(day: int, mine: int, context: Context) -> InlineKeyboardButton:
    name = context.t.weekday(day)
    return button(_label(name, is_mine=day == mine), f"settings:day:{day}")


def _label(name: str, *, is_mine: bool) -> str:
    return f"✓ {name}" if is_mine else name
